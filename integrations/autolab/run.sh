#!/bin/sh
# Autolab reads the scores from the last line that is printed; nothing may come after it.
handin="$PWD/$1"
[ -f "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"
cd autograde/course || exit 1
scores="$PWD/scores"
cargo grade --strict @EXERCISES@ @EXTRA@ --submission "$handin" --rerun-inconclusive 2 --export autolab="$scores"
code=$?
case $code in
  0 | 1 | 3) cat "$scores" ;;
  *)
    echo "The grader could not do its work (exit code $code). Your answer is not at fault."
    exit 1
    ;;
esac

#!/bin/sh
# The entry point of the question: PrairieLearn reads /grade/results/results.json.
grade="${GRADE_ROOT:-/grade}"
mkdir -p "$grade/results"
cd "${LOCKSTEP_COURSE:-/lockstep}" || exit 1
export CARGO_NET_OFFLINE=true
cargo grade --strict @EXERCISES@ @EXTRA@ --submission "$grade/student" \
  --rerun-inconclusive 2 --export prairielearn="$grade/results/results.json"
code=$?
# Wrong usage or configuration leaves no result, and no attempt is counted.
if [ ! -f "$grade/results/results.json" ]; then
  printf '%s\n' "{\"gradable\": false, \"message\": \"The grader ended with exit code $code.\", \"format_errors\": [\"Your answer is not at fault.\"]}" \
    >"$grade/results/results.json"
fi

#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image: a toolchain, the sandbox, and everything that
# can be compiled before the first submission comes.
set -eu

root="${AUTOGRADER_ROOT:-/autograder}"
if [ -z "${LOCKSTEP_NO_INSTALL:-}" ]; then
  apt-get update
  apt-get install --yes bubblewrap build-essential ca-certificates curl
  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs |
    sh -s -- -y --profile minimal --component clippy --default-toolchain 1.95.0
fi
[ -f "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/lockstep-target}"
cd "$root/source/course"
# The unchanged exercises fail, and what they need is compiled now.
cargo grade --strict @EXERCISES@ || [ $? -lt 2 ]

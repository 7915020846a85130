#!/usr/bin/env bash
# What the action runs. Everything it needs is in the environment, so that no input is ever part of
# a command line that a shell reads.
set -u

cd "$LOCKSTEP_COURSE" || exit 4
mkdir -p "$LOCKSTEP_RESULTS"

# Ubuntu's runners forbid the namespaces of a sandbox unless they are told otherwise.
if [ "${RUNNER_OS:-}" = Linux ] && command -v sudo >/dev/null; then
  sudo sysctl -q kernel.apparmor_restrict_unprivileged_userns=0 2>/dev/null
  command -v bwrap >/dev/null || sudo apt-get install --quiet --yes bubblewrap >/dev/null
fi

# shellcheck disable=SC2086 # Several words each, on purpose.
cargo grade $LOCKSTEP_EXERCISES --strict --submission "$LOCKSTEP_SUBMISSION" --format github \
  --export json="$LOCKSTEP_RESULTS/report.json" \
  --export junit="$LOCKSTEP_RESULTS/junit.xml" \
  --export markdown="$LOCKSTEP_RESULTS/summary.md" \
  $LOCKSTEP_ARGUMENTS
code=$?

[ -f "$LOCKSTEP_RESULTS/summary.md" ] && cat "$LOCKSTEP_RESULTS/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
echo "exit-code=$code" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"

#!/usr/bin/env python3
"""Does a busy machine make a right answer fail?

    bench/false_alarms.py [--rounds 100] [--also] [EXERCISE...]

Keeps every core busy with other processes, grades the reference and every other right answer again
and again, and prints how often each failed or could not be decided. Ends with 0 if none ever failed.
Ctrl-C ends it early, with the table so far.
"""

import argparse
import collections
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GRADER = ROOT / "target" / "debug" / "grader"
WORK = ROOT / "target" / "false-alarms"


def main() -> int:
    subprocess.run(["cargo", "build", "--quiet", "--package", "grader"], cwd=ROOT, check=True)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--also", action="store_true", help="leave the references out")
    parser.add_argument("exercises", nargs="*", help="folders; all of them if none is named")
    options = parser.parse_args()
    queues = {
        folder.name: [*([] if options.also else [folder / "lib.rs"]), *sorted(folder.glob("also/*.rs"))]
        for folder in sorted((ROOT / "solutions").iterdir())
        if not options.exercises or folder.name in options.exercises
    }
    spinners = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count())
    ]
    counts = collections.defaultdict(collections.Counter)
    # A shell's background job ignores Ctrl-C unless it is asked not to.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        grade_all(queues, options.rounds, counts)
    except KeyboardInterrupt:
        print("\nended early", file=sys.stderr)
    finally:
        for spinner in spinners:
            spinner.kill()
    return report(counts)


def grade_all(queues, rounds, counts):
    """One pass grades one answer of each exercise, `rounds` times: so each is built only once."""
    for index in range(max(map(len, queues.values()))):
        submission = WORK / str(index)
        shutil.rmtree(submission, ignore_errors=True)
        names = {}
        for folder, answers in queues.items():
            if index < len(answers):
                source = submission / "exercises" / folder / "src"
                source.mkdir(parents=True)
                shutil.copyfile(answers[index], source / "lib.rs")
                names[folder] = answers[index].relative_to(ROOT / "solutions").as_posix()
        for number in range(rounds):
            print(f"\ranswers {index + 1}, round {number + 1} of {rounds}", end="", file=sys.stderr)
            count(counts, names, grade(submission))
    print(file=sys.stderr)


def grade(submission):
    begin = time.monotonic()
    graded = subprocess.run(
        [GRADER, "--submission", str(submission), "--format", "json", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True,
    )
    if graded.returncode not in (0, 1, 3):
        sys.exit(f"the grader failed after {time.monotonic() - begin:.0f} s: {graded.stderr}")
    return json.loads(graded.stdout)


def count(counts, names, report):
    for exercise in report["exercises"]:
        name = names[exercise["folder"]]
        counts[name]["runs"] += 1
        for check in exercise["checks"]:
            if check["verdict"] in ("failed", "inconclusive", "grader-fault"):
                counts[name][check["verdict"]] += 1
                print(f"\n{name}: {check['name']}: {check.get('message', check.get('because'))}",
                      file=sys.stderr)


def report(counts) -> int:
    print(f"{'answer':<52} {'runs':>5} {'failed':>7} {'inconclusive':>13} {'grader':>7}")
    for name, seen in sorted(counts.items()):
        print(f"{name:<52} {seen['runs']:>5} {seen['failed']:>7} {seen['inconclusive']:>13} "
              f"{seen['grader-fault']:>7}")
    failed = sum(seen["failed"] + seen["grader-fault"] for seen in counts.values())
    print(f"{'all':<52} {sum(s['runs'] for s in counts.values()):>5} {failed:>7}")
    return 0 if failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())

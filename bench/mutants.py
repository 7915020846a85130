#!/usr/bin/env python3
"""Mutation test of the course: do its checks reject a reference answer with one thing changed?

    bench/mutants.py [EXERCISE...]

Makes every mutant that cargo-mutants knows of every reference answer, grades each with the course's
own checks, and prints a table. Items that an exercise does not ask for are left out: bench/mutants.toml
lists them. A mutant that passes must stand there with the reason why it is as right as the original.
Ends with 0 if at least 97 % of the mutants that compile are rejected and every survivor has its reason.
"""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GRADER = ROOT / "target" / "debug" / "grader"
WORK = ROOT / "target" / "mutants"
REQUIRED = 0.97


def main() -> int:
    subprocess.run(["cargo", "build", "--quiet", "--package", "grader"], cwd=ROOT, check=True)
    if shutil.which("cargo-mutants") is None:
        print("installing cargo-mutants (once) ...", flush=True)
        subprocess.run(["cargo", "install", "--quiet", "--locked", "cargo-mutants"], check=True)
    course = course_of_references()
    exercises = selected(sys.argv[1:])
    known = tomllib.loads((ROOT / "bench" / "mutants.toml").read_text())
    unasked = {folder: known.get(folder, {}).get("unasked", []) for folder in exercises}
    queues = {folder: mutants(course, folder, unasked[folder]) for folder in exercises}
    return report(queues, grade_all(queues), known)


def selected(names: list[str]) -> list[str]:
    folders = sorted(p.parent.name for p in ROOT.glob("solutions/*/lib.rs"))
    chosen = [f for f in folders if not names or f in names or f.split("-")[0].lstrip("0") in names]
    if not chosen:
        sys.exit(f"no exercise is called {' or '.join(names)}; there are {', '.join(folders)}")
    return chosen


def course_of_references() -> Path:
    """A copy of the course whose stubs are the reference answers."""
    course = WORK / "course"
    shutil.rmtree(course, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            target = course / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
    for reference in ROOT.glob("solutions/*/lib.rs"):
        shutil.copyfile(reference, course / "exercises" / reference.parent.name / "src" / "lib.rs")
    return course


def mutants(course: Path, folder: str, unasked: list[str]) -> list[dict]:
    package = folder.split("-", 1)[1]
    listed = subprocess.run(
        ["cargo", "mutants", "--list", "--json", "--diff", "--package", package],
        cwd=course, check=True, capture_output=True, text=True,
    ).stdout
    return [
        mutant for mutant in json.loads(listed)
        if mutant["file"].endswith(f"{folder}/src/lib.rs")
        and not any(item in mutant["name"] for item in unasked)
    ]


def mutated(folder: str, diff: str) -> str:
    """The reference answer with the mutant's diff applied."""
    scratch = WORK / "patch.rs"
    shutil.copyfile(ROOT / "solutions" / folder / "lib.rs", scratch)
    subprocess.run(["patch", "--quiet", str(scratch)], input=diff, text=True, check=True)
    return scratch.read_text()


def grade_all(queues: dict[str, list[dict]]) -> dict[str, list[str]]:
    """The outcome of every mutant. One round grades one mutant of each exercise."""
    results: dict[str, list[str]] = {folder: [] for folder in queues}
    rounds = max(map(len, queues.values()))
    for number in range(rounds):
        print(f"\rround {number + 1} of {rounds}", end="", file=sys.stderr, flush=True)
        submission = WORK / "submission"
        shutil.rmtree(submission, ignore_errors=True)
        for folder, queue in queues.items():
            if number < len(queue):
                source = submission / "exercises" / folder / "src"
                source.mkdir(parents=True)
                (source / "lib.rs").write_text(mutated(folder, queue[number]["diff"]))
        graded = subprocess.run(
            [GRADER, "--submission", str(submission), "--format", "json"],
            cwd=ROOT, capture_output=True, text=True,
        )
        if graded.returncode not in (0, 1, 3):
            sys.exit(f"the grader failed: {graded.stderr}")
        for exercise in json.loads(graded.stdout)["exercises"]:
            results[exercise["folder"]].append(outcome(exercise))
    print(file=sys.stderr)
    return results


def outcome(exercise: dict) -> str:
    for check in exercise["checks"]:
        if check["verdict"] == "failed":
            fault = check["fault"]
            return "unviable" if fault == "compile-error" else f"{check['name']} ({fault})"
    return "survived"


def report(queues, results, known) -> int:
    print(f"{'exercise':<24} {'mutants':>8} {'viable':>7} {'rejected':>9} {'share':>7}")
    viable_all = rejected_all = 0
    survivors = []
    for folder, outcomes in results.items():
        viable = [o for o in outcomes if o != "unviable"]
        rejected = [o for o in viable if o != "survived"]
        viable_all += len(viable)
        rejected_all += len(rejected)
        print(f"{folder:<24} {len(outcomes):>8} {len(viable):>7} {len(rejected):>9} "
              f"{share(len(rejected), len(viable)):>7}")
        survivors += [(folder, name_of(m)) for m, o in zip(queues[folder], outcomes) if o == "survived"]
    print(f"{'all':<24} {'':>8} {viable_all:>7} {rejected_all:>9} {share(rejected_all, viable_all):>7}")
    unexplained = 0
    for folder, name in survivors:
        reason = known.get(folder, {}).get(name)
        unexplained += reason is None
        print(f"\nsurvived: {folder}: {name}\n  {reason or 'NO REASON in bench/mutants.toml'}")
    good = rejected_all >= REQUIRED * viable_all and unexplained == 0
    return 0 if good else 1


def name_of(mutant: dict) -> str:
    """The mutant's name without its place: it survives edits elsewhere in the file."""
    return mutant["name"].split(": ", 1)[1] if ": " in mutant["name"] else mutant["name"]


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())

"""Checks blocks of Python: a list of them as JSON on stdin, what is wrong with them on stdout."""

import json
import os
import signal
import subprocess
import sys
import tempfile

DEADLINE = 10  # seconds


def parse(block):
    try:
        compile(block["code"], block["page"], "exec", dont_inherit=True)
    except SyntaxError as error:
        return {"line": block["line"] + (error.lineno or 1) - 1, "what": f"does not parse: {error.msg}"}


def run(block):
    """Runs a block as a script of its own: `spawn` and `forkserver` import it again."""
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, "block.py")
        with open(script, "w", encoding="utf-8") as file:
            file.write(block["code"])
        # -E and -s, not -I: processes that the block starts must find it.
        process = subprocess.Popen(
            [sys.executable, "-E", "-s", script], cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
        try:
            _, errors = process.communicate(timeout=DEADLINE)
        except subprocess.TimeoutExpired:
            return f"has not ended after {DEADLINE} s"
        finally:
            stop(process)
    return judge(process.returncode, errors, block["error"])


def stop(process):
    """Ends the block and whatever it has started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def judge(code, errors, expected):
    lines = errors.strip().splitlines()
    last = lines[-1] if lines else "no message"
    if expected is None:
        return None if code == 0 else f"exits with {code}: {last}"
    if any(line.split(":")[0].split(".")[-1] == expected for line in lines):
        return None
    return f"does not raise {expected}: {last if code else 'it exits with 0'}"


def main():
    refused, too_new, checked = [], 0, 0
    for block in json.load(sys.stdin):
        if block["min"] and tuple(block["min"]) > sys.version_info[:2]:
            too_new += 1
            continue
        checked += 1
        wrong = parse(block)
        if wrong is None and block["run"] and (what := run(block)):
            wrong = {"line": block["line"], "what": what}
        if wrong:
            refused.append({"page": block["page"], **wrong})
    version = ".".join(map(str, sys.version_info[:2]))
    json.dump({"version": version, "refused": refused, "too_new": too_new, "checked": checked}, sys.stdout)


main()

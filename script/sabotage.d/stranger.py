#!/usr/bin/env python3
"""Walks through the README.md that `policy audit --evidence` writes, as a stranger: a copy of the log, the folder, sqlite3 and script/verify-log.

usage: script/sabotage.d/stranger.py LOG.sqlite EVIDENCE VERIFIER_KEY

Neither the program nor the site's other files are within reach. Exit status: 0 the walk leads where it should, 1 it does not.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOOLS = ["sqlite3", "sh", "awk", "sed", "cat", "mktemp", "rm", "dirname"]


def main():
    log, evidence, key = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    with tempfile.TemporaryDirectory() as temporary:
        home = pathlib.Path(temporary)
        copy, folder = home / "a copy of log.sqlite", home / "the evidence"
        shutil.copy(log, copy)
        shutil.copytree(evidence, folder)
        failed = list(walk(home, copy, folder, key))
    for failure in failed:
        print(f"stranger.py: {failure}", file=sys.stderr)
    return 1 if failed else 0


def walk(home, copy, folder, key):
    proofs = sorted((folder / "proofs").iterdir())
    if not proofs:
        yield "no proof was written"
    yield from log_is_signed(copy, folder, proofs, key)
    answer, verdicts = ask(home, copy, folder), json.loads((folder / "verdicts.json").read_text())
    yield from same_answer(answer, verdicts)
    other = subprocess.run([folder / "run.sh", copy, "2100-01-01T00:00:00Z"], capture_output=True, text=True)
    if other.returncode != 1 or "P-16.5\tBROKEN" not in other.stdout:
        yield "nothing is late in the year 2100"
    if subprocess.run([folder / "run.sh", folder / "README.md"], capture_output=True).returncode != 2:
        yield "a text is taken for a log"


def log_is_signed(copy, folder, proofs, key):
    words = [word for proof in proofs for word in ("--proof", proof)]
    done = verify(copy, "--checkpoint", folder / "checkpoint", "--key", key, *words)
    if done.returncode != 0 or done.stdout.count("proof: position") != len(proofs):
        yield f"the log or a proof is refused: {done.stdout}{done.stderr}"
    # A proof that was made for another event, and one whose path was changed.
    text = proofs[0].read_text().split("\n")
    for name, lines in (
            ("another event's", [text[0], f"index {int(text[1].split()[1]) + 1}", *text[2:]]),
            ("a changed", [*text[:2], text[3], text[2], *text[4:]])):
        wrong = folder / "wrong.tlog-proof"
        wrong.write_text("\n".join(lines))
        if verify(copy, "--proof", wrong).returncode != 1:
            yield f"{name} proof is accepted"


def verify(copy, *words):
    return subprocess.run([ROOT / "script/verify-log", copy, *words], capture_output=True, text=True)


def ask(home, copy, folder):
    tools = home / "tools"
    tools.mkdir()
    for tool in TOOLS:
        os.symlink(shutil.which(tool), tools / tool)
    done = subprocess.run([folder / "run.sh", copy], capture_output=True, text=True, env={"PATH": str(tools)})
    if done.returncode not in (0, 1):
        sys.exit(f"stranger.py: run.sh ends with {done.returncode}: {done.stderr}")
    return done.stdout


def same_answer(answer, verdicts):
    """Each check that the program made over the log found a breach where the rules found one, and nowhere else."""
    sys.path.insert(0, str(ROOT / "script/sabotage.d"))
    from planting import checks_over_the_log
    broken = {line.strip().split("\t")[0] for line in answer.splitlines() if line.startswith(" ")}
    over_the_log = checks_over_the_log()
    for report in verdicts["clauses"]:
        for check in report["checks"]:
            name = check["name"]
            if name in over_the_log and (check["outcome"] == "broken") != (name in broken):
                yield f"{report['clause']} {name}: the program says {check['outcome']}, sqlite3 {'broken' if name in broken else 'kept'}"
        told = report.get("verdict", report.get("state"))
        if f"{report['clause']}\t" in answer and f"\tthe program: {told}" not in answer:
            yield f"{report['clause']}: the program's verdict is not told"


if __name__ == "__main__":
    sys.exit(main())

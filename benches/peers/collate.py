#!/usr/bin/env python3
"""Time and memory of collation beside other tools, whole processes, on the same files.

    sudo apt-get install wdiff git
    pip install collatex levenshtein
    cargo build --release
    python3 benches/peers/collate.py A.txt B.txt [C.txt ...] [--collatex-words N]

wdiff and git compare the first two files only and know exact matches of words. CollateX needs minutes
for a chapter: with --collatex-words it gets the first N words of each file, and Hexapla runs on the
same cut, so that the ratio is one of equals.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time

HEXAPLA = os.path.join(os.path.dirname(__file__), "..", "..", "target", "release", "hexapla")

COLLATEX = """
import sys
from collatex import Collation, collate
collation = Collation()
for path in sys.argv[1:]:
    collation.add_plain_witness(path, open(path, encoding="utf-8").read())
print(collate(collation, output="json", segmentation=False))
"""


def run(name, command, right=(0,)):
    start = time.time()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.time() - start
    cpu = usage.ru_utime + usage.ru_stime
    code = os.waitstatus_to_exitcode(status)
    failed = "" if code in right else f"  (failed with exit code {code})"
    print(f"{name:32} {cpu:9.3f} s CPU {clock:9.3f} s {usage.ru_maxrss / 1024:8.0f} MB{failed}", flush=True)
    return None if failed else cpu


def cut(path, words, folder):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    at = 0
    for _ in range(words):
        while at < len(text) and text[at].isspace():
            at += 1
        while at < len(text) and not text[at].isspace():
            at += 1
    target = os.path.join(folder, os.path.basename(path))
    with open(target, "w", encoding="utf-8") as file:
        file.write(text[:at] + "\n")
    return target


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--collatex-words", type=int, default=0)
    arguments = parser.parse_args()
    files = arguments.files
    hexapla = [HEXAPLA, "collate", "--quiet", "--format", "csv"]
    # These three say 1 where the files differ.
    differ = (0, 1)
    run(f"hexapla, {len(files)} witnesses", hexapla + files, differ)
    if len(files) > 2:
        run("hexapla, 2 witnesses", hexapla + files[:2], differ)
    run("wdiff, 2 witnesses", ["wdiff", *files[:2]], differ)
    run("git diff --word-diff, 2 witnesses",
        ["git", "diff", "--no-index", "--word-diff", "--no-color", *files[:2]], differ)
    with tempfile.TemporaryDirectory() as folder:
        pair = files[:2]
        if arguments.collatex_words:
            pair = [cut(path, arguments.collatex_words, folder) for path in pair]
        ours = run("hexapla, as CollateX", hexapla + pair, differ)
        theirs = run("CollateX, 2 witnesses", [sys.executable, "-c", COLLATEX, *pair])
        if ours is not None and theirs is not None:
            print(f"CollateX needs {theirs / max(ours, 1e-3):.0f} times the CPU time")


if __name__ == "__main__":
    main()

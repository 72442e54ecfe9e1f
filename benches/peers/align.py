#!/usr/bin/env python3
"""Strict F1, processor time and memory of sentence aligners on sets with gold, side by side.

    pip install nltk
    python3 benches/peers/align.py [--jobs N] [--lines N] [--tool PATH ...] SET ...

A set is a folder with src.txt, tgt.txt (a sentence a line) and gold.txt ([0, 1]:[0] a line).
Measured are this project (target/release/hexapla), Gale and Church's method in nltk (quadratic: left
out beyond 3,000 sentences), hunalign (Debian's package) without a dictionary and with -realign if it
is installed, and with --tool any program that writes such beads when it is called `PATH align SET/`.
--lines N cuts the sets to their first N source lines. Scored as in docs/evaluation.md.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HEXAPLA = os.path.join(HERE, "..", "..", "target", "release", "hexapla")
GALE_CHURCH_LIMIT = 3000

# Run in a process of its own, so that its time and memory can be told from ours.
GALE_CHURCH = """
import sys
from nltk.translate.gale_church import align_blocks
lengths = [[len(line.rstrip("\\n")) for line in open(path, encoding="utf-8")] for path in sys.argv[1:]]
links = align_blocks(*lengths)
groups = []
for a, b in links:
    for group in groups[-3:]:
        if a in group[0] or b in group[1]:
            group[0].add(a)
            group[1].add(b)
            break
    else:
        groups.append(({a}, {b}))
for a, b in groups:
    print(f"{sorted(a)}:{sorted(b)}")
"""


def beads(lines):
    found = set()
    for line in lines:
        sides = line.strip().split(":")
        if len(sides) < 2:
            continue
        pair = tuple(tuple(int(n) for n in s.strip().strip("[]").split(",") if n.strip()) for s in sides[:2])
        if pair != ((), ()):
            found.add(pair)
    return found


def ladder(text):
    """The beads of hunalign's ladder: rungs of line numbers on both sides."""
    rungs = [tuple(int(n) for n in line.split("\t")[:2]) for line in text.splitlines() if line.strip()]
    spans = ((tuple(range(a, c)), tuple(range(b, d))) for (a, b), (c, d) in zip(rungs, rungs[1:]))
    return {bead for bead in spans if bead != ((), ())}


def strict_f1(predicted, gold):
    two_sided = lambda pairs: {p for p in pairs if p[0] and p[1]}
    precision = len(predicted & gold) / max(len(predicted), 1)
    recall = len(two_sided(predicted & gold)) / max(len(two_sided(gold)), 1)
    return 2 * precision * recall / max(precision + recall, 1e-9)


def measured(command, environment=None):
    """Output, processor seconds (user), clock seconds and megabytes of a program."""
    with tempfile.TemporaryFile("w+") as out:
        start = time.time()
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
        clock = time.time() - start
        if status:
            return None
        out.seek(0)
        return out.read(), usage.ru_utime, clock, usage.ru_maxrss / 1024


def prepared(folder, lines, scratch):
    """The set itself, or its first lines in a folder of their own."""
    read = lambda name: open(os.path.join(folder, name), encoding="utf-8").read().rstrip("\n").split("\n")
    src, tgt, gold = read("src.txt"), read("tgt.txt"), beads(read("gold.txt"))
    if lines and lines < len(src):
        gold = {g for g in gold if not g[0] or g[0][-1] < lines}
        end = max((g[1][-1] + 1 for g in gold if g[0] and g[1]), default=len(tgt))
        gold = {g for g in gold if not g[1] or g[1][-1] < end}
        src, tgt = src[:lines], tgt[:end]
    name = os.path.join(scratch, os.path.basename(os.path.normpath(folder)))
    os.makedirs(name, exist_ok=True)
    for file, content in (("src.txt", src), ("tgt.txt", tgt)):
        with open(os.path.join(name, file), "w", encoding="utf-8") as out:
            out.write("\n".join(content) + "\n")
    return name, len(src), len(tgt), gold


def tools(name, size, jobs, others):
    src, tgt = os.path.join(name, "src.txt"), os.path.join(name, "tgt.txt")
    own = [HEXAPLA, "align", "-q", "--lines", "--as", "translation", "--format", "vecalign"]
    yield "hexapla", own + ["--jobs", str(jobs), src, tgt], lambda out: beads(out.splitlines())
    if size <= GALE_CHURCH_LIMIT:
        yield "Gale-Church", [sys.executable, "-c", GALE_CHURCH, src, tgt], lambda out: beads(out.splitlines())
    if shutil.which("hunalign"):
        empty = os.path.join(name, "empty.dic")
        open(empty, "w").close()
        for label, more in (("hunalign", []), ("hunalign -realign", ["-realign"])):
            yield label, ["hunalign", *more, empty, src, tgt], ladder
    for path in others:
        yield os.path.basename(path), [path, "align", name + "/"], lambda out: beads(out.splitlines())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--jobs", type=int, default=1, help="threads (default 1)")
    parser.add_argument("--lines", type=int, default=0, help="cut the sets to so many source lines")
    parser.add_argument("--tool", action="append", default=[], help="a further program")
    options = parser.parse_args()
    environment = dict(os.environ, RAYON_NUM_THREADS=str(options.jobs))
    print(f"{'set':16} {'sentences':>15} {'tool':18} {'F1':>6} {'CPU s':>8} {'clock s':>8} {'MB':>6}")
    with tempfile.TemporaryDirectory() as scratch:
        for folder in options.sets:
            name, n, m, gold = prepared(folder, options.lines, scratch)
            for label, command, read in tools(name, max(n, m), options.jobs, options.tool):
                result = measured(command, environment)
                head = f"{os.path.basename(name):16} {f'{n} x {m}':>15} {label:18}"
                if result is None:
                    print(head, "failed")
                    continue
                out, user, clock, megabytes = result
                f1 = strict_f1(read(out), gold)
                print(f"{head} {f1:6.4f} {user:8.2f} {clock:8.2f} {megabytes:6.0f}", flush=True)


if __name__ == "__main__":
    main()

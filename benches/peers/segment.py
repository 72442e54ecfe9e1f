#!/usr/bin/env python3
"""Boundary F1 of other sentence segmenters on the development data, for comparison with
`cargo test --release --test segment_data -- --nocapture`.

    pip install segtok syntok pysbd sentencex
    HEXAPLA_DATA=<folder> python3 benches/peers/segment.py

Scored as there: boundaries inside paragraphs, white space ignored. A language that a tool does not
know is left out of its mean.
"""
import os
import re
import time
import warnings

warnings.filterwarnings("ignore")

import pysbd
import sentencex
import syntok.segmenter
from segtok.segmenter import split_single

PEERS = {
    "sentencex": lambda lang, text: list(sentencex.segment(lang, text)),
    "pysbd": lambda lang, text: pysbd.Segmenter(language=lang, clean=False).segment(text),
    "segtok": lambda _, text: list(split_single(text)),
    "syntok": lambda _, text: [
        "".join(token.spacing + token.value for token in sentence)
        for paragraph in syntok.segmenter.process(text)
        for sentence in paragraph
    ],
}


def solid(text):
    return len(re.sub(r"\s", "", text))


def ends(pieces, start=0):
    found, at = set(), start
    for piece in pieces:
        at += solid(piece)
        found.add(at)
    return found


def main():
    data = os.path.join(os.environ["HEXAPLA_DATA"], "segmentation")
    scores = {name: [] for name in PEERS}
    for name in sorted(d for d in os.listdir(data) if os.path.isdir(os.path.join(data, d))):
        lang = name.split("-")[0]
        folder = os.path.join(data, name)
        text = open(os.path.join(folder, "text.txt"), encoding="utf-8").read()
        gold = ends(open(os.path.join(folder, "gold.txt"), encoding="utf-8").read().split("\n"))
        blocks = [re.sub(r"\s+", " ", b).strip() for b in text.split("\n\n") if b.strip()]
        outer = ends(blocks)
        row = []
        for peer, segment in PEERS.items():
            try:
                found, at = set(), 0
                for block in blocks:
                    found |= ends((p for p in segment(lang, block) if p.strip()), at)
                    at += solid(block)
            except Exception:
                row.append(f"{peer} -")
                continue
            hits = len((found - outer) & (gold - outer))
            f1 = 200 * hits / max(1, len(found - outer) + len(gold - outer))
            row.append(f"{peer} {f1:.2f}")
            if lang not in ("zh", "ja"):
                scores[peer].append(f1)
        print(f"{name:16}", *row)
    for peer, values in scores.items():
        print(f"macro-F1 {peer}: {sum(values) / len(values):.2f} over {len(values)} cased sets")
    text = open(os.path.join(data, "en-gumlit", "text.txt"), encoding="utf-8").read() * 100
    start = time.perf_counter()
    list(sentencex.segment("en", text))
    print(f"sentencex: {len(text.encode()) / (time.perf_counter() - start) / 1e6:.0f} MB/s of English")


if __name__ == "__main__":
    main()

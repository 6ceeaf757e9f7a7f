"""Sentence vectors of the original encoder, which the shortened one learns to keep close to.

    python -m training.vectors --encoder CHECKPOINT --corpora CORPORA --out vectors.npz

Saves, for a sample of each article's sentences: article name, start, end, and the vector (mean over pieces with "query: " in
front, as E5 was trained; Wang et al., 2024), minus the mean over all, at length 1.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F  # noqa: N812

from training.corpora import inline_corpus, polnear, raw
from training.model import Encoder

SENTENCE = re.compile(r"\S(?:[^\n.!?]|[.!?](?![\s\"'”’]))*[.!?]*[\"'”’]*")


def texts(corpora: Path) -> list[tuple[str, str, int]]:
    """(name, text, sentences to sample) of everything that trains, and of Dutch news without annotation."""
    found = [(a.name, a.text, 8) for a in polnear(corpora, "train")]
    for folder in ("nl-dpg", "en-raw"):
        found += [(a.name, a.text, 16) for a in inline_corpus(corpora / folder)]
    return found + [(f"nl_{ident}", text, 5) for ident, text in raw(corpora, "nl_news")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    encoder = Encoder.from_checkpoint(args.encoder, None, 12).eval().to(device)
    chance = random.Random(7)
    rows = []
    for name, text, count in texts(args.corpora):
        spans = [m.span() for m in SENTENCE.finditer(text) if 20 < m.end() - m.start() < 400]
        rows += [(name, *span, text[span[0] : span[1]]) for span in sorted(chance.sample(spans, min(count, len(spans))))]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][3]))
    vectors = np.zeros((len(rows), 384), np.float32)
    began = time.time()
    with torch.inference_mode():
        for at in range(0, len(order), 32):
            batch = order[at : at + 32]
            ids = [tokenizer.encode("query: " + rows[i][3]).ids for i in batch]
            width = max(map(len, ids))
            pieces = torch.tensor([x + [1] * (width - len(x)) for x in ids], device=device)
            mask = pieces != 1
            states = encoder(pieces, mask) * mask[..., None]
            vectors[batch] = F.normalize(states.sum(1) / mask.sum(1, keepdim=True), dim=-1).cpu().numpy()
            if at % 3200 == 0:
                print(f"{at}/{len(rows)} {time.time() - began:.0f}s", flush=True)
    mean = vectors.mean(0)
    vectors -= mean
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    np.savez(args.out, names=np.array([r[0] for r in rows]), spans=np.array([r[1:3] for r in rows], np.int32),
             vectors=vectors.astype(np.float16), mean=mean)  # fmt: skip


if __name__ == "__main__":
    main()

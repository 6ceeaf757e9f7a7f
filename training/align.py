"""Fit the map to vectors in closed form, over the trained and now fixed network.

    python -m training.align --state FOLDER/state.pt --vocabulary FOLDER --vectors vectors.npz

Training drew the states towards those of the original encoder; ridge regression on the means of sampled sentences finds the best
linear map. Every tenth article is left out to choose the ridge's strength and to report. The map replaces that in ``state.pt``.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.export import load
from training.train import BEGIN, END, PAD
from training.vectors import texts
from volgens.reader.units import encode

RIDGES = (0.1, 1.0, 10.0, 100.0)


def out(name: str) -> bool:
    """Whether the article is left out: every tenth is."""
    return hashlib.sha256(name.encode()).digest()[0] % 10 == 0


def pooled(state: Path, vocabulary: Path, rows: list[str]) -> np.ndarray:
    """The mean of the reader's states over each sentence, read alone: (sentences, HIDDEN)."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    encoder = load(state).encoder.to(device)
    tokenizer = Tokenizer.from_file(str(vocabulary / "tokenizer.json"))
    pieces = [encode(text, tokenizer, line_break=END).pieces[:-1][:300] for text in rows]
    out = np.zeros((len(rows), encoder.words.weight.shape[1]), np.float32)
    order = sorted(range(len(rows)), key=lambda i: len(pieces[i]))
    with torch.inference_mode():
        for at in range(0, len(order), 64):
            batch = order[at : at + 64]
            width = max(len(pieces[i]) for i in batch) + 2
            ids = torch.full((len(batch), width), PAD)
            for row, i in enumerate(batch):
                ids[row, : len(pieces[i]) + 2] = torch.tensor([BEGIN, *pieces[i], END])
            states = encoder(ids.to(device), (ids != PAD).to(device)).cpu()
            inner = (ids != PAD) & (ids != BEGIN) & (ids != END)
            out[batch] = ((states * inner[..., None]).sum(1) / inner.sum(1, keepdim=True).clamp(min=1)).numpy()
    return out


def ridge(x: np.ndarray, y: np.ndarray, strength: float) -> np.ndarray:
    """The weights (K + 1, D) of ridge regression with a constant, which is not drawn to zero."""
    x = np.hstack([x, np.ones((len(x), 1), x.dtype)]).astype(np.float64)
    pull = strength * np.eye(x.shape[1])
    pull[-1, -1] = 0.0
    return np.linalg.solve(x.T @ x + pull, x.T @ y)


def cosine(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> float:
    """The mean cosine of what ``weights`` make of ``x`` with ``y`` (unit rows)."""
    made = x @ weights[:-1] + weights[-1]
    return float(((made / np.linalg.norm(made, axis=1, keepdims=True)) * y).sum(1).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    args = parser.parse_args()
    stored = np.load(args.vectors)
    whole = {name: text for name, text, _ in texts(args.corpora)}
    names = [str(name) for name in stored["names"]]
    x = pooled(args.state, args.vocabulary, [whole[n][a:b] for n, (a, b) in zip(names, stored["spans"], strict=True)])
    y = stored["vectors"].astype(np.float64)
    left_out = np.array([out(n) for n in names])
    tried = {s: cosine(x[left_out], y[left_out], ridge(x[~left_out], y[~left_out], s)) for s in RIDGES}
    best = max(tried, key=tried.__getitem__)
    print("cosine with the original encoder on articles left out: " + ", ".join(f"ridge {s:g} {c:.4f}" for s, c in tried.items()))
    weights = torch.from_numpy(ridge(x, y, best)).float()
    state = torch.load(args.state, map_location="cpu")
    state["model"]["vector.weight"], state["model"]["vector.bias"] = weights[:-1].T.contiguous(), weights[-1]
    torch.save(state, args.state)


if __name__ == "__main__":
    main()

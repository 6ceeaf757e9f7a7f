"""Fit the last maps in closed form or to their optimum, over the trained and now fixed network: vectors, kinds and acts.

    python -m training.align --state FOLDER/state.pt --vocabulary FOLDER --vectors vectors.npz

Vectors: training drew the states towards those of the original encoder; ridge regression on the means of sampled sentences finds
the best linear map. Kinds and acts: multinomial logistic regression over the cues of the articles that carry them. Every tenth
article is left out to choose the strength of the ridge and of the penalty, and to report. The maps replace those in ``state.pt``.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from training.corpora import Annotated
from training.export import load
from training.model import Reader
from training.train import BEGIN, END, PAD, around_cues, corpus, encoded_units, windows
from training.vectors import texts
from volgens.reader.labels import ACTS, BACK, CERTAINTIES, KINDS
from volgens.reader.units import encode

RIDGES = (0.1, 1.0, 10.0, 100.0)
PENALTIES = (1e-4, 3e-4, 1e-3, 3e-3)


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


def summaries(model: Reader, vocabulary: Path, articles: list[Annotated]) -> tuple[Tensor, Tensor, list[str]]:
    """For each whole cue of ``articles``: what kind and act are told from (C, 3 * WIDTH), the labels (C, 3), the article."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = Tokenizer.from_file(str(vocabulary / "tokenizer.json"))
    chance = random.Random(3)
    found, labels, names = [], [], []
    with torch.inference_mode():
        for article in articles:
            batch = windows(article, article.text, [], tokenizer, chance, breaks=True)
            cues, (around, near, inside, mask) = around_cues(encoded_units(model, batch, device)[1], batch)
            if cues:
                part = model.labeller
                given = part.narrow(around), part.cue_summary(around, inside), near, inside, mask, torch.tensor(BACK, device=device)
                found.append(part.roles_and_summary(*given)[1].cpu())
                labels += [c.labels for c in cues]
                names += [article.name] * len(cues)
    return torch.cat(found).clone(), torch.tensor(labels), names


def logistic(x: Tensor, y: Tensor, classes: int, penalty: float) -> nn.Linear:
    """Multinomial logistic regression of ``y`` (N,) on ``x`` (N, K), by L-BFGS."""
    torch.manual_seed(0)
    head = nn.Linear(x.shape[1], classes)
    optimizer = torch.optim.LBFGS(head.parameters(), max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = functional.cross_entropy(head(x), y) + penalty * head.weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return head


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
    articles = [a for a, _, _ in corpus(args.corpora) if a.nests]
    given, labels, origins = summaries(load(args.state), args.vocabulary, articles)
    aside = torch.tensor([out(n) for n in origins])
    for column, (name, values) in enumerate((("kind", KINDS), ("act", ACTS), ("certainty", CERTAINTIES))):
        told = labels[:, column] >= 0  # by the corpus
        fit, test = told & ~aside, told & aside
        shares = {}
        for penalty in PENALTIES:
            head = logistic(given[fit], labels[fit, column], len(values), penalty)
            shares[penalty] = (head(given[test]).argmax(1) == labels[test, column]).float().mean().item()
        print(f"{name} right on {int(test.sum())} cues left out: " + ", ".join(f"{p:g} {s:.4f}" for p, s in shares.items()))
        head = logistic(given[told], labels[told, column], len(values), max(shares, key=shares.__getitem__))
        state["model"][f"labeller.{name}.weight"], state["model"][f"labeller.{name}.bias"] = (
            head.weight.detach(),
            head.bias.detach(),
        )
    torch.save(state, args.state)


if __name__ == "__main__":
    main()

"""Train the comparer: which statements say the same, the contrary, or something else.

    python -m training.comparer --claims corpora/claims/train --dev corpora/claims/dev.jsonl --out src/volgens/reader/weights

Over the states of the shipped reader, which stay as they are, so it takes minutes on two cores. Pairs are those of each story:
the same claim in other words or the other language, and the others of its story, which are about the same things; some of other
stories; sentences of one article of our own corpus; and a text beside itself. Trained are the network of
``volgens.reader.comparer`` and, by the same pairs, its vectors.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from itertools import combinations
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from training.corpora import own
from training.model import HIDDEN
from volgens.origins.sentences import sentences
from volgens.reader.comparer import plain
from volgens.reader.network import Reader

Row = dict[str, str]
Pair = tuple[int, int, int]
DIFFERENT, SAME, CONTRARY = range(3)
SKIPPED = 4  # sentences at the head of an article
DROPPED = 0.1  # share of the pieces of a text, on average


class Comparer(nn.Module):
    """The network of ``volgens.reader.comparer``, of which the names and the sums are the same."""

    def __init__(self, width: int = 128, dropout: float = 0.2) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.address, self.held = nn.Linear(HIDDEN, width), nn.Linear(HIDDEN, width)
        self.weight, self.summary = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, 1)
        self.vector = nn.Linear(HIDDEN, HIDDEN)
        self.compare = nn.ModuleList([nn.Identity(), nn.Linear(4 * width, width), nn.Linear(width, width)])
        self.out = nn.ModuleList([nn.Identity(), nn.Linear(4 * width + 3, width), nn.Linear(width, 3)])
        self.heat = nn.Parameter(torch.tensor(5.0))
        nn.init.eye_(self.vector.weight)
        nn.init.zeros_(self.summary.weight)

    def vectors(self, x: Tensor, mask: Tensor) -> Tensor:
        share = self.summary(x).squeeze(-1).masked_fill(~mask, -1e4).softmax(-1)
        return F.normalize(self.vector((x * share[..., None]).sum(1)), dim=-1)

    def forward(self, x: Tensor, in_x: Tensor, y: Tensor, in_y: Tensor) -> tuple[Tensor, Tensor]:
        """States (B, N, HIDDEN) and masks (B, N) of two texts -> scores (B, 3), cosine of the vectors (B,)."""
        x, y = self.drop(x), self.drop(y)
        angle = (self.vectors(x, in_x) * self.vectors(y, in_y)).sum(-1)
        likeness = F.normalize(self.address(x), dim=-1) @ F.normalize(self.address(y), dim=-1).transpose(1, 2)
        to_y = (self.heat * likeness).masked_fill(~in_y[:, None], -1e4).softmax(-1)
        to_x = (self.heat * likeness.transpose(1, 2)).masked_fill(~in_x[:, None], -1e4).softmax(-1)
        held_x, held_y = self.held(x), self.held(y)
        weight_x = self.weight(x).squeeze(-1).masked_fill(~in_x, -1e4).softmax(-1)
        weight_y = self.weight(y).squeeze(-1).masked_fill(~in_y, -1e4).softmax(-1)
        one, other = self.side(held_x, to_y @ held_y, weight_x), self.side(held_y, to_x @ held_x, weight_y)
        best_x = (likeness.masked_fill(~in_y[:, None], -1).amax(2) * weight_x).sum(1)
        best_y = (likeness.transpose(1, 2).masked_fill(~in_x[:, None], -1).amax(2) * weight_y).sum(1)
        alike = torch.stack([(best_x + best_y) / 2, best_x * best_y, angle], -1)
        joined = torch.cat([one + other, (one - other).abs(), one * other, torch.maximum(one, other), alike], -1)
        return self.out[2](self.drop(gelu(self.out[1](joined)))), angle

    def side(self, held: Tensor, beside: Tensor, weight: Tensor) -> Tensor:
        both = torch.cat([held, beside, (held - beside).abs(), held * beside], -1)
        return (gelu(self.compare[2](self.drop(gelu(self.compare[1](both))))) * weight[..., None]).sum(1)


def gelu(x: Tensor) -> Tensor:
    return F.gelu(x, approximate="tanh")


def read(paths: list[Path]) -> list[Row]:
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def label(one: Row, other: Row) -> int:
    if (one["story"], one["claim"]) != (other["story"], other["claim"]):
        return DIFFERENT
    return SAME if one["stance"] == other["stance"] else CONTRARY


def pairs(rows: list[Row]) -> list[Pair]:
    """All pairs within stories."""
    stories: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        stories.setdefault(row["story"], []).append(number)
    return [(a, b, label(rows[a], rows[b])) for members in stories.values() for a, b in combinations(members, 2)]


def padded(states: list[Tensor]) -> tuple[Tensor, Tensor]:
    x = nn.utils.rnn.pad_sequence(states, batch_first=True)
    mask = torch.arange(x.shape[1])[None] < torch.tensor([len(s) for s in states])[:, None]
    return x, mask


def scores(model: Comparer, states: list[Tensor], chosen: list[Pair]) -> np.ndarray:
    """The probability of SAME or CONTRARY, and the share of CONTRARY in it: (pairs, 2)."""
    model.eval()
    rows = []
    with torch.inference_mode():
        for at in range(0, len(chosen), 256):
            batch = chosen[at : at + 256]
            given, _ = model(*padded([states[a] for a, _, _ in batch]), *padded([states[b] for _, b, _ in batch]))
            told = given.softmax(-1)
            same = told[:, 1] + told[:, 2]
            rows.append(torch.stack([same, told[:, 2] / same.clamp(min=1e-6)], -1))
    return torch.cat(rows).numpy()


def best_f1(same: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    order = np.argsort(-same)
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(same) + 1) + right.sum())
    return float(f1.max()), float(same[order][int(f1.argmax())])


def judged(model: Comparer, rows: list[Row], states: list[Tensor]) -> str:
    chosen = pairs(rows)
    told = scores(model, states, chosen)
    labels = np.array([p[2] for p in chosen])
    within = np.array([rows[a]["language"] == rows[b]["language"] for a, b, _ in chosen])
    parts = []
    for name, some in (("within", within), ("across", ~within)):
        right = labels[some] != DIFFERENT
        f1, at = best_f1(told[some, 0], right)
        few = np.random.default_rng(0).random(len(right)) < 1.5 * right.sum() / max(1, (~right).sum())
        drawn = right | few
        parts.append(f"{name} F1 {f1:.3f} at {at:.2f}, of drawn pairs {best_f1(told[some, 0][drawn], right[drawn])[0]:.3f}")
    both = labels != DIFFERENT
    way = ((told[both, 1] > 0.5) == (labels[both] == CONTRARY)).mean()
    return "; ".join([*parts, f"way round {way:.3f}"])


def states_of(rows: list[Row], reader: Reader) -> list[Tensor]:
    return [torch.from_numpy(reader.states(plain(row["text"]))) for row in rows]


def background() -> tuple[list[Row], list[Pair]]:
    """Sentences of our own annotated articles, and pairs within an article: nearly always, two of them are two claims.

    The first sentences are left out, which the others repeat.
    """
    rows: list[Row] = []
    found: list[Pair] = []
    for article in own("train"):
        texts = [article.text[slice(*span)] for span in sentences(article.text)]
        texts = [text for text in texts if len(text.split()) >= 5][SKIPPED:]
        found += [(len(rows) + a, len(rows) + b, DIFFERENT) for a, b in combinations(range(len(texts)), 2)]
        rows += [{"text": text} for text in texts]
    return rows, found


def thinned(states: Tensor) -> Tensor:
    """States without some of the pieces, so that no one word decides."""
    kept = torch.rand(len(states)) >= DROPPED * 2 * torch.rand(1)
    return states[kept] if kept.sum() >= 3 else states


def train(
    model: Comparer, rows: list[Row], states: list[Tensor], apart: list[Pair], *, epochs: int, rate: float, seed: int
) -> None:
    chance = random.Random(seed)
    found = pairs(rows)
    same = [p for p in found if p[2] != DIFFERENT]
    different = [p for p in found if p[2] == DIFFERENT]
    size, others, selves = 64, len(same) // 2, min(len(rows), len(same) // 3)
    optimizer = torch.optim.AdamW(model.parameters(), rate, weight_decay=0.01)
    steps = epochs * ((5 * len(same) + others + selves) // size + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, steps + 1, pct_start=0.1)
    began = time.time()
    for epoch in range(epochs):
        model.train()
        chosen = [*same, *chance.sample(different, min(len(different), 3 * len(same)))]
        chosen += [(a, b, label(rows[a], rows[b])) for a, b in (chance.sample(range(len(rows)), 2) for _ in range(others))]
        chosen += chance.sample(apart, min(len(apart), len(same)))
        chosen += [(a, a, SAME) for a in chance.sample(range(len(rows)), selves)]
        chosen = [(b, a, c) if chance.random() < 0.5 else (a, b, c) for a, b, c in chosen]
        chance.shuffle(chosen)
        total = 0.0
        for at in range(0, len(chosen), size):
            batch = chosen[at : at + size]
            wanted = torch.tensor([c for _, _, c in batch])
            sides = ([thinned(states[pair[side]]) for pair in batch] for side in (0, 1))
            given, angle = model(*(part for side in sides for part in padded(side)))
            alike = (wanted != DIFFERENT).float()
            loss = F.cross_entropy(given, wanted) + 0.5 * F.binary_cross_entropy_with_logits(10 * angle - 4, alike)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"pass {epoch + 1}: loss {total / len(chosen):.3f}, {time.time() - began:.0f} s", flush=True)


def export(model: Comparer, mean: Tensor, spread: Tensor, path: Path) -> None:
    """Save the weights, with the standardising of the states worked into the layers that take them."""
    state = {name: value.detach().clone() for name, value in model.state_dict().items()}
    for name in ("address", "held", "weight", "summary"):
        weight = state[f"{name}.weight"] / spread
        state[f"{name}.bias"] = state[f"{name}.bias"] - weight @ mean
        state[f"{name}.weight"] = weight
    # The vector is of a sum of states, whose shares add up to 1.
    weight = state["vector.weight"] / spread
    state["vector.bias"] = state["vector.bias"] - weight @ mean
    state["vector.weight"] = weight
    np.savez(path, **{name: value.numpy().astype(np.float32 if "bias" in name else np.float16) for name, value in state.items()})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=Path, default=Path("corpora/claims/train"))
    parser.add_argument("--dev", type=Path, default=Path("corpora/claims/dev.jsonl"))
    parser.add_argument("--out", type=Path, default=Path("src/volgens/reader/weights"))
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    reader = Reader()
    rows, dev = read(sorted(args.claims.glob("*.jsonl"))), read([args.dev])
    more, apart = background()
    states, dev_states = states_of([*rows, *more], reader), states_of(dev, reader)
    apart = [(a + len(rows), b + len(rows), label) for a, b, label in apart]
    pieces = torch.cat(states)
    mean, spread = pieces.mean(0), pieces.std(0)
    states, dev_states = ([(s - mean) / spread for s in some] for some in (states, dev_states))
    model = Comparer(args.width, args.dropout)
    print(f"{len(rows)} statements, {len(pairs(rows))} pairs; dev {len(dev)}")
    train(model, rows, states, apart, epochs=args.epochs, rate=args.rate, seed=args.seed)
    print(judged(model, dev, dev_states))
    export(model, mean, spread, args.out / "comparer.npz")


if __name__ == "__main__":
    main()

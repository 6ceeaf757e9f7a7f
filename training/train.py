"""Train the reader.

    python -m training.train --encoder CHECKPOINT --vocabulary FOLDER --vectors vectors.npz --out FOLDER --epochs 5

Saves ``FOLDER/state.pt`` every ``--save-every`` minutes and at the end; the same command resumes from it. Uses a GPU where
there is one. ``--minutes`` ends training, and lets the learning rate fall, by time instead of epochs.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from training.augment import apply, edits
from training.corpora import SET_ASIDE, Annotated, Span, inline_corpus, own, polnear, raw, set_aside, standoff
from training.model import Encoder, Reader
from volgens.reader.labels import ACTS, AHEAD, BACK, CERTAINTIES, CUE_TAGS, KINDS, NEAR_AHEAD, NEAR_BACK, ROLE_TAGS
from volgens.reader.units import Encoded, encode

BEGIN, PAD, END = 0, 1, 2  # ids of <s>, <pad>, </s>; </s> also stands for a line break
WINDOW = 448
# How often an epoch takes an article, on average. PolNeAR is ten times as large as all the others.
REPEATS = {"polnear": 0.6, "nl-dpg": 2.0, "en-raw": 2.0, "own": 3.0}
ANNOTATIONS = Path(__file__).parent / "annotations"
NESTED_WEIGHT = 0.3  # PolNeAR marks no attribution inside another: there, "no cue" is only weak evidence


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in units, with the tags of the units around it (numpy, BACK+AHEAD) and how far its roles reach."""

    start: int
    end: int
    without: bool
    tags: np.ndarray
    reach: tuple[int, int]
    labels: tuple[int, int, int]  # kind, act and certainty; -1 where the corpus does not tell


@dataclass(frozen=True, slots=True)
class Window:
    """A run of units of one article, ready to batch."""

    pieces: np.ndarray
    first: np.ndarray
    lines: np.ndarray
    cue_tags: np.ndarray
    weights: np.ndarray
    cues: list[Cue]
    sentences: list[tuple[int, int, int]]  # first piece, end piece, row of the vectors


def units_of(encoded: Encoded, span: Span) -> tuple[int, int]:
    """The units [first, end) that a span of offsets touches."""
    return int(np.searchsorted(encoded.ends, span[0], side="right")), int(np.searchsorted(encoded.starts, span[1], side="left"))


def role_tags(length: int, source: list[tuple[int, int]], content: list[tuple[int, int]]) -> np.ndarray:
    roles = np.zeros(length, np.int8)
    for start, end in content:
        roles[start:end] = 2
    for start, end in source[:1]:
        roles[start:end] = 1
    tags = np.zeros(length, np.int64)
    edges = np.flatnonzero(np.diff(roles, prepend=0, append=0))
    for start, end in pairwise(edges):
        if roles[start]:
            base = 4 * (int(roles[start]) - 1)
            tags[start:end] = base + 2
            tags[start], tags[end - 1] = base + 1, base + 3
            if end - start == 1:
                tags[start] = base + 4
    return tags


def begun(tags: np.ndarray) -> np.ndarray:
    """The tags with a run that is cut at the left edge beginning there."""
    tags = tags.copy()
    if ROLE_TAGS[tags[0]][0] in "IE":
        tags[0] += {"I": -1, "E": 1}[ROLE_TAGS[tags[0]][0]]
    return tags


def labelled(article: Annotated, move: Callable[[int], int], encoded: Encoded) -> tuple[np.ndarray, np.ndarray, list[Cue]]:
    """Cue tags, their weights, and the cues with their roles, over an article's units."""
    count = len(encoded)
    cue_tags, weights = np.zeros(count, np.int64), np.ones(count, np.float32)
    merged: dict[tuple[int, int, bool], tuple[list[tuple[int, int]], list[tuple[int, int]], tuple[int, int, int]]] = {}

    def units(span: Span) -> tuple[int, int]:
        return units_of(encoded, (move(span[0]), move(span[1] - 1) + 1))

    for a in article.attributions:
        content = [u for s in a.content if (u := units(s))[0] < u[1]]
        source = [u for s in a.source if (u := units(s))[0] < u[1]]
        if a.cue is not None:
            start, end = units(a.cue)
            key = (start, end, False)
        elif content:
            start, end = content[0][0], content[0][0] + 1
            key = (start, end, True)
        else:
            continue
        if start >= end:
            continue
        if key in merged:
            if merged[key][0] == source:
                merged[key][1].extend(content)
            continue
        valued = ((KINDS, a.kind), (ACTS, a.act), (CERTAINTIES, a.certainty))
        kind, act, certainty = (values.index(value) if value else -1 for values, value in valued)
        merged[key] = (source, content, (kind, act, certainty))
    cues = []
    for (start, end, without), (source, content, values) in sorted(merged.items(), key=lambda item: (item[0][2], item[0][0])):
        if cue_tags[start:end].any():
            continue
        cue_tags[start:end] = CUE_TAGS.index("I")
        cue_tags[start] = CUE_TAGS.index("Q" if without else "B")
        tags = role_tags(count, source, content)
        padded = np.zeros(BACK + count + AHEAD, np.int64)
        padded[BACK : BACK + count] = tags
        crop = begun(padded[start : start + BACK + AHEAD])
        touched = np.flatnonzero(crop) + start - BACK
        reach = (int(touched.min(initial=start)), int(touched.max(initial=end - 1)) + 1)
        cues.append(Cue(start, end, without, crop, reach, values))
        if not article.nests:
            for a, b in content:
                weights[a:b] = np.where(cue_tags[a:b] == 0, NESTED_WEIGHT, 1.0)
    weights[cue_tags > 0] = 1.0
    return cue_tags, weights, cues


def windows(article: Annotated | None, text: str, spans: list[tuple[int, int, int]], tokenizer: Tokenizer,
            chance: random.Random, *, breaks: bool) -> list[Window]:  # fmt: skip
    """Cut a (varied) article into windows at random edges. ``spans``: sentences with the row of their vector."""
    text, move = apply(text, edits(text, chance, breaks=breaks))
    encoded = encode(text, tokenizer, line_break=END)
    if not len(encoded):
        return []
    if article is not None:
        cue_tags, weights, cues = labelled(article, move, encoded)
    else:
        cue_tags, weights, cues = np.zeros(len(encoded), np.int64), np.zeros(len(encoded), np.float32), []
    sentences = []
    for start, end, row in spans:
        a, b = units_of(encoded, (move(start), move(end - 1) + 1))
        if a < b:
            sentences.append((a, b, row))
    edge = np.append(encoded.first, len(encoded.pieces))
    found = []
    at = 0
    room = chance.randint(100, WINDOW - 2) if len(encoded.pieces) > WINDOW - 2 else WINDOW - 2
    while at < len(encoded):
        end = int(np.searchsorted(edge, edge[at] + room, side="right")) - 1
        end = min(max(end, at + 1), len(encoded))
        room = WINDOW - 2
        base = int(edge[at])
        inside = [
            Cue(c.start - at, c.end - at, c.without, c.tags, (c.reach[0] - at, c.reach[1] - at), c.labels)
            for c in cues
            if c.start >= at and c.end <= end
        ]
        found.append(
            Window(
                np.array([BEGIN, *encoded.pieces[base : edge[end]][: WINDOW - 2], END], np.int64),
                np.minimum(edge[at:end] - base + 1, WINDOW - 2),
                encoded.lines[at:end],
                cue_tags[at:end],
                weights[at:end],
                inside,
                [(int(edge[a]) - base + 1, int(edge[b]) - base + 1, row) for a, b, row in sentences if a >= at and b <= end],
            )
        )
        at = end
    return found


def crops(states: Tensor, rows: list[int], starts: list[int], ends: list[int], quotes: list[bool], lengths: Tensor,
          lines: Tensor, reach: tuple[int, int]) -> tuple[Tensor, Tensor, Tensor, Tensor]:  # fmt: skip
    """The units around each cue, as far as ``reach`` says: states (C, U, HIDDEN), line distances, inside flags, mask."""
    device = states.device
    row = torch.tensor(rows, device=device)
    start, end = torch.tensor(starts, device=device), torch.tensor(ends, device=device)
    unit = start[:, None] + torch.arange(-reach[0], reach[1], device=device)
    mask = (unit >= 0) & (unit < lengths[row][:, None])
    unit = unit.clamp(0, states.shape[1] - 1)
    near = lines[row[:, None], unit] - lines[row, start][:, None]
    flag = torch.where(torch.tensor(quotes, device=device), 2, 1)[:, None]
    inside = ((unit >= start[:, None]) & (unit < end[:, None]) & mask) * flag
    return states[row[:, None], unit] * mask[..., None], near * mask, inside, mask


def pad(arrays: list[np.ndarray], value: float) -> Tensor:
    width = max(len(a) for a in arrays)
    out = np.full((len(arrays), width), value, arrays[0].dtype)
    for row, a in enumerate(arrays):
        out[row, : len(a)] = a
    return torch.from_numpy(out)


def encoded_units(model: Reader, batch: list[Window], device: str) -> tuple[Tensor, Tensor]:
    """The states of a batch's pieces (B, N, HIDDEN) and of its units (B, U, HIDDEN)."""
    pieces = pad([w.pieces for w in batch], PAD).to(device)
    states = model.encoder(pieces, pieces != PAD)
    first = pad([w.first.astype(np.int64) for w in batch], 0).to(device)
    return states, states.gather(1, first[..., None].expand(-1, -1, states.shape[-1]))


def around_cues(units: Tensor, batch: list[Window],
                reach: tuple[int, int] = (BACK, AHEAD)) -> tuple[list[Cue], tuple[Tensor, Tensor, Tensor, Tensor]]:  # fmt: skip
    """The batch's cues that no window's edge cuts (nobody could label those), and what ``crops`` gives for them."""
    chosen = [(row, cue) for row, w in enumerate(batch) for cue in w.cues if cue.reach[0] >= 0 and cue.reach[1] <= len(w.first)]
    if not chosen:
        empty = units.new_zeros(0, sum(reach))
        return [], (units.new_zeros(0, sum(reach), units.shape[-1]), empty.long(), empty.long(), empty.bool())
    lengths = torch.tensor([len(w.first) for w in batch], device=units.device)
    lines = pad([w.lines.astype(np.int64) for w in batch], 0).to(units.device)
    cues = [cue for _, cue in chosen]
    places = [row for row, _ in chosen], [c.start for c in cues], [c.end for c in cues], [c.without for c in cues]
    return cues, crops(units, *places, lengths, lines, reach)


def losses(model: Reader, batch: list[Window], vectors: Tensor, device: str,
           reach: tuple[int, int] = (BACK, AHEAD)) -> dict[str, Tensor]:  # fmt: skip
    """The parts of the loss for a batch; roles are labelled as far around the cues as ``reach`` says."""
    states, units = encoded_units(model, batch, device)
    tags = pad([w.cue_tags for w in batch], 0).to(device)
    weights = pad([w.weights for w in batch], 0).to(device)
    parts: dict[str, Tensor] = {}
    total = max(sum(len(w.cues) for w in batch), 10)
    error = F.cross_entropy(model.cues(units).flatten(0, 1), tags.flatten(), reduction="none")
    parts["cue"] = (error * weights.flatten()).sum() / total
    cues, (around, near, inside, mask) = around_cues(units, batch, reach)
    if cues:
        roles, *scores = model.labeller(around, near, inside, mask, reach[0])
        near_tags = np.stack([begun(c.tags[BACK - reach[0] : BACK + reach[1]]) for c in cues])
        gold = torch.from_numpy(near_tags).to(device) * mask
        parts["role"] = model.crf(roles, gold, mask).sum() / total
        for name, score, labels in zip(
            ("kind", "act", "certainty"), scores, zip(*(c.labels for c in cues), strict=True), strict=True
        ):
            if max(labels) >= 0:
                parts[name] = 0.4 * F.cross_entropy(score, torch.tensor(labels, device=device), ignore_index=-1)
    pooled, wanted = [], []
    for row, w in enumerate(batch):
        for start, end, vector in w.sentences:
            pooled.append(states[row, start:end].mean(0))
            wanted.append(vector)
    if pooled:
        given = F.normalize(model.vector(torch.stack(pooled)), dim=-1)
        parts["vector"] = (1 - (given * vectors[wanted].to(device)).sum(-1)).mean()
    return parts


def corpus(root: Path) -> list[tuple[Annotated, float, bool]]:
    """(article, repeats, has its paragraph breaks) of everything that trains."""
    found = [(a, REPEATS["polnear"], True) for a in polnear(root, "train")]
    for folder, count in SET_ASIDE.items():
        train, _ = set_aside(inline_corpus(root / folder), count)
        found += [(a, REPEATS[folder], folder != "nl-dpg") for a in train]
    found += [(a, REPEATS["own"], True) for a in own("train")]
    for path in sorted(ANNOTATIONS.glob("*.jsonl")):
        found += [(a, REPEATS["en-raw"], "\n" in a.text) for a in standoff(path, root)]
    return found


def without_layers(model: dict[str, Tensor], dropped: list[int]) -> dict[str, Tensor]:
    """A model's weights without some of the encoder's layers (dropping trained layers: Sajjad et al., 2023)."""
    prefix = "encoder.layers."
    numbers = sorted({int(name.removeprefix(prefix).split(".")[0]) for name in model if name.startswith(prefix)} - set(dropped))
    found = {name: value for name, value in model.items() if not name.startswith(prefix)}
    for new, old in enumerate(numbers):
        start = f"{prefix}{old}."
        found |= {f"{prefix}{new}.{name.removeprefix(start)}": v for name, v in model.items() if name.startswith(start)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=7)
    parser.add_argument("--start", type=Path, help="begin with the weights of this state, less the layers that --drop names")
    parser.add_argument("--drop", type=int, nargs="*", default=[], help="layers of --start to leave out (0 is the first)")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--minutes", type=float, help="end by time (of all runs together) instead of by epochs")
    parser.add_argument("--batch", type=int, default=5, help="windows a step")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--save-every", type=float, default=10, help="minutes")
    args = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    tokenizer = Tokenizer.from_file(str(args.vocabulary / "tokenizer.json"))
    kept = torch.from_numpy(np.load(args.vocabulary / "kept.npy"))
    model = Reader(Encoder.from_checkpoint(args.encoder, kept, args.layers, dropout=0.1)).to(device)
    if args.start:
        model.load_state_dict(without_layers(torch.load(args.start, map_location=device)["model"], args.drop))
    model.encoder.words.requires_grad_(False)
    stored = np.load(args.vectors)
    vectors = torch.from_numpy(stored["vectors"].astype(np.float32))
    spans: dict[str, list[tuple[int, int, int]]] = {}
    for row, (name, (start, end)) in enumerate(zip(stored["names"], stored["spans"], strict=True)):
        spans.setdefault(str(name), []).append((int(start), int(end), row))
    articles = corpus(args.corpora)
    annotated = {a.name for a, _, _ in articles}
    plain = [(f"nl_{ident}", text) for ident, text in raw(args.corpora, "nl_news") if f"nl_{ident}" not in annotated]

    def epoch(number: int) -> list[list[Window]]:
        chance = random.Random(number)
        found = [
            w
            for a, repeats, breaks in articles
            for _ in range(int(repeats + chance.random()))
            for w in windows(a, a.text, spans.get(a.name, []), tokenizer, chance, breaks=breaks)
        ]
        for name, text in chance.sample(plain, 80):
            found += windows(None, text, spans.get(name, []), tokenizer, chance, breaks=False)
        chance.shuffle(found)
        batches = []
        for at in range(0, len(found), args.batch * 16):
            near = sorted(found[at : at + args.batch * 16], key=lambda w: len(w.pieces))
            batches += [near[i : i + args.batch] for i in range(0, len(near), args.batch)]
        chance.shuffle(batches)
        return batches

    fresh = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    tuned = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    groups = [{"params": tuned, "peak": args.rate}, {"params": fresh, "peak": 3 * args.rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, eps=1e-10)
    state = {"epoch": 0, "batch": 0, "step": 0, "seconds": 0.0}
    saved = args.out / "state.pt"
    if saved.exists():
        stored_state = torch.load(saved, map_location=device)
        model.load_state_dict(stored_state["model"])
        optimizer.load_state_dict(stored_state["optimizer"])
        state = stored_state["progress"]
        print(f"resumed at epoch {state['epoch']}, batch {state['batch']}", flush=True)

    def save() -> None:
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "progress": state, "layers": args.layers},
                   saved.with_suffix(".new"))  # fmt: skip
        saved.with_suffix(".new").replace(saved)

    model.train()
    last_save = last = time.time()
    sums: dict[str, float] = {}
    done = False
    while not done and (args.minutes or state["epoch"] < args.epochs):
        batches = epoch(int(state["epoch"]))
        while state["batch"] < len(batches):
            part = state["epoch"] + state["batch"] / len(batches)
            progress = state["seconds"] / 60 / args.minutes if args.minutes else part / args.epochs
            if progress >= 1:
                done = True
                break
            warm = min(1.0, (state["step"] + 1) / 150)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * warm * (1 - progress)
            reach = (NEAR_BACK, NEAR_AHEAD) if state["step"] % 2 else (BACK, AHEAD)
            parts = losses(model, batches[int(state["batch"])], vectors, device, reach)
            optimizer.zero_grad(set_to_none=True)
            torch.stack(list(parts.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) * 0.98 + 0.02 * value.item()
            state["batch"] += 1
            state["step"] += 1
            now = time.time()
            state["seconds"] += now - last
            last = now
            if state["step"] % 20 == 0:
                rate = 1 - 0.98 ** min(state["step"], 500)
                shown = " ".join(f"{name} {value / rate:.3f}" for name, value in sums.items())
                print(f"epoch {part:.2f} step {state['step']} {state['seconds'] / 60:.1f} min  {shown}", flush=True)
            if now - last_save > 60 * args.save_every:
                save()
                last_save = now
        else:
            state["epoch"] += 1
            state["batch"] = 0
    save()


if __name__ == "__main__":
    main()

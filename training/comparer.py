"""Train the comparer: which statements say the same, the contrary, or something else.

    python -m training.comparer --encoder $ENCODER --vocabulary work/vocabulary --corpora $CORPORA --work work/comparer

An hour and a half on one core. Run it again to go on where it stopped. Pairs are those of each story: the same claim in other words
or the other language, and the others of its story, which are about the same things; some of other stories; sentences of one article
of our own corpus; and a text beside itself. After that, more passes with the hardest pairs of different stories, and of the
statements that the reader finds in real news: those that lie nearest to one another, and still are about different things.
Trained are the encoder, but for its word vectors, which it shares with the reader; the network of ``volgens.reader.comparer``; and,
by the same pairs, its vectors.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from training.corpora import own, raw
from training.export import fused, in_floats, share_words, write
from training.model import HIDDEN, Encoder
from training.train import BEGIN, END, PAD
from volgens.origins.propositions import assertions, propositions
from volgens.origins.sentences import sentences
from volgens.pipeline import read_article
from volgens.reader.comparer import LONGEST, plain
from volgens.reader.network import Reader
from volgens.reader.units import encode
from volgens.records import Article

Row = dict[str, str]
Pair = tuple[int, int, int]
Judged = tuple[list[Row], list[Tensor]]
DIFFERENT, SAME, CONTRARY = range(3)
SKIPPED = 4  # sentences at the head of an article
DROPPED = 0.1  # share of the pieces of a text, on average
LAYERS = 12
STORIES = 4  # learnt together
USED = range(1200, 6000)  # characters of the articles that benchmarks.origins draws from
STRANGERS = 3500  # statements of real news in each language, at most
NEIGHBOURS = 10  # of a text that are looked at for hard pairs, of each kind
NEAR = 0.15  # cosine from which one is
HARD = 0.1  # probability from which a pair of different things is a hard one
SHORT = 24  # words of a statement of real news, at most: the longest of a batch makes all of it long
MINED = 64  # hard pairs in a batch
UPPER = 6  # layers that hard pairs change


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
    found = np.zeros((len(chosen), 2), np.float32)
    order = np.argsort([max(len(states[a]), len(states[b])) for a, b, _ in chosen], kind="stable")
    with torch.inference_mode():
        for some in np.split(order, range(256, len(order), 256)):
            batch = [chosen[n] for n in some]
            given, _ = model(*padded([states[a] for a, _, _ in batch]), *padded([states[b] for _, b, _ in batch]))
            told = given.softmax(-1)
            same = told[:, 1] + told[:, 2]
            found[some] = torch.stack([same, told[:, 2] / same.clamp(min=1e-6)], -1).numpy()
    return found


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


def strangers(root: Path, kept: Path) -> list[Row]:
    """What articles of real news put forward, as the reader finds it; not of those that a benchmark uses. Found once, and kept."""
    if kept.exists():
        return read([kept])
    reader = Reader()
    rows: list[Row] = []
    for language in ("en", "nl"):
        texts = [(id, text) for id, text in raw(root, f"{language}_news") if len(text) not in USED and len(text) < 20000]
        random.Random(1).shuffle(texts)
        found: list[Row] = []
        for id, text in texts:
            article = Article(text, None, None, None, language, None)
            statements = read_article(article, reader)
            said = [p.text for p in (*propositions(article, statements), *assertions(article, statements))]
            found += [{"text": text, "article": id} for text in dict.fromkeys(said) if len(text.split()) <= SHORT]
            if len(found) >= STRANGERS:
                break
        rows += found
    kept.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return rows


def mined(model: Matcher, rows: Sequence[Row], texts: Sequence[Tensor]) -> list[Pair]:
    """The hard pairs of statements of different stories and of real news: near in vector, and taken for the same too readily.

    Two articles of real news may be about one event: pairs of them with a name or a number in common are left out.
    """
    told = [n for n, row in enumerate(rows) if "story" in row or "article" in row]
    states = seen(model, [texts[n] for n in told])
    with torch.inference_mode():
        vectors = torch.cat([model.comparer.vectors(s[None], torch.ones(1, len(s), dtype=torch.bool)) for s in states])
    real = np.array(["article" in rows[n] for n in told])
    homes = np.array([rows[n].get("story") or rows[n]["article"] for n in told])
    near: set[tuple[int, int]] = set()
    for at, row in enumerate((vectors @ vectors.T).numpy()):
        row[homes == homes[at]] = -1
        for kind in (real, ~real):
            likeness = np.where(kind, row, -1)
            near |= {(min(at, m), max(at, m)) for m in np.argsort(-likeness)[:NEIGHBOURS].tolist() if likeness[m] >= NEAR}
    marks = [set(re.findall(r"\b(?:[A-Z][a-z]+|\d[\d.,]*)\b", rows[n]["text"][1:])) for n in told]
    kept = [(a, b, DIFFERENT) for a, b in sorted(near) if not (real[a] and real[b] and marks[a] & marks[b])]
    same = scores(model.comparer, states, kept)[:, 0]
    hard = [(told[a], told[b], c) for (a, b, c), probability in zip(kept, same, strict=True) if probability >= HARD]
    print(f"{len(hard)} hard pairs of {len(kept)}", flush=True)
    return hard


class Matcher(nn.Module):
    """The encoder, which is trained with it but for its word vectors, and the comparison of what it makes of two texts."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder, self.norm, self.comparer = encoder, nn.LayerNorm(HIDDEN), Comparer()
        encoder.words.weight.requires_grad_(False)

    def states(self, texts: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
        """Pieces of texts, each with its begin and end -> states (B, N, HIDDEN), and where there are some (B, N)."""
        pieces = nn.utils.rnn.pad_sequence(list(texts), batch_first=True, padding_value=PAD)
        mask = torch.arange(pieces.shape[1])[None] < torch.tensor([len(text) for text in texts])[:, None]
        states = self.norm(self.encoder(pieces, mask))
        mask = mask.clone()
        mask[:, 0] = False
        return states, mask


def fed(text: str, tokenizer: Tokenizer) -> Tensor:
    """The pieces of a text, with begin and end."""
    pieces = encode(plain(text), tokenizer, line_break=END).pieces[: LONGEST - 2]
    return torch.from_numpy(np.array([BEGIN, *pieces, END], np.int64))


def batch_of(
    stories: Sequence[Sequence[int]], rows: Sequence[Row], apart: Sequence[Pair], hard: Sequence[Pair], chance: random.Random
) -> list[Pair]:
    """The pairs that are learnt together: those of some stories, some between them, sentences of an article, hard ones, and texts
    beside themselves."""
    members = [n for story in stories for n in story]
    found: list[Pair] = []
    for story in stories:
        inside = [(a, b, label(rows[a], rows[b])) for a, b in combinations(story, 2)]
        same = [pair for pair in inside if pair[2] != DIFFERENT]
        different = [pair for pair in inside if pair[2] == DIFFERENT]
        found += [*same, *chance.sample(different, min(len(different), 3 * len(same)))]
    between = (chance.sample(members, 2) for _ in range(12 * len(stories)))
    found += [(a, b, DIFFERENT) for a, b in between if rows[a]["story"] != rows[b]["story"]]
    harder = chance.sample(hard, min(len(hard), MINED))
    found += harder or chance.sample(apart, 24)
    found += [(n, n, SAME) for n in chance.sample(members, 6 * len(stories))]
    found += [(n, n, SAME) for n, _, _ in harder[::4]]
    return [(b, a, c) if chance.random() < 0.5 else (a, b, c) for a, b, c in found]


def thinned(mask: Tensor) -> Tensor:
    """Some of the pieces left out, so that no one word decides."""
    kept = mask & (torch.rand(mask.shape) >= DROPPED * 2 * torch.rand(len(mask), 1))
    return torch.where((kept.sum(1) >= 3)[:, None], kept, mask)


def train(
    model: Matcher,
    rows: list[Row],
    texts: list[Tensor],
    apart: list[Pair],
    dev: tuple[list[Row], list[Tensor]],
    args: argparse.Namespace,
    harder: bool = False,
) -> None:
    """Train, and save after each pass; goes on from what was saved. ``harder``: the upper layers only, with mined pairs, half as
    fast."""
    passes, saved = (args.harder, args.work / "harder.pt") if harder else (args.epochs, args.work / "state.pt")
    rates = [rate / 2 if harder else rate for rate in (args.rate, args.head_rate)]
    grouped: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        if "story" in row:
            grouped.setdefault(row["story"], []).append(number)
    names = sorted(grouped)
    head = [*model.comparer.parameters(), *model.norm.parameters()]
    if harder:
        for layer in model.encoder.layers[:-UPPER]:
            layer.requires_grad_(False)
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": body}, {"params": head}], rates[0], weight_decay=0.01)
    steps = passes * -(-len(names) // STORIES) + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, steps, pct_start=0.1)
    first = 0
    if saved.exists():
        stored = torch.load(saved)
        for part, name in ((model, "model"), (optimizer, "optimizer"), (schedule, "schedule")):
            part.load_state_dict(stored[name])
        first = stored["passes"]
    hard: list[Pair] = []
    for epoch in range(first, passes):
        chance, began, total = random.Random(args.seed + epoch), time.time(), 0.0
        torch.manual_seed(args.seed + epoch)
        chance.shuffle(names)
        hard = hard or (mined(model, rows, texts) if harder else [])
        model.train()
        for at in range(0, len(names), STORIES):
            batch = batch_of([grouped[name] for name in names[at : at + STORIES]], rows, apart, hard, chance)
            used = sorted({n for pair in batch for n in pair[:2]})
            place = {n: row for row, n in enumerate(used)}
            states, mask = model.states([texts[n] for n in used])
            sides = [torch.tensor([place[pair[side]] for pair in batch]) for side in (0, 1)]
            given, angle = model.comparer(*(part for side in sides for part in (states[side], thinned(mask[side]))))
            wanted = torch.tensor([c for _, _, c in batch])
            alike = (wanted != DIFFERENT).float()
            loss = F.cross_entropy(given, wanted) + 0.5 * F.binary_cross_entropy_with_logits(10 * angle - 4, alike)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(body, 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * STORIES / len(names)
            print(f"{at + STORIES} of {len(names)} stories, {time.time() - began:.0f} s, loss {loss.item():.3f}", flush=True)
        stored = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        torch.save({**stored, "passes": epoch + 1}, saved)
        told = judged(model.comparer, dev[0], seen(model, dev[1]))
        print(f"pass {epoch + 1}: loss {total:.3f}, {time.time() - began:.0f} s; {told}", flush=True)


def seen(model: Matcher, texts: Sequence[Tensor]) -> list[Tensor]:
    """The states of each text's pieces."""
    model.eval()
    found: dict[int, Tensor] = {}
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    with torch.inference_mode():
        for at in range(0, len(order), 32):
            states, mask = model.states([texts[n] for n in order[at : at + 32]])
            found |= {n: states[row][mask[row]] for row, n in enumerate(order[at : at + 32])}
    return [found[n] for n in range(len(texts))]


class States(nn.Module):
    """pieces (B, N) -> states (B, N, HIDDEN), as ``volgens.reader.comparer`` runs it."""

    def __init__(self, model: Matcher) -> None:
        super().__init__()
        self.encoder, self.norm = fused(model.encoder), model.norm

    def forward(self, pieces: Tensor) -> Tensor:
        return self.norm(self.encoder(pieces, None))


def export(model: Matcher, out: Path) -> None:
    """Write ``comparer.onnx``, which shares the word vectors of the reader's encoder, and ``comparer.npz``."""
    state = model.comparer.state_dict()
    stored = {name: value.numpy().astype(np.float32 if "bias" in name else np.float16) for name, value in state.items()}
    np.savez(out / "comparer.npz", **stored)
    axes = {0: "texts", 1: "pieces"}
    write(States(model), (torch.full((2, 16), 5),), {"pieces": axes}, {"states": axes}, out / "comparer.onnx")
    in_floats(out / "comparer.onnx")
    share_words(out, "encoder.onnx", "comparer.onnx")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="folder with the original encoder")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder for what is saved on the way")
    parser.add_argument("--claims", type=Path, default=Path("corpora/claims/train"))
    parser.add_argument("--dev", type=Path, default=Path("corpora/claims/dev.jsonl"))
    parser.add_argument("--out", type=Path, default=Path("src/volgens/reader/weights"))
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--harder", type=int, default=2, help="passes with hard pairs after those")
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    args.work.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(args.vocabulary / "tokenizer.json"))
    rows, dev = read(sorted(args.claims.glob("*.jsonl"))), read([args.dev])
    more, apart = background()
    apart = [(a + len(rows), b + len(rows), label) for a, b, label in apart]
    rows += more
    real = strangers(args.corpora, args.work / "strangers.jsonl")
    texts, dev_texts = ([fed(row["text"], tokenizer) for row in some] for some in ([*rows, *real], dev))
    kept = torch.from_numpy(np.load(args.vocabulary / "kept.npy"))
    model = Matcher(Encoder.from_checkpoint(args.encoder, kept, LAYERS, dropout=0.1))
    train(model, rows, texts, apart, (dev, dev_texts), args)
    train(model, [*rows, *real], texts, apart, (dev, dev_texts), args, harder=True)
    export(model.eval(), args.out)


if __name__ == "__main__":
    main()

"""The reader: text in, cues with their sources and contents out, and a vector for any span, from one pass.

The network is run with ONNX Runtime from the weights that ship in ``weights/``; ``training/`` makes them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from volgens.errors import ModelError
from volgens.reader.decoding import CueSpan, RoleDecoder, Roles, cues, softmax
from volgens.reader.labels import ACTS, AHEAD, BACK, CERTAINTIES, KINDS, NEAR_AHEAD, NEAR_BACK
from volgens.reader.units import Encoded, encode
from volgens.reader.windows import cut, owners
from volgens.records import Act, Kind, Span

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]
FORMAT = 3
_BATCH_CUES = 24
_SURE = 0.5  # below this probability of its roles, a cue is looked at again with all that is around it
_LOOKED_AT = 12  # units at the beginning of a content, among which its reasons are looked for
_BLOCK = 24_000  # pieces that are held in memory at once: some 16,000 words


@dataclass(frozen=True, slots=True)
class Label:
    """What the network says of one cue, in offsets of the text.

    ``cue`` is None for a quotation without one. ``cut``: the content ran on past the reader's reach.
    ``certainty``: one of ``labels.CERTAINTIES``.
    ``cue_probability``, ``roles_probability``: of the cue, and of exactly this source and content, as the network sees it;
    ``confidence``: the calibrated probability that source and content are right; ``kind_probability`` and ``act_probability`` that
    kind and act are, where these are. ``why``, if it was asked for: of kind, act and
    certainty the word without which each would have been least sure.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: Kind
    act: Act
    certainty: str
    cue_probability: float
    roles_probability: float
    cut: bool = False
    confidence: float = 0.0
    why: tuple[tuple[str, Span], ...] = ()
    kind_probability: float = 1.0
    act_probability: float = 1.0

    def evidence(self) -> tuple[float, ...]:
        """What the confidence is reckoned from: 1, the log odds of the cue, the log probability of the roles, and whether there
        is a cue, a source and a content."""
        odds = math.log(max(self.cue_probability, 1e-4) / max(1 - self.cue_probability, 1e-4))
        roles = math.log(max(self.roles_probability, 1e-6))
        return 1.0, odds, roles, float(self.cue is None), float(self.source is None), float(not self.content)


@dataclass(frozen=True, slots=True)
class Reading:
    """The labels of one text, by the place of their cue; and, if they were asked for, what vectors are made of."""

    labels: tuple[Label, ...]
    _encoded: Encoded | None = None
    _states: Floats | None = None
    _head: tuple[Floats, Floats] | None = None

    def vectors(self, spans: Sequence[Span]) -> Floats:
        """A vector of length 1 for each span: (spans, 384). Near in meaning is near in angle, across languages.

        Raises ValueError where the text was read without ``vectors=True``.
        """
        if self._encoded is None or self._states is None or self._head is None:
            raise ValueError("this text was read without vectors; read it with vectors=True")
        edge = np.append(self._encoded.first, len(self._encoded.pieces))
        out = np.zeros((len(spans), self._states.shape[1]), np.float32)
        for row, (start, end) in enumerate(spans):
            a = int(np.searchsorted(self._encoded.ends, start, side="right"))
            b = max(int(np.searchsorted(self._encoded.starts, end, side="left")), a + 1)
            pieces = self._states[edge[min(a, len(edge) - 1)] : edge[min(b, len(edge) - 1)]]
            if len(pieces):
                out[row] = pieces.mean(0)
        weight, bias = self._head
        out = out @ weight.T + bias
        return np.asarray(out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9), np.float32)


class Reader:
    """The network with its tokenizer. Weights are loaded at the first use."""

    def __init__(self, weights: Path | None = None, *, threads: int = 0) -> None:
        """``weights``: a folder as ``training.export`` writes it; without it, the package's own. ``threads``: 0 for all cores."""
        self._folder = weights if weights is not None else Path(str(files("volgens.reader") / "weights"))
        self._threads = threads

    def read(self, text: str, *, vectors: bool = False, why: bool = False) -> Reading:
        """Label ``text``; with ``vectors`` keep what span vectors are made of (1.5 kB a word), with ``why`` find the words that led
        to the labels (each cue is looked at a dozen times more).

        Raises ModelError where the weights are missing or do not fit.
        """
        line_break = self._settings["line_break"]
        encoded = encode(text, self._tokenizer, line_break=line_break)
        labels: list[Label] = []
        kept: list[Floats] = []
        for first, last, core, states in self._blocks(encoded):
            labels += self._label(encoded, first, last, core, states, text if why else None)
            if vectors:
                kept.append(states.pieces[core.pieces[0] - states.offset : core.pieces[1] - states.offset])
        if not vectors:
            return Reading(tuple(labels))
        together = np.concatenate(kept) if kept else np.zeros((0, self._arrays["vector_weight"].shape[0]), np.float32)
        return Reading(tuple(labels), encoded, together, (self._arrays["vector_weight"], self._arrays["vector_bias"]))

    def pieces(self, text: str) -> npt.NDArray[np.int64]:
        """What a network is given of a short text: the numbers of its pieces, with begin and end."""
        encoded = encode(text, self._tokenizer, line_break=self._settings["line_break"])
        return np.array([self._settings["begin"], *encoded.pieces, self._settings["end"]], np.int64)

    def arrays(self, name: str) -> dict[str, Floats]:
        """The arrays in the file ``name`` beside the reader's own weights. Raises ModelError where it is missing."""
        with np.load(self._path(name)) as stored:
            return {key: stored[key] for key in stored.files}

    def session(self, name: str) -> onnxruntime.InferenceSession:
        """The network in the file ``name`` beside the reader's own weights. Raises ModelError where it is missing."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self._path(name)), options, providers=["CPUExecutionProvider"])

    def _blocks(self, encoded: Encoded) -> Iterator[tuple[int, int, _Core, _States]]:
        """Run the encoder over blocks of the text; neighbours overlap by more than a labeller's reach."""
        edge = np.append(encoded.first, len(encoded.pieces))
        reach = 2 * (BACK + AHEAD)
        start = 0
        while start < len(encoded):
            stop = min(int(np.searchsorted(edge, edge[start] + _BLOCK, side="right")) - 1, len(encoded))
            stop = len(encoded) if stop <= start else stop
            first, last = max(0, start - reach), min(len(encoded), stop + reach)
            begin = 0 if first == 0 else int(edge[first])
            states = self._encode(encoded.pieces[begin : edge[last]], begin)
            left = 0 if start == 0 else int(edge[start])
            yield first, last, _Core((start, stop), (left, int(edge[stop]))), states
            start = stop

    def _encode(self, pieces: npt.NDArray[np.int32], offset: int) -> _States:
        """States, narrowed states and cue scores of ``pieces``, each from the window in which it stands farthest from an edge."""
        size, overlap = self._settings["window"] - 2, self._settings["overlap"]
        windows = cut(len(pieces), size=size, overlap=overlap)
        firsts = [*owners(windows).tolist(), len(pieces)]
        begin, end = self._settings["begin"], self._settings["end"]
        outputs: list[list[Floats]] = [[], [], []]
        # One by one: several at once are no faster, and take more memory.
        for (start, stop), own, after in zip(windows, firsts[:-1], firsts[1:], strict=True):
            results = self._encoder.run(None, {"pieces": np.array([[begin, *pieces[start:stop], end]], np.int64)})
            for output, result in zip(outputs, results, strict=True):
                output.append(result[0, own - start + 1 : after - start + 1])
        return _States(offset, *(np.concatenate(output) for output in outputs))

    def _label(self, encoded: Encoded, first: int, last: int, core: _Core, states: _States, why: str | None) -> list[Label]:
        rows = encoded.first[first:last] - states.offset
        found = cues(states.cues[rows], ease=self._settings["ease"])
        found = [cue for cue in found if core.units[0] <= cue.start + first < core.units[1]]
        around = _Around(states.pieces[rows], states.narrow[rows], encoded.lines[first:last])
        seen = dict(zip(found, self._look(around, found, NEAR_BACK, NEAR_AHEAD), strict=True))
        # Few roles lie farther off: only for cues whose roles may go on is the wide crop read too.
        wide = [cue for cue, look in seen.items() if look.may_go_on]
        seen |= zip(wide, self._look(around, wide, BACK, AHEAD), strict=True)
        labels = [self._made(encoded, first, cue, look) for cue, look in seen.items()]
        if why is None:
            return labels
        starts, ends = encoded.starts[first:last], encoded.ends[first:last]
        wordy = {unit for unit in range(last - first) if why[starts[unit] : ends[unit]].isalnum()}
        words = [self._words_behind(around, cue, look, wordy) for cue, look in seen.items()]
        return [
            replace(label, why=tuple((name, (int(starts[unit]), int(ends[unit]))) for name, unit in behind.items()))
            for label, behind in zip(labels, words, strict=True)
        ]

    def _look(self, around: _Around, found: Sequence[CueSpan], back: int, ahead: int) -> Iterator[_Look]:
        """Roles, kind, act and certainty of each cue, from the units ``back`` before and ``ahead`` after it."""
        for at in range(0, len(found), _BATCH_CUES):
            batch = found[at : at + _BATCH_CUES]
            given = _crops(around, batch, back, ahead)
            scores, kinds, acts, certainties = self._labeller.run(None, given)
            for row, roles in enumerate(self._roles.decode(scores, given["mask"].astype(bool))):
                start = batch[row].start - back
                tempered = zip((kinds[row], acts[row], certainties[row]), self._settings["temperatures"], strict=True)
                yield _Look(roles, (start, start + back + ahead), *(softmax(scores / heat) for scores, heat in tempered))

    def _words_behind(self, around: _Around, cue: CueSpan, look: _Look, wordy: set[int]) -> dict[str, int]:
        """Of each label, the word without which it would have been least sure (occlusion: Zeiler & Fergus, ECCV 2014)."""
        crop = look.crop[0]
        spans = [look.roles.source] if look.roles.source else []
        spans += [(start, min(end, start + _LOOKED_AT)) for start, end in look.roles.content[:1]]
        near = {*range(cue.start, cue.end), *(unit + crop for start, end in spans for unit in range(start, end))}
        units = sorted(near & wordy)
        if not units:
            return {}
        given = _crops(around, [cue] * len(units), cue.start - crop, look.crop[1] - cue.start)
        for row, unit in enumerate(units):
            given["mask"][row, unit - crop] = 0
            if cue.start <= unit < cue.end:
                own = np.delete(around.wide[cue.start : cue.end], unit - cue.start, axis=0)
                given["cue"][row] = np.concatenate([own[0], own.mean(0)]) if len(own) else 0.0
        _, *scores = self._labeller.run(None, given)
        behind = {}
        for name, seen, without in zip(
            ("kind", "act", "certainty"), (look.kinds, look.acts, look.certainties), scores, strict=True
        ):
            chosen = int(seen.argmax())
            behind[name] = units[int(np.argmin([softmax(row)[chosen] for row in without]))]
        return behind

    def _made(self, encoded: Encoded, first: int, cue: CueSpan, look: _Look) -> Label:
        role = look.roles

        def span(units: tuple[int, int], base: int) -> Span:
            return int(encoded.starts[units[0] + base]), int(encoded.ends[units[1] + base - 1])

        crop = first + look.crop[0]
        # "None" is the kind of a cue without a source, and of that only.
        kinds = look.kinds.copy()
        if role.source is not None:
            kinds[KINDS.index("none")] = 0.0
        elif not cue.without:
            kinds = (np.array(KINDS) == "none").astype(np.float32)
        kinds /= max(float(kinds.sum()), 1e-9)
        label = Label(
            source=None if role.source is None else span(role.source, crop),
            cue=None if cue.without else span((cue.start, cue.end), first),
            content=tuple(span(piece, crop) for piece in role.content),
            kind=cast(Kind, KINDS[int(kinds.argmax())]),
            act=cast(Act, ACTS[int(look.acts.argmax())]),
            certainty=CERTAINTIES[int(look.certainties.argmax())],
            kind_probability=float(kinds.max()),
            act_probability=float(look.acts.max()),
            cue_probability=cue.probability,
            roles_probability=role.probability,
            cut=bool(role.content) and role.content[-1][1] == look.crop[1] - look.crop[0],
        )
        weighed = sum(w * e for w, e in zip(self._settings["confidence"], label.evidence(), strict=True))
        return replace(label, confidence=1 / (1 + math.exp(-weighed)))

    @cached_property
    def _settings(self) -> dict[str, Any]:
        try:
            settings: dict[str, Any] = json.loads((self._folder / "reader.json").read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise ModelError(f"no weights in {self._folder}: install volgens again, or train them (training/README.md)") from error
        if settings.get("format") != FORMAT:
            raise ModelError(f"the weights in {self._folder} have format {settings.get('format')}; this version reads {FORMAT}")
        return settings

    @cached_property
    def _arrays(self) -> dict[str, Floats]:
        return self.arrays("arrays.npz")

    @cached_property
    def _roles(self) -> RoleDecoder:
        return RoleDecoder(self._arrays["transitions"])

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._path("tokenizer.json")))

    @cached_property
    def _encoder(self) -> onnxruntime.InferenceSession:
        return self.session("encoder.onnx")

    @cached_property
    def _labeller(self) -> onnxruntime.InferenceSession:
        return self.session("labeller.onnx")

    def _path(self, name: str) -> Path:
        path = self._folder / name
        if not path.exists():
            raise ModelError(f"{path} is missing: install volgens again, or make the weights as training/README.md says")
        return path


def _crops(around: _Around, cues: Sequence[CueSpan], back: int, ahead: int) -> dict[str, npt.NDArray[Any]]:
    """What the labeller is given for each cue: the units ``back`` before and ``ahead`` after its first one."""
    count = len(around.lines)
    unit = np.array([cue.start for cue in cues])[:, None] + np.arange(-back, ahead)
    mask = (unit >= 0) & (unit < count)
    unit = unit.clip(0, count - 1)
    inside = np.zeros(unit.shape, np.int64)
    summary = np.zeros((len(cues), 2 * around.wide.shape[1]), np.float32)
    for row, cue in enumerate(cues):
        inside[row, back : back + cue.end - cue.start] = 2 if cue.without else 1
        own = around.wide[cue.start : min(cue.end, cue.start + ahead)]
        summary[row] = np.concatenate([own[0], own.mean(0)])
    distance = (around.lines[unit] - around.lines[unit[:, back]][:, None]).astype(np.int64)
    given = {"units": around.narrow[unit], "cue": summary, "lines": distance * mask, "inside": inside, "mask": mask * 1}
    return {**given, "back": np.array(back)}


@dataclass(frozen=True, slots=True)
class _Core:
    """The part of a block that is its own, in units and in pieces of the text; the rest is context."""

    units: tuple[int, int]
    pieces: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _States:
    """What the encoder gives for each piece from ``offset`` on."""

    offset: int
    pieces: Floats
    narrow: Floats
    cues: Floats


@dataclass(frozen=True, slots=True)
class _Around:
    """What cues are labelled from, for each unit: its state, the same narrowed, and its line."""

    wide: Floats
    narrow: Floats
    lines: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Look:
    """Roles, relative to the units of ``crop``, and the probabilities of kinds, acts and certainties."""

    roles: Roles
    crop: tuple[int, int]
    kinds: Floats
    acts: Floats
    certainties: Floats

    @property
    def may_go_on(self) -> bool:
        """Whether something reaches an edge of the crop, no source was seen in it, or the reading of it is unsure."""
        spans = [*self.roles.content, *([self.roles.source] if self.roles.source else [])]
        width = self.crop[1] - self.crop[0]
        at_edge = any(start == 0 or end == width for start, end in spans)
        return at_edge or self.roles.source is None or self.roles.probability < _SURE

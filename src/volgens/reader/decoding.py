"""From the network's scores to cues and, for each cue, its source and content: Viterbi search and path probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from volgens.reader.labels import CUE_TAGS, ROLE_TAGS, forbidden

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Units = tuple[int, int]
_LOW = -1e4


@dataclass(frozen=True, slots=True)
class CueSpan:
    """A cue in units [start, end), or, ``without``, the first unit of a quotation that has none; and its probability."""

    start: int
    end: int
    without: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Roles:
    """Source and content of one cue in units relative to the crop, and the probability of just this labelling."""

    source: Units | None
    content: tuple[Units, ...]
    probability: float


def softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), np.float32)


def cues(scores: Floats, *, ease: float) -> list[CueSpan]:
    """The cues in the tag ``scores`` (U, 4) of a text's units.

    A cue opens where the tags B or Q outweigh "outside" by odds of exp(-``ease``), and goes on while I is the likeliest.
    """
    if not len(scores):
        return []
    probabilities = softmax(scores)
    outside, begin, inside, quote = (probabilities[:, CUE_TAGS.index(tag)] for tag in "OBIQ")
    opens = (begin + quote) * np.exp(ease) > outside + inside
    found: list[CueSpan] = []
    last = 0
    for start in np.flatnonzero(opens).tolist():
        if start < last:
            continue
        end = start + 1
        without = bool(quote[start] > begin[start])
        if not without:
            while end < len(scores) and inside[end] > outside[end] and not (opens[end] and begin[end] > inside[end]):
                end += 1
        last = end
        found.append(CueSpan(start, end, without, float(begin[start] + quote[start])))
    return found


class _Chain:
    """Viterbi search over states that each emit one tag."""

    def __init__(self, tags: Ints, step: Floats, start: Floats) -> None:
        """``tags`` (S,): what each state emits; ``step`` (S, S): scores of one state after another; ``start`` (S,)."""
        self._tags, self._step, self._start = tags, step, start
        open_ended = np.array([tag[0] in "BI" for tag in ROLE_TAGS])
        self._end = np.where(open_ended[tags], _LOW, 0.0).astype(np.float32)

    def best(self, scores: Floats) -> Ints:
        """The best path (C, U) of tags for ``scores`` (C, U, tags)."""
        count, units, _ = scores.shape
        back = np.zeros((units, count, len(self._tags)), np.int16)
        best = self._start + scores[:, 0][:, self._tags]
        for unit in range(1, units):
            options = best[:, :, None] + self._step
            back[unit] = options.argmax(1)
            best = options.max(1) + scores[:, unit][:, self._tags]
        state = (best + self._end).argmax(1)
        path = np.zeros((count, units), np.int64)
        rows = np.arange(count)
        for unit in range(units - 1, -1, -1):
            path[:, unit] = self._tags[state]
            state = back[unit][rows, state]
        return path


class RoleDecoder:
    """Finds the best tags under the transition scores, with at most one source and a bounded number of content pieces."""

    def __init__(self, transitions: Floats, *, max_pieces: int = 4) -> None:
        """``transitions`` (tags, tags): the CRF's scores of one tag after another."""
        self._transitions = np.where(np.array(forbidden()), _LOW, transitions).astype(np.float32)
        self._factors = np.exp(self._transitions)
        self._max_pieces = max_pieces
        start = np.array([_LOW if tag[0] in "IE" else 0.0 for tag in ROLE_TAGS], np.float32)
        self._free = _Chain(np.arange(len(ROLE_TAGS)), self._transitions, start)
        self._counting = self._counting_chain()

    def _counting_chain(self) -> _Chain:
        """States that also know whether a source, and how many content pieces, have been opened so far."""
        tags = len(ROLE_TAGS)
        memory = [(source, pieces) for source in (0, 1) for pieces in range(self._max_pieces + 1)]
        index = {m: i for i, m in enumerate(memory)}
        step = np.full((len(memory) * tags, len(memory) * tags), _LOW, np.float32)
        start = np.full(len(memory) * tags, _LOW, np.float32)
        for (source, pieces), base in index.items():
            for later, tag in enumerate(ROLE_TAGS):
                opens = tag[0] in "BS"
                after = index.get((source + (opens and tag.endswith("source")), pieces + (opens and tag.endswith("content"))))
                if after is None:
                    continue
                if (source, pieces) == (0, 0) and tag[0] not in "IE":
                    start[after * tags + later] = 0.0
                step[base * tags : (base + 1) * tags, after * tags + later] = self._transitions[:, later]
        used = np.flatnonzero((step > _LOW).any(0) | (start > _LOW))
        return _Chain(used % tags, step[np.ix_(used, used)], start[used])

    def decode(self, emissions: Floats, mask: npt.NDArray[np.bool_]) -> list[Roles]:
        """The best roles for each of C cues from ``emissions`` (C, U, tags); units outside ``mask`` (C, U) stay untagged.

        A content that is still open where the crop ends is closed there.
        """
        if not len(emissions):
            return []
        scores = np.where(mask[..., None], emissions, np.float32(_LOW))
        scores[..., 0] = np.where(mask, emissions[..., 0], 0.0)
        tags = self._free.best(scores)
        # Few of the best paths break the limits; only those are sought again among the ones that keep them.
        opened = [
            (tags[..., None] == [ROLE_TAGS.index(f"{place}-{role}") for place in "BS"]).sum((1, 2))
            for role in ("source", "content")
        ]
        over = (opened[0] > 1) | (opened[1] > self._max_pieces)
        if over.any():
            tags[over] = self._counting.best(scores[over])
        certain = self._path_scores(scores, tags) - self._log_partition(scores)
        return [_roles(row, float(np.exp(min(0.0, p)))) for row, p in zip(tags, certain, strict=True)]

    def _path_scores(self, scores: Floats, tags: Ints) -> Floats:
        emitted = np.take_along_axis(scores, tags[..., None], -1)[..., 0].sum(1)
        return np.asarray(emitted + self._transitions[tags[:, :-1], tags[:, 1:]].sum(1), np.float32)

    def _log_partition(self, scores: Floats) -> Floats:
        """The forward algorithm, scaled at every step (Rabiner, 1989)."""
        peak = scores.max(-1, keepdims=True)
        raised = np.exp(scores - peak)
        alpha = raised[:, 0].astype(np.float64)
        logs = np.zeros(len(scores))
        for unit in range(1, scores.shape[1]):
            total = alpha.sum(1, keepdims=True)
            logs += np.log(total[:, 0])
            alpha = (alpha / total) @ self._factors * raised[:, unit]
        return np.asarray(logs + np.log(alpha.sum(1)) + peak[..., 0].sum(1), np.float32)


def _roles(tags: Ints, probability: float) -> Roles:
    source: Units | None = None
    content: list[Units] = []
    start = 0
    for unit in np.flatnonzero(tags).tolist():
        place, _, role = ROLE_TAGS[tags[unit]].partition("-")
        if place in "BS":
            start = unit
        if place in "ES":
            if role == "source":
                source = (start, unit + 1)
            else:
                content.append((start, unit + 1))
    return Roles(source, tuple(content), probability)

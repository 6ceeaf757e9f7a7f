"""Do two texts say the same? An encoder and a small network over its states tell, within a language and across.

It lays the words of one text beside those of the other and compares each with what it is laid beside (decomposable
attention: Parikh et al., EMNLP 2016), and it gives a vector for a text, near in angle to those of texts that say the same.
``training/comparer.py`` makes the weights. The encoder is run once for a text, with ONNX Runtime; the network, once for a pair, is
small enough for numpy.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from volgens.reader.decoding import softmax
from volgens.reader.network import Reader

if TYPE_CHECKING:
    import onnxruntime

Floats = npt.NDArray[np.float32]
_BATCH = 64  # pairs
LONGEST = 128
"""Pieces of a text that are looked at, begin and end among them."""
_TOGETHER = 16  # texts of one length; of many more at a time the states leave the cache


@dataclass(frozen=True, slots=True)
class _Text:
    """What the comparison of a text with others takes: for each piece its address and what it holds, and its weight."""

    address: Floats
    held: Floats
    weight: Floats
    vector: Floats
    mean: Floats


class _Seen(threading.local):
    def __init__(self) -> None:
        self.texts: dict[str, _Text] = {}


class Comparer:
    """Compares texts, with the tokenizer and the word vectors of ``reader``. Weights are loaded at the first text.

    Several threads may ask at once; each keeps what it has seen for itself.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._seen = _Seen()

    def vectors(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text: (texts, width). Near in meaning is near in angle, across languages."""
        if not texts:
            return np.zeros((0, self._weights["vector.weight"].shape[0]), np.float32)
        self._look(texts)
        return np.stack([self._known[text].vector for text in texts])

    def meanings(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text, for searching: near in angle is about the same, which need not be to say the same."""
        if not texts:
            return np.zeros((0, 2 * self._weights["vector.weight"].shape[0]), np.float32)
        self._look(texts)
        both = (np.concatenate([self._known[text].vector, self._known[text].mean]) for text in texts)
        return _unit(np.stack(list(both)))

    def compare(self, texts: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Floats:
        """For each pair of texts, by their numbers, the probabilities that they say different things, the same, and the contrary:
        (pairs, 3)."""
        out = np.zeros((len(pairs), 3), np.float32)
        self._look([texts[n] for n in sorted({n for pair in pairs for n in pair})])
        equal = [plain(texts[a]) == plain(texts[b]) for a, b in pairs]
        out[equal] = (0, 1, 0)
        order = sorted(
            (n for n, is_equal in enumerate(equal) if not is_equal), key=lambda n: sum(len(texts[at]) for at in pairs[n])
        )
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            ones, others = ([self._known[texts[pairs[n][side]]] for n in batch] for side in (0, 1))
            out[batch] = softmax(self._compared(ones, others))
        return out

    def forget(self) -> None:
        """Let go of what this thread has seen so far."""
        self._known.clear()

    @property
    def _known(self) -> dict[str, _Text]:
        return self._seen.texts

    def _look(self, texts: Sequence[str]) -> None:
        """Run the encoder over the texts that were not seen yet, those of one length together."""
        new = {text: self._reader.pieces(plain(text))[:LONGEST] for text in texts if text not in self._known}
        order = sorted(new, key=lambda text: len(new[text]))
        for _, alike in groupby(order, key=lambda text: len(new[text])):
            while batch := list(islice(alike, _TOGETHER)):
                (states,) = self._encoder.run(None, {"pieces": np.stack([new[text] for text in batch])})
                self._known.update(zip(batch, self._texts(states[:, 1:]), strict=True))

    def _texts(self, states: Floats) -> Iterator[_Text]:
        """Of each text the states of its pieces: (texts, pieces, width)."""
        address, held = _unit(self._linear("address", states)), self._linear("held", states)
        weight, heed = (softmax(self._linear(name, states)[..., 0]) for name in ("weight", "summary"))
        vector = _unit(self._linear("vector", (heed[:, None] @ states)[:, 0]))
        return map(_Text, address, held, weight, vector, _unit(states.mean(1)))

    def _compared(self, ones: Sequence[_Text], others: Sequence[_Text]) -> Floats:
        """The scores of pairs: (pairs, 3)."""
        (a, held_a, weight_a, mask_a), (b, held_b, weight_b, mask_b) = _padded(ones), _padded(others)
        likeness = a @ b.transpose(0, 2, 1)
        heat = self._weights["heat"]
        to_b = softmax(np.where(mask_b[:, None], heat * likeness, -1e4))
        to_a = softmax(np.where(mask_a[:, None], heat * likeness.transpose(0, 2, 1), -1e4))
        one, other = self._side(held_a, to_b @ held_b, weight_a), self._side(held_b, to_a @ held_a, weight_b)
        best_a = (np.where(mask_b[:, None], likeness, -1).max(2) * weight_a).sum(1)
        best_b = (np.where(mask_a[:, None], likeness.transpose(0, 2, 1), -1).max(2) * weight_b).sum(1)
        angle = np.stack([x.vector @ y.vector for x, y in zip(ones, others, strict=True)])
        alike = np.stack([(best_a + best_b) / 2, best_a * best_b, angle], -1)
        joined = np.concatenate([one + other, np.abs(one - other), one * other, np.maximum(one, other), alike], -1)
        return self._linear("out.2", _gelu(self._linear("out.1", np.asarray(joined, np.float32))))

    def _side(self, held: Floats, beside: Floats, weight: Floats) -> Floats:
        """Each piece compared with what it was laid beside, summed up."""
        both = np.concatenate([held, beside, np.abs(held - beside), held * beside], -1)
        compared = _gelu(self._linear("compare.2", _gelu(self._linear("compare.1", both))))
        return np.asarray((compared * weight[..., None]).sum(1), np.float32)

    def _linear(self, name: str, x: Floats) -> Floats:
        flat = x.reshape(-1, x.shape[-1]) @ self._weights[f"{name}.weight"].T  # one product is faster than one for each text
        return np.asarray(flat.reshape(*x.shape[:-1], -1) + self._weights[f"{name}.bias"], np.float32)

    @cached_property
    def _encoder(self) -> onnxruntime.InferenceSession:
        return self._reader.session("comparer.onnx")

    @cached_property
    def _weights(self) -> dict[str, Floats]:
        return {name: value.astype(np.float32) for name, value in self._reader.arrays("comparer.npz").items()}


def plain(text: str) -> str:
    """A text as it is compared: on one line, without quotation marks around it, with a capital."""
    text = " ".join(text.split()).strip(" \"“”„«»'‘’")
    return text[:1].upper() + text[1:]


def _padded(texts: Sequence[_Text]) -> tuple[Floats, Floats, Floats, npt.NDArray[np.bool_]]:
    longest = max(len(text.weight) for text in texts)
    address = np.zeros((len(texts), longest, texts[0].address.shape[1]), np.float32)
    held = np.zeros((len(texts), longest, texts[0].held.shape[1]), np.float32)
    weight = np.zeros((len(texts), longest), np.float32)
    mask = np.zeros((len(texts), longest), np.bool_)
    for row, text in enumerate(texts):
        count = len(text.weight)
        address[row, :count], held[row, :count], weight[row, :count], mask[row, :count] = text.address, text.held, text.weight, True
    return address, held, weight, mask


def _unit(x: Floats) -> Floats:
    return np.asarray(x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9), np.float32)


def _gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit by its usual approximation (Hendrycks & Gimpel 2016)."""
    return np.asarray(0.5 * x * (1 + np.tanh(sqrt(2 / np.pi) * x * (1 + 0.044715 * x * x))), np.float32)

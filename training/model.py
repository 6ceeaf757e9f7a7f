"""The reader's network: a shortened multilingual encoder, a cue tagger, and a labeller that reads the text once for each cue.

The labeller treats a cue as semantic role labelling treats a predicate (He et al., ACL 2017; Shi & Lin, 2019): every
cue gets its own source and content labels over the units around it, so statements may nest, overlap and share a source. Its
labels are decoded by a linear-chain CRF (Lafferty et al., 2001).
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from volgens.reader.labels import ACTS, AHEAD, BACK, CERTAINTIES, CUE_TAGS, KINDS, ROLE_TAGS, forbidden

HIDDEN, HEADS, FFN, POSITIONS = 384, 12, 1536, 512
WIDTH, LABELLER_LAYERS, LABELLER_HEADS = 192, 2, 6
LINES = 4  # paragraphs before and after the cue's that are told apart


class Drop(nn.Module):
    """Dropout with one mask for all units of a row (Gal & Ghahramani, 2016): as good, and nearly free on a CPU."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        return x * F.dropout(x.new_ones(x.shape[0], 1, x.shape[-1]), self.share)


class Layer(nn.Module):
    """One BERT layer: self-attention and feed-forward, each with a residual and a normalisation after it."""

    def __init__(self, width: int, heads: int, ffn: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)
        self.up, self.down = nn.Linear(width, ffn), nn.Linear(ffn, width)
        self.drop = Drop(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """``x`` (B, N, width), ``mask`` (B, N), which is true where there is something (None: everywhere) -> (B, N, width)."""
        batch, length, width = x.shape
        keys = None if mask is None else mask.bool()[:, None, None, :]
        q, k, v = (f(x).view(batch, length, self.heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=keys).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.drop(self.o(attended)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """The first ``layers`` layers of the encoder, over a pruned vocabulary."""

    def __init__(self, vocabulary: int, layers: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, 1e-12)
        self.drop = Drop(dropout)
        self.layers = nn.ModuleList(Layer(HIDDEN, HEADS, FFN, dropout) for _ in range(layers))

    def forward(self, pieces: Tensor, mask: Tensor | None) -> Tensor:
        """``pieces``, ``mask`` (B, N) -> states (B, N, HIDDEN). Without a mask, nothing is padding."""
        length = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.drop(self.norm(self.words(pieces) + self.positions(length)[None]))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    @classmethod
    def from_checkpoint(cls, path: Path, kept: Tensor | None, layers: int, dropout: float = 0.0) -> Encoder:
        """Load ``model.safetensors`` in Transformers' BERT naming; ``kept`` are the rows of the vocabulary to keep."""
        state = load_file(path / "model.safetensors")
        words = state["embeddings.word_embeddings.weight"]
        words = words if kept is None else words[kept]
        encoder = cls(len(words), layers, dropout)
        names = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "o": "attention.output.dense",
                 "norm1": "attention.output.LayerNorm", "up": "intermediate.dense", "down": "output.dense",
                 "norm2": "output.LayerNorm"}  # fmt: skip
        new = {
            "words.weight": words,
            # Token types are not used: the first type's vector is part of every position.
            "positions.weight": state["embeddings.position_embeddings.weight"]
            + state["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": state["embeddings.LayerNorm.weight"],
            "norm.bias": state["embeddings.LayerNorm.bias"],
        }
        for index in range(layers):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    new[f"layers.{index}.{ours}.{part}"] = state[f"encoder.layer.{index}.{theirs}.{part}"]
        encoder.load_state_dict(new)
        return encoder


class Labeller(nn.Module):
    """For each cue: labels of the units around it, and the kind of source, the speech act and the certainty."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.narrow = nn.Linear(HIDDEN, WIDTH)
        self.cue = nn.Linear(2 * HIDDEN, WIDTH)
        self.distance = nn.Embedding(BACK + AHEAD, WIDTH)
        self.line = nn.Embedding(2 * LINES + 1, WIDTH)
        self.inside = nn.Embedding(3, WIDTH)  # outside the cue, a real cue, the mark of a quotation without one
        self.norm = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer(WIDTH, LABELLER_HEADS, 2 * WIDTH, dropout) for _ in range(LABELLER_LAYERS))
        self.roles = nn.Linear(WIDTH, len(ROLE_TAGS))
        self.kind = nn.Linear(3 * WIDTH, len(KINDS))
        self.act = nn.Linear(3 * WIDTH, len(ACTS))
        self.certainty = nn.Linear(3 * WIDTH, len(CERTAINTIES))
        self.drop = Drop(dropout)

    def forward(self, states: Tensor, lines: Tensor, inside: Tensor, mask: Tensor,
                back: int = BACK) -> tuple[Tensor, ...]:  # fmt: skip
        """``states`` (C, U, HIDDEN) with the cue's first unit at ``back``; ``lines`` the paragraph's distance from
        the cue's, ``inside`` 0/1/2, ``mask`` (C, U) -> roles (C, U, tags), kind, act, certainty (logits).
        U is BACK+AHEAD or less."""
        summary = self.cue_summary(states, inside, back)
        return self.from_narrow(self.narrow(states), summary, lines, inside, mask, torch.tensor(back, device=states.device))

    def cue_summary(self, states: Tensor, inside: Tensor, back: int = BACK) -> Tensor:
        """The state of the cue's first unit and the mean over its units (C, 2 * HIDDEN)."""
        own = (inside > 0).to(states.dtype)[..., None]
        mean = (states * own).sum(1) / own.sum(1).clamp(min=1.0)
        return torch.cat([states[:, back], mean], -1)

    def from_narrow(self, units: Tensor, cue: Tensor, lines: Tensor, inside: Tensor, mask: Tensor,
                    back: Tensor) -> tuple[Tensor, ...]:  # fmt: skip
        """The same from states narrowed already (C, U, WIDTH) and the cue's summary (C, 2 * HIDDEN): its first unit's
        state and the mean over its units. ``back`` (a number) is the cue's first unit."""
        roles, summary = self.roles_and_summary(units, cue, lines, inside, mask, back)
        return roles, self.kind(summary), self.act(summary), self.certainty(summary)

    def roles_and_summary(self, units: Tensor, cue: Tensor, lines: Tensor, inside: Tensor, mask: Tensor,
                          back: Tensor) -> tuple[Tensor, Tensor]:  # fmt: skip
        """Roles, and what the labels are told from (C, 3 * WIDTH): the cue's state, the means over its source and content."""
        places = torch.arange(units.shape[1], device=units.device) + (BACK - back)
        x = units + self.cue(cue)[:, None] + self.distance(places)[None]
        x = x + self.line(lines.clamp(-LINES, LINES) + LINES) + self.inside(inside)
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        roles = self.roles(x)
        source, content = (roles[..., tags].logsumexp(-1).sigmoid() * mask.to(x.dtype) for tags in (slice(1, 5), slice(5, 9)))
        means = [(x * share[..., None]).sum(1) / share.sum(1, keepdim=True).clamp(min=1.0) for share in (source, content)]
        return roles, torch.cat([x.index_select(1, back.reshape(1))[:, 0], *means], -1)


class Crf(nn.Module):
    """Transitions between role tags; the log-likelihood of a tag sequence."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(ROLE_TAGS), len(ROLE_TAGS)))
        self.register_buffer("barred", torch.tensor(forbidden()), persistent=False)

    def scores(self) -> Tensor:
        """Transition scores (tags, tags), with those that cannot be far below all others."""
        return self.transitions.masked_fill(self.barred, -1e4)

    def forward(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Negative log-likelihood (C,) of ``tags`` (C, U) under ``emissions`` (C, U, tags); ``mask`` is a run from some
        first to some last unit of each row: units outside it carry the tag O and cost nothing."""
        outside = torch.full_like(emissions, -1e4)
        outside[..., 0] = 0.0
        emissions = torch.where(mask[..., None], emissions, outside)
        step = self.scores()
        gold = emissions.gather(-1, tags[..., None])[..., 0].sum(1) + step[tags[:, :-1], tags[:, 1:]].sum(1)
        alpha = emissions[:, 0]
        for unit in range(1, emissions.shape[1]):
            alpha = torch.logsumexp(alpha[:, :, None] + step[None], 1) + emissions[:, unit]
        return alpha.logsumexp(-1) - gold


class Reader(nn.Module):
    """Encoder, cue tagger, labeller and the head that gives vectors."""

    def __init__(self, encoder: Encoder, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.cues = nn.Sequential(nn.Linear(HIDDEN, WIDTH), nn.GELU(), Drop(dropout), nn.Linear(WIDTH, len(CUE_TAGS)))
        self.labeller = Labeller(dropout)
        self.crf = Crf()
        self.vector = nn.Linear(HIDDEN, HIDDEN)
        nn.init.eye_(self.vector.weight)

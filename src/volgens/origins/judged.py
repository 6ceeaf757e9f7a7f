"""What people judged of pairs of statements: that they have one source or two, that they make one claim or two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from volgens.records import Correction, Statements
from volgens.statements.corrected import find

Pair = frozenset[str]
"""Two statements, by their ids."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs that have the ``same_source`` or not, and that are the ``same_claim`` or not. Of two that say otherwise, the later
    counts."""

    same_source: frozenset[Pair] = frozenset()
    other_source: frozenset[Pair] = frozenset()
    same_claim: frozenset[Pair] = frozenset()
    other_claim: frozenset[Pair] = frozenset()

    @classmethod
    def of(cls, corrections: Iterable[Correction], statements: Mapping[str, Statements]) -> Judged:
        """What ``corrections``, the oldest first, say of ``statements``, by their articles."""
        last: dict[tuple[str, Pair], str] = {}
        for correction in corrections:
            kind, _, what = correction.kind.partition(" ")
            if what not in ("source", "claim") or correction.other is None:
                continue
            found = [find(at, statements.get(at.article, ())) for at in (correction.about, correction.other)]
            ids = frozenset(statement.id for statement in found if statement is not None)
            if len(ids) == 2:
                last[what, ids] = kind

        def pairs(kind: str, what: str) -> frozenset[Pair]:
            return frozenset(ids for (of, ids), said in last.items() if (said, of) == (kind, what))

        return cls(pairs("same", "source"), pairs("other", "source"), pairs("same", "claim"), pairs("other", "claim"))


NOTHING = Judged()


def are(pairs: Collection[Pair], one: Collection[str], other: Collection[str]) -> bool:
    """Whether a statement of ``one`` and a statement of ``other`` are among ``pairs``."""
    return any(len(pair & set(one)) == 1 and len(pair & set(other)) == 1 and pair <= {*one, *other} for pair in pairs)

"""Corrections as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from volgens.codec import VERSION
from volgens.records import Anchor, Correction


def encode_corrections(corrections: Iterable[Correction]) -> dict[str, Any]:
    """The JSON object of corrections, described in docs/reference/json.md."""
    return {"volgens": VERSION, "corrections": [encode_correction(one) for one in corrections]}


def encode_correction(correction: Correction) -> dict[str, Any]:
    """One correction as JSON."""
    return {
        "id": correction.id,
        "kind": correction.kind,
        "about": _anchor(correction.about),
        "other": _anchor(correction.other) if correction.other is not None else None,
        "name": correction.name,
        "by": correction.by,
        "at": correction.at,
        "note": correction.note,
        "undone": {"at": correction.undone[0], "by": correction.undone[1]} if correction.undone is not None else None,
    }


def _anchor(at: Anchor) -> dict[str, Any]:
    return {"article": at.article, "text": at.text, "span": list(at.span)}

"""The tags that the network gives and what they mean. Training and reading share this one definition."""

from __future__ import annotations

CUE_TAGS = ("O", "B", "I", "Q")
"""Outside, first unit of a cue, inside a cue, first unit of a quotation that has no cue."""

ROLE_TAGS = ("O", "B-source", "I-source", "E-source", "S-source", "B-content", "I-content", "E-content", "S-content")
"""Begin, inside, end, single: the source and the content of one cue."""

KINDS = ("person", "organisation", "group", "anonymous", "outlet", "document", "author", "none")
ACTS = (
    "decline", "deny", "confirm", "threaten", "promise", "warn", "predict", "demand", "decide", "intend", "ask", "believe", "state",
)  # fmt: skip

CERTAINTIES = ("CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "U+", "U-")
"""How firmly the source puts the content forward (FactBank: certain, probable, possible, uncommitted), as so or as not so."""

BACK, AHEAD = 72, 120
"""Units before and after (and including) a cue's first unit over which its source and content are sought."""

NEAR_BACK, NEAR_AHEAD = 40, 64
"""The same for the first look. Only one cue in twenty has a source or content that lies farther off."""


def forbidden() -> list[list[bool]]:
    """Which tag cannot follow which: ``forbidden()[earlier][later]``."""

    def cannot(earlier: str, later: str) -> bool:
        opened = earlier[0] in "BI"
        if opened:
            return later[0] not in "IE" or later[1:] != earlier[1:]
        return later[0] in "IE"

    return [[cannot(earlier, later) for later in ROLE_TAGS] for earlier in ROLE_TAGS]

"""For any text and any statements of it, speakers are found without raising, and what they point at is in the text."""

from collections.abc import Sequence
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from volgens.records import Article, Kind, Mention, Statement, Statements
from volgens.statements.speakers.speakers import speakers

WORDS = st.sampled_from(
    ["zegt", "said", "volgens", "de", "minister", "Ada", "Bos", "van", "Ada Bos", "he", "hij", "who", "die", "zijn", "advocaat",
     "its", "the company", "Washington", "en", "and", "(AB)", "Mr.", "Union", "anoniem", "ministerie", "woordvoerder", "'s", "&",
     ".", ",", "“", "”", '"', "'", "\n", "\n\n", "\r\n", "\x00", "שלום", "😀", "İ", "ß", "½", "…", "—", ":"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS, max_size=60).map("".join))


@st.composite
def read(draw: st.DrawFn) -> tuple[Article, Statements]:
    text = draw(TEXTS)
    ends = st.lists(st.integers(0, len(text)), min_size=2, max_size=4, unique=True).map(sorted)

    def mention() -> Mention | None:
        if len(text) < 4 or not draw(st.booleans()):
            return None
        offsets: Sequence[int] = draw(ends)
        return Mention.of(text, zip(offsets[::2], offsets[1::2], strict=False))

    count = draw(st.integers(0, 6))
    items = tuple(
        Statement(
            id=str(i),
            source=mention(),
            cue=mention(),
            content=mention() or Mention("", ()),
            kind=draw(st.sampled_from(get_args(Kind))),
            act="state",
            parent=draw(st.one_of(st.none(), st.integers(0, count).map(str))),
            confidence=1.0,
        )
        for i in range(count)
    )
    return Article(text, language=draw(st.sampled_from(["nl", "en", "de", "und"]))), Statements(items)


@settings(max_examples=300, deadline=None)
@given(read())
def test_any_statements(drawn: tuple[Article, Statements]) -> None:
    article, statements = drawn
    found = speakers(article, statements)
    assert [s.id for s in found] == [s.id for s in statements]
    for statement in found:
        for mention in (statement.speaker.mention, statement.speaker.reason) if statement.speaker else ():
            assert mention is None or mention == Mention.of(article.text, mention.spans)

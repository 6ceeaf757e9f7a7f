"""For any text, reading does not raise, and every span lies in the text and equals its quoted words."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from volgens.codec import decode, encode
from volgens.pipeline import read_article
from volgens.reader.network import Reader
from volgens.records import Article

WORDS = st.sampled_from(
    ["zegt",
     "said", "volgens", "According to", "zou", "de minister", "Mira Valk", "he", "dat", "that", "it rains", "ja", ".", ",", "?",
     "“", "”", '"', "'", "‘", "’", "„", "«", "»", "``", "''", ",,", "\n", "\n\n", "\r\n", "\t", "\x00", "\x1b[0m", "\u202e", "שלום",
     "مرحبا", "東京", "😀", "e\u0301", "ﬁ", "½", "\ufeff", "\u00ad", "…", "—", ":"]
)  # fmt: skip


@settings(max_examples=120)
@given(text=st.one_of(st.text(), st.lists(WORDS, max_size=60).map(" ".join), st.lists(WORDS, max_size=60).map("".join)))
def test_any_text(text: str, reader: Reader) -> None:
    article = Article(text)
    statements = read_article(article, reader)
    for statement in statements:
        for mention in (statement.source, statement.cue, statement.content):
            if mention is not None:
                assert all(0 <= start < end <= len(text) for start, end in mention.spans)
                assert " ".join(text[start:end] for start, end in mention.spans) == mention.text
        assert 0 <= statement.confidence <= 1
    assert decode(json.loads(json.dumps(encode(article, statements)))) == (article, statements)


@settings(max_examples=40)
@given(text=st.lists(WORDS, min_size=5, max_size=80).map(" ".join))
def test_no_statement_lies_in_itself(text: str, reader: Reader) -> None:
    statements = read_article(Article(text), reader)
    parents = {s.id: s.parent for s in statements}
    assert len(parents) == len(statements)
    for start in parents:
        seen, at = set(), parents[start]
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = parents[at]

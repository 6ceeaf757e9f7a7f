"""What a robots.txt allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.web.robots import allowed

RULES = """\ufeff# a comment
User-agent: greedy
Disallow: /

User-Agent: Volgens
User-agent: other # two names, one group
Disallow: /archief
Allow: /archief/open/
Disallow: /*.pdf$
Disallow: /*?print=
Disallow:
Crawl-delay: 3

Sitemap: https://dekrant.example/map.xml
User-agent: *
Disallow: /alles
"""


@pytest.mark.parametrize(
    ("agent", "path", "open"),
    [
        ("volgens", "/", True),
        ("volgens", "/archief/2024", False),
        ("volgens", "/archief/open/2024", True),
        ("volgens", "/map/a.pdf", False),
        ("volgens", "/map/a.pdf?x=1", True),
        ("volgens", "/map?print=1", False),
        ("volgens", "/alles", True),
        ("other", "/archief", False),
        ("greedy", "/robots", False),
        ("unnamed", "/alles/nieuws", False),
        ("unnamed", "/archief", True),
    ],
)
def test_the_longest_rule_of_the_own_group_decides(agent: str, path: str, open: bool) -> None:
    assert allowed(RULES, agent, path) is open


@pytest.mark.parametrize(
    ("rules", "path", "open"),
    [
        ("User-agent: *\nAllow: /\nDisallow: /dicht", "/dicht/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /nieuws", "/nieuws/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
        ("User-agent: *\nDisallow: /café", "/caf%c3%a9", False),
        ("User-agent: *\nDisallow: /a*b*c$", "/axbyc", False),
        ("User-agent: *\nDisallow: /a*b*c$", "/axbycd", True),
        ("User-agent: *\nDisallow: /exact$", "/exact", False),
        ("User-agent: *\nDisallow: /exact$", "/exactly", True),
        ("Disallow: /", "/a", True),
        ("<html>no rules here</html>", "/a", True),
        ("", "", True),
    ],
)
def test_rules(rules: str, path: str, open: bool) -> None:
    assert allowed(rules, "volgens", path) is open


@given(st.text(), st.text(), st.text())
def test_any_text_has_an_answer(rules: str, pattern: str, path: str) -> None:
    assert allowed(rules, "volgens", path) in (True, False)
    assert allowed(f"User-agent: *\nDisallow: {pattern}", "volgens", path) in (True, False)


def test_many_stars_take_no_time() -> None:
    assert allowed("User-agent: *\nDisallow: /" + "*a" * 5000 + "b$", "volgens", "/" + "a" * 20_000)

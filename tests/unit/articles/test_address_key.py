"""One page has one key, however it is addressed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.address_key import address_key


@pytest.mark.parametrize(
    "address",
    [
        "https://kade.example/nieuws/1",
        "http://www.kade.example/nieuws/1/",
        "https://KADE.example:443/nieuws/1?utm_source=x&fbclid=1#reacties",
        "kade.example//nieuws/1",
        "https://kade.example/nieuws/%31",
    ],
)
def test_the_same_page(address: str) -> None:
    assert address_key(address) == "kade.example/nieuws/1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://kade.example/1", "https://kade.example/2"),
        ("https://kade.example/?id=1", "https://kade.example/?id=2"),
        ("https://kade.example/a", "https://kade.example/A"),
        ("https://kade.example:8080/a", "https://kade.example/a"),
        ("https://nl.kade.example/a", "https://kade.example/a"),
    ],
)
def test_other_pages(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_the_order_of_parameters_makes_no_difference() -> None:
    assert address_key("https://kade.example/?b=2&a=1") == address_key("https://kade.example/?a=1&b=2")


@given(st.text() | st.text(alphabet="abc/:?&=%#.[]@wW4 1").map("https://www.kade.example/{}".format))
def test_a_key_is_its_own_key(address: str) -> None:
    key = address_key(address)
    assert address_key(key) == key

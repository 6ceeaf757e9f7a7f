"""Which addresses may be visited."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volgens.articles.web.addresses import checked, is_public, parse
from volgens.errors import FetchError, InputError, Refused


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.1.1",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::",
        "2a00:1450::5efe:10.0.0.1",
        "2a00:1450::200:5efe:10.0.0.1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2a00:1450:4001::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_not_public(ip: str) -> None:
    assert not is_public(ip_address(ip))


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.216.34", "2a00:1450:4001:80b::200e", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_public(ip: str) -> None:
    assert is_public(ip_address(ip))


@given(st.ip_addresses(v=4))
def test_an_embedded_address_is_as_public_as_itself(ip: IPv4Address) -> None:
    assert is_public(IPv6Address(f"::ffff:{ip}")) == is_public(ip)
    assert is_public(IPv6Address(int(IPv6Address("64:ff9b::")) + int(ip))) == is_public(ip)
    assert not is_public(IPv6Address(int(IPv6Address("2002::")) + (int(ip) << 80)))


@pytest.mark.parametrize(
    "address",
    [
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.01/",
        "http://１２７.１/",
        "http://localhost/",
        "http://LOCALHOST.:80/",
        "http://a.localhost/",
        "http://metadata.google.internal/",
        "http://printer.local/",
        "http://dekrant.example@127.0.0.1/",
        "http://user:secret@dekrant.example/",
        "http://@dekrant.example/",
        "http://dekrant.example\\@127.0.0.1/",
        "http://dekrant.example/\nHost: x",
        "http://dekrant.example/a\tb",
        "file:///etc/hostname",
        "ftp://dekrant.example/",
        "gopher://dekrant.example/",
    ],
)
def test_refused_by_its_looks(address: str) -> None:
    with pytest.raises(Refused):
        parse(address, address)


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "http:///a",
        "http://a..b/",
        "http://[::1",
        "http://[zz]/",
        "http://a:99999/",
        "http://a:0/",
        "http://a%2fb/",
        "http://a b/",
        "http://" + "a" * 300 + ".example/",
        "http://" + "a" * 70 + ".example/",
        "http://-/",
        "http://dekrant.example/\udc80",
    ],
)
def test_no_address(address: str) -> None:
    with pytest.raises(FetchError):
        parse(address, address)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("HTTP://DeKrant.Example", "http://dekrant.example/"),
        ("https://dekrant.example:443/a?b=c#d", "https://dekrant.example/a?b=c"),
        ("http://dekrant.example:8080/é à?ü=%20", "http://dekrant.example:8080/%C3%A9%20%C3%A0?%C3%BC=%20"),
        ("https://krönt.example/", "https://xn--krnt-6qa.example/"),
        ("http://[2A00:1450::1]:81/", "http://[2a00:1450::1]:81/"),
        ("http://8.8.8.8./", "http://8.8.8.8/"),
    ],
)
def test_taken_apart_and_put_together(address: str, url: str) -> None:
    assert parse(address, "-").url == url
    assert parse(url, "-").url == url


def test_relative_to_where_it_was_found() -> None:
    assert parse("../b?x", "-", base="http://dekrant.example/a/c/d").url == "http://dekrant.example/a/b?x"
    assert parse("//ander.example/z", "-", base="https://dekrant.example/").url == "https://ander.example/z"
    with pytest.raises(Refused):
        parse("javascript:alert(1)", "-", base="http://dekrant.example/")


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_clear_error(text: str) -> None:
    for address in (text, f"http://{text}", f"http://dekrant.example/{text}"):
        try:
            target = parse(address, address)
        except InputError:
            continue
        assert target.url.isascii()
        assert not set(target.url) & set(" \r\n\t\\@") or "@" in target.path


def test_one_private_address_among_public_ones_is_enough() -> None:
    target = parse("http://dekrant.example/", "-")
    assert checked(target, "-", lambda _host, _port: ["8.8.8.8", "8.8.8.8", "8.8.4.4"], is_public) == ("8.8.8.8", "8.8.4.4")
    with pytest.raises(Refused, match=r"10\.0\.0\.5"):
        checked(target, "-", lambda _host, _port: ["8.8.8.8", "10.0.0.5"], is_public)
    with pytest.raises(FetchError, match="no such host"):
        checked(target, "-", lambda _host, _port: [], is_public)


def test_a_number_is_not_looked_up() -> None:
    def never(_host: str, _port: int) -> list[str]:
        raise AssertionError

    assert checked(parse("http://8.8.8.8/", "-"), "-", never, is_public) == ("8.8.8.8",)
    with pytest.raises(Refused):
        checked(parse("http://[::ffff:127.0.0.1]/", "-"), "-", never, is_public)

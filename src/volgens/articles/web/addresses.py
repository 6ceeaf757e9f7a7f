"""Which addresses may be visited: http and https, on machines that anyone can reach.

A page may send its reader to an address inside the reader's own network. Every address is checked before it is visited,
and the connection goes to the very number that was checked.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from volgens.errors import FetchError, Refused

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""Host name and port -> the IP addresses it has. Raises OSError where it has none."""

_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_](?:[-a-z0-9_.]{0,251}[a-z0-9_])?", re.IGNORECASE)
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "localdomain")
_AS_IS = "/%:@!$&'()*+,;=~-._"
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# Refused beyond what the standard library calls not global: ranges that lead on to embedded addresses, benchmarking and
# protocol ranges, and the address at which one cloud answers its own machines.
_CLOSED: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = tuple(
    ipaddress.ip_network(block)
    for block in (
        "100.64.0.0/10",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. ``path`` begins with "/" and holds the query; ``host`` is in ASCII, without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as they stand in an address and in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _default_port(self.scheme) else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return self.origin + self.path


def parse(address: str, name: str, *, base: str | None = None) -> Target:
    """``address``, taken from ``base`` where it is relative, as a Target. ``name`` is the input as the user gave it.

    Raises Refused where it is of another scheme, carries a user name, or writes a number as a host in any but the plain
    way; FetchError where it is no address.
    """
    address = address.strip()
    if _UNSAFE.search(address):
        if "\\" in address or re.search(r"[\x00-\x1f\x7f]", address):
            raise Refused(name, "the address holds a backslash or a control character; write it as a browser shows it")
        address = address.replace(" ", "%20")
    try:
        parts = urlsplit(urljoin(base, address) if base else address)
        host, port = (parts.hostname or ""), parts.port
        path = quote(parts.path or "/", safe=_AS_IS) + ("?" + quote(parts.query, safe=_AS_IS + "?") if parts.query else "")
    except ValueError as error:
        raise FetchError(name, f"not an address: {error}") from error
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        raise Refused(name, f"leads to {scheme or 'no scheme'}: only http and https addresses are visited")
    if "@" in parts.netloc:
        raise Refused(name, "addresses with a user name or password are not visited; leave out what stands before the @")
    if port == 0:
        raise FetchError(name, "not an address: port 0")
    return Target(scheme, _host(host, name), port if port is not None else _default_port(scheme), path)


def checked(target: Target, name: str, resolve: Resolve, permit: Callable[[IPAddress], bool]) -> tuple[str, ...]:
    """The IP addresses of ``target``, each of them allowed by ``permit``.

    Raises Refused where one is not, and FetchError where the name is not known.
    """
    try:
        found = [_ip(target.host)] if _is_literal(target.host) else [_ip(ip) for ip in resolve(target.host, target.port)]
    except (OSError, ValueError) as error:
        raise FetchError(name, f"no such host: {target.host}; check the spelling and the connection") from error
    if not found:
        raise FetchError(name, f"no such host: {target.host}; check the spelling and the connection")
    for ip in found:
        if not permit(ip):
            where = target.host if target.host == str(ip) else f"{target.host} ({ip})"
            raise Refused(name, f"{where} is not a public address; save the page and give the file")
    return tuple(dict.fromkeys(str(ip) for ip in found))


def is_public(ip: IPAddress) -> bool:
    """Whether ``ip`` can be reached by anyone: not private, local, shared, reserved or multicast, nor leading to one that is."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None:
            return False
        if ip.ipv4_mapped is not None:
            return is_public(ip.ipv4_mapped)
        if ip in _NAT64:
            # How a network without IPv4 reaches the rest of the world: as public as the address inside.
            return is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip not in _GLOBAL_UNICAST:
            return False
        # ISATAP carries an IPv4 address in its last half.
        if int(ip) >> 32 & 0xFCFFFFFF == 0x5EFE and not is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)):
            return False
    if ip.is_multicast or ip.is_reserved or ip.is_unspecified or not ip.is_global:
        return False
    return not any(ip in block for block in _CLOSED if block.version == ip.version)


def _host(host: str, name: str) -> str:
    if len(host) > 253:
        raise FetchError(name, "not an address: its host is longer than any")
    if ":" in host:
        return str(_literal(host, name))
    try:
        # Also turns full-width digits and other look-alikes into the plain ones, so it comes before the checks.
        plain = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise FetchError(name, f"not an address: {host or 'no host'}") from error
    if not _HOST.fullmatch(plain) or ".." in plain:
        raise FetchError(name, f"not an address: {host or 'no host'}")
    if _NUMERIC.fullmatch(plain.rsplit(".", 1)[-1]):
        return str(_literal(plain, name))
    if any(plain == local or plain.endswith("." + local) for local in _LOCAL_NAMES):
        raise Refused(name, f"{plain} is a name inside a network; save the page and give the file")
    return plain


def _literal(host: str, name: str) -> IPAddress:
    try:
        return ipaddress.ip_address(host)
    except ValueError as error:
        raise Refused(name, f"{host} is an unusual way to write a number; write it as four numbers from 0 to 255") from error


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _ip(text: str) -> IPAddress:
    return ipaddress.ip_address(text)


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80

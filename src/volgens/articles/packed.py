"""Unpacking gzip and deflate without ever holding more than a limit."""

from __future__ import annotations

import zlib

from volgens.errors import NotText, TooLarge
from volgens.records import Defect

GZIP = b"\x1f\x8b\x08"


def gunzip(data: bytes, limit: int, name: str) -> tuple[bytes, tuple[Defect, ...]]:
    """The content of gzip ``data``, all of its members, at most ``limit`` bytes.

    What comes before a damaged place is kept and the damage is a Defect. Raises TooLarge above the limit and NotText where
    nothing can be unpacked. ``name`` is the input as the user gave it.
    """
    return _unpack(data, limit, name, zlib.MAX_WBITS | 16)


def inflate(data: bytes, limit: int, name: str) -> tuple[bytes, tuple[Defect, ...]]:
    """As ``gunzip``, for HTTP's "deflate": with the zlib frame that the standard asks for, or without, as some servers send."""
    framed = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return _unpack(data, limit, name, zlib.MAX_WBITS if framed else -zlib.MAX_WBITS)


def _unpack(data: bytes, limit: int, name: str, window: int) -> tuple[bytes, tuple[Defect, ...]]:
    pieces: list[bytes] = []
    room = limit
    damage = ""
    rest = data
    while rest:
        member = zlib.decompressobj(window)
        try:
            # One byte more than there is room for tells "full" from "too large".
            while piece := member.decompress(rest, room + 1):
                pieces.append(piece)
                room -= len(piece)
                if room < 0:
                    raise TooLarge(name, f"unpacks to more than {limit:,} bytes, the limit (max_bytes)")
                rest = member.unconsumed_tail
        except zlib.error as error:
            damage = str(error)
            break
        if not member.eof:
            damage = "it ends too early"
            break
        rest = member.unused_data.lstrip(b"\0")  # tar and tape pad with zeros
        if window > 0 and not rest.startswith(GZIP):
            damage = "there is something else after the packed data" if rest else ""
            break
    unpacked = b"".join(pieces)
    if not damage:
        return unpacked, ()
    if not unpacked:
        raise NotText(name, f"packed data that cannot be unpacked ({damage}); get the file again")
    return unpacked, (Defect("articles", f"the packed data is damaged ({damage}); what could be unpacked was read"),)

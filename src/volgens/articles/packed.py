"""Unpacking gzip and deflate without ever holding more than a limit."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from volgens.errors import NotText, TooLarge
from volgens.records import Defect

GZIP = b"\x1f\x8b\x08"
_PIECE = 1 << 18


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


def unpacked_start(head: bytes, size: int) -> bytes:
    """The first ``size`` bytes of the content of gzip data that begins with ``head``; fewer, or none, where it is damaged."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, size)
    except zlib.error:
        return b""


class Unpacked(io.RawIOBase):
    """The content of a gzip ``stream``, unpacked as it is read. It ends where that is damaged, and ``damage`` then says how."""

    def __init__(self, stream: BinaryIO) -> None:
        self.damage = ""
        self._stream = stream
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._packed = b""
        self._begun = False
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._next(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        while not self._ended:
            if not self._packed:
                self._packed = self._stream.read(_PIECE)
            if self._member.eof and not self._begin():
                break
            if not self._packed:
                self._end("it ends too early" if self._begun else "")
                break
            self._begun = True
            try:
                data = self._member.decompress(self._packed, size)
            except zlib.error as error:
                self._end(str(error))
                break
            self._packed = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if data:
                return data
        return b""

    def _begin(self) -> bool:
        """Begin the next member, after the zeros that tar and tape pad with; False where there is none."""
        while not (rest := self._packed.lstrip(b"\0")) and (more := self._stream.read(_PIECE)):
            self._packed = more
        self._packed = rest
        if len(rest) < len(GZIP):
            rest = self._packed = rest + self._stream.read(_PIECE)
        if not rest.startswith(GZIP):
            self._end("there is something else after the packed data" if rest else "")
            return False
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._begun = False
        return True

    def _end(self, damage: str) -> None:
        self._ended = True
        self.damage = damage

"""WACZ (a zip archive of WARC files) -> the pages and texts in it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from volgens.articles.containers.entries import Entry, Source, guarded
from volgens.articles.containers.warc import read_warc
from volgens.errors import InputError, NotText

_ARCHIVES = (".warc", ".warc.gz")
_MOST_PACKED = 100
"""How many times smaller than what is in it a member may be: WARC files are packed already, or pack ten to twenty times."""
_SMALL = 1 << 20


def read_wacz(source: Source) -> Iterator[Entry]:
    """The entries of each WARC under archive/, in the order of their names. Raises NotText where it is another zip archive."""
    try:
        archive = zipfile.ZipFile(source.stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise NotText(source.name, f"a zip archive that cannot be read ({error}); get the file again") from error
    with archive:
        members = [one for one in archive.infolist() if one.filename.startswith("archive/") and _is_archive(one.filename)]
        if not members:
            raise NotText(source.name, "a zip archive or an office document, not a WACZ; give the files in it, or its text")
        if sum(member.compress_size for member in members) > source.stream.seek(0, io.SEEK_END):
            raise NotText(source.name, "a zip archive whose files lie over one another, as none that was made to be read has them")
        for member in sorted(members, key=lambda one: one.filename):
            name = f"{source.name}#{member.filename}"
            yield from guarded(name, _in_member(archive, member, name, source))


def _is_archive(name: str) -> bool:
    return name.lower().endswith(_ARCHIVES)


def _in_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, source: Source) -> Iterator[Entry]:
    if member.file_size > max(_SMALL, _MOST_PACKED * member.compress_size):
        raise InputError(name, f"packed more than {_MOST_PACKED} times, as no WARC is; unpack it yourself if you trust it")
    try:
        stream = archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error) as error:
        # A place that is not there, a packing that Python lacks, a password.
        raise NotText(name, f"cannot be unpacked ({error}); get the file again") from error
    with stream:
        yield from read_warc(replace(source, name=name, stream=cast(BinaryIO, stream)))

"""Where the command line writes to: JSON as text, and files that are whole or not there."""

from __future__ import annotations

import json
import os
import re
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import typer

from volgens.cli.safe_text import one_line

# Controls beyond ASCII, which a terminal may obey; line ends that are none in JSON; lone surrogates, which no UTF-8 holds.
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]")

_PLAINER = str.maketrans({"─": "-", "…": "...", "·": "|", "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def json_line(data: Any) -> str:
    """``data`` as JSON on one line, without a line break at its end.

    Letters stay letters; control characters are escaped, which JSON readers undo.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def json_page(data: dict[str, Any]) -> str:
    """``data`` as JSON with one field, and one item of a list, on each line, for people to look through."""
    return "{\n" + ",\n".join(f"  {json_line(key)}: {_field(value)}" for key, value in data.items()) + "\n}"


def _field(value: Any) -> str:
    if not value or not isinstance(value, list | dict):
        return json_line(value)
    if isinstance(value, list):
        return "[\n" + ",\n".join(f"    {json_line(item)}" for item in value) + "\n  ]"
    return "{\n" + ",\n".join(f"    {json_line(key)}: {json_line(item)}" for key, item in value.items()) + "\n  }"


def encoded(text: str, encoding: str) -> bytes:
    """``text`` in ``encoding``, with plainer characters where it lacks the ones that the reading view draws with."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_PLAINER).encode(encoding, "replace")


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of ``path`` when all is written, and leaves ``path`` as it was otherwise.

    Devices and pipes are written to directly. Raises OSError.
    """
    path = path.resolve()  # the file that a link points to, not the link
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    # In the same folder, so that the rename stays on one disk. "x": never through a link that someone put there.
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def check_output(output: Path | None, inputs: Sequence[str]) -> None:
    """Raises BadParameter where writing to ``output`` could not go well, before any time is spent on reading."""
    if output is None:
        return
    shown = one_line(str(output))
    if output.is_dir():
        raise typer.BadParameter(f"{shown} is a folder; name a file in it", param_hint="--output")
    if not output.resolve().parent.is_dir():
        raise typer.BadParameter(f"the folder of {shown} does not exist; make it first", param_hint="--output")
    if output.is_file() and any(_same_file(output, name) for name in inputs):
        raise typer.BadParameter(f"{shown} is also an input, and would be lost; name another file", param_hint="--output")


def _same_file(output: Path, name: str) -> bool:
    try:
        return output.samefile(name)
    except (OSError, ValueError):
        return False  # no such file, or a name that no file can have


def forget_stdout() -> None:
    """Nobody reads standard output any more: let nothing that is still in its buffer fail at the end."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

"""Words of others, made safe for what they are written into: nothing in an article can end a field, a string or an element."""

from __future__ import annotations

import re

_INVALID = "\ufffd"
# What XML 1.0 forbids even as a reference: controls, halves of surrogate pairs, two code points that are no characters.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What a reader of XML would fold into spaces, or a terminal obey: written as references, which lose nothing.
_REFERENCED = re.compile("[\r\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_TURTLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_FORMULA = "=+-@＝＋－＠"
_NO_IRI = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]")


def well_formed(text: str) -> str:
    """``text`` with U+FFFD for halves of surrogate pairs, which no UTF-8 holds."""
    return _SURROGATE.sub(_INVALID, text)


def xml_characters(text: str) -> str:
    """``text`` with U+FFFD, one for one, for what no XML can hold: offsets stay."""
    return _NO_XML.sub(_INVALID, text)


def xml_text(text: str) -> str:
    """``text`` as the content of an element."""
    escaped = xml_characters(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _REFERENCED.sub(lambda match: f"&#{ord(match[0])};", escaped)


def xml_attribute(text: str) -> str:
    """``text`` as the value of an attribute, with its quotation marks."""
    escaped = xml_text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{escaped}"'


def turtle_string(text: str) -> str:
    """``text`` as a string of Turtle, on one line."""
    escaped = re.sub(r'[\\"\n\r\t]', lambda match: _TURTLE[match[0]], well_formed(text))
    return '"' + _STEERING.sub(lambda match: f"\\u{ord(match[0]):04X}", escaped) + '"'


def turtle_iri(iri: str) -> str:
    """``iri`` in angle brackets, with what may not stand there percent-encoded."""
    quoted = _NO_IRI.sub(lambda match: "".join(f"%{byte:02X}" for byte in well_formed(match[0]).encode()), iri)
    return f"<{quoted}>"


def cell(text: str) -> str:
    """``text`` as a cell of a table that a spreadsheet may open: one that would be taken for a formula begins with an apostrophe.

    Control characters but tab and line ends become U+FFFD.
    """
    safe = _NO_CELL.sub(_INVALID, text)
    first = safe.lstrip()[:1]
    return f"'{safe}" if safe[:1] in ("\t", "\r", "\n") or (first and first in _FORMULA) else safe

"""XML -> a tree, without entity expansion, without the network, and with what could be parsed where it is broken."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Any

from volgens.articles.plain import decode
from volgens.errors import NotText
from volgens.records import Defect

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([-\w]{2,40})""", re.IGNORECASE)
_DOCTYPE = re.compile(
    r"<!DOCTYPE\b(?:[^\[\]>\"']++|\"[^\"]*+\"|'[^']*+')*+(\[(?:[^\]\"']++|\"[^\"]*+\"|'[^']*+')*+\])?\s*>", re.IGNORECASE
)
_BEFORE_ROOT = re.compile(r"(?:\s++|(?><\?.*?\?>)|(?><!--.*?-->))*+", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[xX]([0-9a-fA-F]+)|#(\d+)|([a-zA-Z][a-zA-Z0-9]{1,10}));")
_PLAIN_NAME = re.compile(r"[a-z][a-z0-9]*")
_XML_OWN = ("amp", "lt", "gt", "quot", "apos")
_CODES = sys.maxunicode + 1
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parsed(data: bytes, name: str, *, charset: str | None = None) -> tuple[Any, tuple[Defect, ...]]:
    """The root of the tree of ``data``, and what was amiss. Raises NotText where there is none.

    Entities that the document declares are not expanded; those of HTML are, though XML does not know them.
    """
    from lxml import etree  # type: ignore[import-untyped]

    found = _DECLARED.search(data[:1024])
    text, defects = decode(_without_nuls(data), name, charset=charset or (found.group(1).decode() if found else None))
    text, more = _without_declarations(text.lstrip(), name)
    text = _FORBIDDEN.sub("\ufffd", _ENTITY.sub(_character, text))
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise NotText(name, f"XML that cannot be read ({str(error)[:100]}); get the file again") from error
    if root is None:
        raise NotText(name, "XML without anything in it; get the file again")
    if parser.error_log:
        first = parser.error_log[0]
        more += (
            Defect("articles", f"broken XML, first in line {first.line} ({first.message[:100]}); what could be read of it was"),
        )
    return root, defects + more


def _without_nuls(data: bytes) -> bytes:
    """``data`` with a space for each NUL, but for those of UTF-16."""
    return data if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.replace(b"\0", b" ")


def _without_declarations(text: str, name: str) -> tuple[str, tuple[Defect, ...]]:
    declared = False
    while text[(start := _before_root(text)) :][:9].upper() == "<!DOCTYPE":
        found = _DOCTYPE.match(text, start)
        if not found:
            raise NotText(name, "XML with declarations that cannot be read; give the pages it tells of")
        declared = declared or "<!ENTITY" in (found.group(1) or "").upper()
        text = text[found.end() :]
    defects = (Defect("articles", "the entities that the document declares were not expanded"),) if declared else ()
    return text, defects


def _before_root(text: str) -> int:
    found = _BEFORE_ROOT.match(text)
    return found.end() if found else 0


def _character(entity: re.Match[str]) -> str:
    """A named character of HTML as itself; a numbered one as it stands, but for those that no text can hold."""
    hexadecimal, decimal, name = entity.groups()
    if name is not None:
        return entity.group() if name in _XML_OWN or name not in name2codepoint else html.unescape(entity.group())
    number = (hexadecimal or decimal).lstrip("0") or "0"
    code = int(number, 16 if hexadecimal else 10) if len(number) < 9 else _CODES
    return "\ufffd" if code >= _CODES or _FORBIDDEN.match(chr(code)) else entity.group()


def local(element: Any) -> str:
    """The name of an element without its namespace or prefix, in small letters. Empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """The child elements with one of these local names, in the order of the document."""
    return (child for child in element if local(child) in names)


def child(element: Any, *path: str) -> Any:
    """The first child with the first of these names, its first child with the second, and so on; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def text_of(element: Any) -> str | None:
    """All text in an element, None for None and where there is only white space."""
    text = "" if element is None else "".join(element.itertext())
    return text if text.strip() else None


def markup_of(element: Any) -> str:
    """What is in an element as HTML, without prefixes and namespaces."""
    from lxml import etree

    pieces = [html.escape(element.text or "", quote=False)]
    for node in element:
        for inner in node.iter():
            if isinstance(inner.tag, str):
                inner.tag = local(inner) if _PLAIN_NAME.fullmatch(local(inner)) else "div"
        pieces.append(etree.tostring(node, encoding="unicode", method="html"))
    etree.cleanup_namespaces(element)
    return "".join(pieces)

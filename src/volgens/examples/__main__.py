"""Read the example stories and show who says what: ``python -m volgens.examples``."""

from __future__ import annotations

import sys
from textwrap import shorten

import volgens
from volgens.examples import FOLDER


def _line(statement: volgens.Statement) -> str:
    source = statement.source.text if statement.source else "(no source)"
    cue = statement.cue.text if statement.cue else "(no cue)"
    said = shorten(statement.content.text, 80, placeholder=" ...") or "(nothing said)"
    return f"  {shorten(source, 50, placeholder=' ...')} · {cue} · {said}  [{statement.kind}, {statement.act}]\n"


def main() -> None:
    """Print the statements of every example article."""
    paths = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".html"))
    for path in paths:
        article, statements = volgens.read(path)
        sys.stdout.write(f"{path.name}: {article.title or article.text.splitlines()[0]}\n")
        sys.stdout.writelines(_line(statement) for statement in statements)
        sys.stdout.write("\n")
    sys.stdout.write(f"Source, cue, content [kind, act]. Now try one of your own, or: volgens read {paths[0]}\n")


if __name__ == "__main__":
    main()

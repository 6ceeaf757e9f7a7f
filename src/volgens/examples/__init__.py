"""Five invented news stories to try volgens on. README.md in this folder says what they are."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the stories are."""

"""What is known of articles that do not tell it themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from volgens.records import Article


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever asks knows of articles that do not tell it: the outlet, and the day or month of publication (ISO 8601)."""

    published: str | None = None
    outlet: str | None = None

    def __post_init__(self) -> None:
        """Raises ValueError where ``published`` is no date."""
        if self.published is not None and not _is_date(self.published):
            raise ValueError(f"{self.published!r} is no date of publication; write 2024-11-18, 2024-11 or 2024-11-18T19:25+01:00")

    def to(self, article: Article) -> Article:
        """``article`` with what it does not tell itself."""
        return replace(article, published=article.published or self.published, outlet=article.outlet or self.outlet)


NOTHING = Given()


def _is_date(text: str) -> bool:
    day = f"{text}-01" if re.fullmatch(r"\d{4}-\d\d", text) else f"{text}-01-01" if re.fullmatch(r"\d{4}", text) else text
    try:
        datetime.fromisoformat(day)
    except ValueError:
        return False
    return True

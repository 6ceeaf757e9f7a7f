"""How rare words are in news: raw articles -> src/volgens/languages/xx/rarity.json, by which stories are told apart.

    python -m training.rarity [--corpora FOLDER]

Counts in how many articles of ``raw/`` each word stands, for Dutch and English. Words in fewer than five articles are left out:
they count as the rarest. Only counts leave the corpus, in steps of a half power of two.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log2
from pathlib import Path

from training.corpora import raw
from volgens.stories.terms import tokens

LEAST = 5
LANGUAGES = Path("src/volgens/languages")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    chosen = parser.parse_args(arguments)
    for language in ("nl", "en"):
        counts: Counter[str] = Counter()
        articles = 0
        for _, text in raw(chosen.corpora, f"{language}_news"):
            counts.update({token.lower() for token in tokens(text)})
            articles += 1
        steps: defaultdict[int, list[str]] = defaultdict(list)
        for word, count in counts.items():
            if count >= LEAST:
                steps[round(2 * log2(count))].append(word)
        words = {str(step): " ".join(sorted(steps[step])) for step in sorted(steps, reverse=True)}
        data = json.dumps({"articles": articles, "words": words}, ensure_ascii=False, indent=1)
        (LANGUAGES / language / "rarity.json").write_text(data + "\n", encoding="utf-8")
        print(f"{language}: {articles} articles, {sum(map(len, steps.values()))} words")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

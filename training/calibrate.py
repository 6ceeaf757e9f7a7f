"""Choose how readily a cue is taken, and fit the confidence, on articles that the reader was not trained on.

    python -m training.calibrate --weights src/volgens/reader/weights

Uses the articles of PolNeAR dev and the Dutch and English ones set aside whose name has an even SHA-256; the others are
for measuring (benchmarks/quality.py). The confidence is a logistic regression (Platt, 1999) on what the network says of its own
answer. Writes both into ``reader.json``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from benchmarks.metrics import Scored, match, who_said_what
from training.corpora import Annotated, inline_corpus, polnear, set_aside
from training.train import HELD_OUT
from volgens.reader.network import Label, Reader
from volgens.records import Article
from volgens.statements.assembling import assemble


def even(name: str) -> bool:
    """Whether the article calibrates (true) or measures."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 0

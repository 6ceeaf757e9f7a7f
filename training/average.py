"""The mean of the weights of several runs that go on from one another.

    python -m training.average A.pt B.pt --out C.pt

Wortsman et al. (2022, "Model soups"): runs from one start lie in one valley, and their mean does better than each. What is no
weight (the step, the optimiser) is that of the last one.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch


def mean(values: Sequence[Any]) -> Any:
    """The mean of tensors of real numbers, also within dicts; of anything else the last."""
    last = values[-1]
    if isinstance(last, torch.Tensor) and last.is_floating_point():
        return (sum(value.float() for value in values) / len(values)).to(last.dtype)
    if isinstance(last, dict):
        return {key: mean([value[key] for value in values]) if all(key in v for v in values) else last[key] for key in last}
    return last


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("states", nargs="+", type=Path, metavar="STATE")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    chosen = parser.parse_args(arguments)
    states = [torch.load(path, map_location="cpu", weights_only=False) for path in chosen.states]
    averaged = {key: value if key == "optimizer" else mean([state[key] for state in states]) for key, value in states[-1].items()}
    torch.save(averaged, chosen.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Stories -> their claims, each followed to its origins, with all cores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from threadpoolctl import threadpool_limits

from volgens.engines.local import in_order
from volgens.origins.claims import Comparer
from volgens.origins.folding import Told
from volgens.pipeline import batches, trace_batch
from volgens.records import Trace


def traced(stories: Iterable[Told], comparer: Comparer, threads: int) -> Iterator[tuple[Trace, ...]]:
    """The claims of each story, in the order given, several stories at a time. ``comparer`` is asked by ``threads`` at once, and
    should use one itself: twice as fast on two cores as one story after the other with both."""
    with threadpool_limits(1):  # numpy's own threads would wait for one another
        for _, done in in_order(partial(trace_batch, comparer=comparer), batches(stories), threads):
            yield from done.result()

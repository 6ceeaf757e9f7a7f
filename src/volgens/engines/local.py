"""On this machine: several inputs at a time, in threads. The network and the tokenizer do not hold Python's lock."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def workers(threads: int) -> int:
    """How many threads are meant by ``threads``: 0 is one for each core that this process may use."""
    return threads or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1))


def in_order(work: Callable[[Item], Result], items: Iterable[Item], threads: int) -> Iterator[tuple[Item, Future[Result]]]:
    """Each item, in the order given, with its result to come; ``result()`` waits for it, and raises what ``work`` raised.

    Not more than twice as many items as there are ``threads`` are begun ahead, so that results do not pile up.
    """
    ahead: deque[tuple[Item, Future[Result]]] = deque()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="volgens")
    try:
        for item in items:
            ahead.append((item, pool.submit(work, item)))
            if len(ahead) >= 2 * threads:
                yield ahead.popleft()
        while ahead:
            yield ahead.popleft()
    except BaseException:  # whoever asks leaves early
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown(wait=False)

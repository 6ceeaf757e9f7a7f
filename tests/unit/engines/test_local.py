import threading
import time
from itertools import count

import pytest

from volgens.engines.local import in_order, workers


def test_results_come_in_the_order_given_whichever_is_ready_first() -> None:
    def slow_first(item: int) -> int:
        time.sleep(0.05 if item == 0 else 0.0)
        return item * item

    assert [(item, result.result()) for item, result in in_order(slow_first, range(9), 3)] == [(i, i * i) for i in range(9)]


def test_a_failure_costs_only_its_own_item() -> None:
    results = [result for _, result in in_order(lambda d: 6 // d, [3, 0, 2], 2)]
    assert results[0].result() == 2
    with pytest.raises(ZeroDivisionError):
        results[1].result()
    assert results[2].result() == 3


def test_it_reads_no_further_ahead_than_twice_the_threads() -> None:
    begun = []
    results = in_order(begun.append, count(), 2)
    for _ in range(3):
        next(results)[1].result()
    time.sleep(0.05)
    assert len(begun) <= 3 + 2 * 2
    results.close()  # type: ignore[attr-defined]


def test_leaving_early_begins_nothing_more() -> None:
    begun, go = [], threading.Event()

    def wait(item: int) -> None:
        begun.append(item)
        go.wait(5)

    results = in_order(wait, range(100), 1)
    next(results)
    results.close()  # type: ignore[attr-defined]
    go.set()
    time.sleep(0.05)
    assert len(begun) == 1


def test_several_work_at_the_same_time() -> None:
    together = threading.Barrier(3, timeout=5)
    assert len([result.result() for _, result in in_order(lambda _: together.wait(), range(3), 3)]) == 3


def test_zero_threads_means_the_cores_there_are() -> None:
    assert workers(0) >= 1
    assert workers(3) == 3

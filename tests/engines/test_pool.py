from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.engines import pool
from extract.engines.pool import Pool, Ready


def work(jobs: Sequence[Any]) -> Iterator[Any]:
    for job in jobs:
        yield done(job)


def done(job: Any) -> Any:
    if job == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "hang":
        time.sleep(60)
    if isinstance(job, tuple):
        kind, value = job
        if kind == "sleep":
            time.sleep(value)
        elif kind == "once" and not os.path.exists(value):  # noqa: PTH110
            open(value, "w").close()  # noqa: PTH123
            os.kill(os.getpid(), signal.SIGKILL)
        elif kind == "large":
            return "가" * value
        elif kind == "pid":
            return os.getpid()
    return ("done", job)


def made(workers: int = 2, seconds: float = 30, **changes: Any) -> Pool[Any, Any]:
    values: dict[str, Any] = {
        "work": work,
        "workers": workers,
        "lost": lambda job: ("lost", job),
        "late": lambda job: ("late", job),
        "seconds": lambda job: seconds,
        "cost": lambda job: 1,
        "arrived": lambda job, result: None,
        **changes,
    }
    return Pool(**values)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_come_in_the_order_of_the_items_whatever_takes_long(workers: int) -> None:
    jobs = [("sleep", 0.02 * (number % 4 == 0), number)[:2] for number in range(60)]
    assert list(made(workers).map(jobs)) == [("done", job) for job in jobs]


@settings(deadline=None, max_examples=15)
@given(st.lists(st.one_of(st.integers(), st.sampled_from(["die", None])), max_size=12), st.integers(1, 3))
def test_every_item_has_its_result_in_its_place_whoever_dies(items: list[Any], workers: int) -> None:
    jobs = [Ready("known") if item is None else item for item in items]
    expected = ["known" if item is None else ("lost" if item == "die" else "done", item) for item in items]
    assert list(made(workers).map(jobs)) == expected


def test_a_job_whose_worker_died_is_tried_once_more(tmp_path: Any) -> None:
    jobs = [1, ("once", str(tmp_path / "tried")), 2, 3]
    assert list(made().map(jobs)) == [("done", job) for job in jobs]


def test_a_job_that_takes_too_long_is_ended_and_the_others_are_not() -> None:
    jobs = [1, "hang", 2, 3, 4, 5, 6, 7]
    began = time.monotonic()
    assert list(made(1, seconds=0.3).map(jobs)) == [
        ("late" if job == "hang" else "done", job) for job in jobs
    ]
    assert time.monotonic() - began < 20


def test_items_are_not_taken_far_ahead_of_what_is_given_back() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(500):
            taken += 1
            yield number

    for done, _ in enumerate(made(2).map(items())):
        assert taken - done <= pool._WINDOW * 2 + 1


def test_one_that_takes_long_holds_up_the_taking_of_others() -> None:
    taken = 0

    def items() -> Iterator[Any]:
        nonlocal taken
        yield ("sleep", 0.5)
        for number in range(1000):
            taken += 1
            yield number

    results = made(2).map(items())
    next(results)
    assert taken <= pool._WINDOW * 2
    results.close()  # type: ignore[attr-defined]


def test_the_size_of_what_is_under_way_is_bounded() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield number

    costly = made(2, cost=lambda job: pool._WINDOW_COST)
    for done, _ in enumerate(costly.map(items())):
        assert taken - done <= 2


def test_large_jobs_and_results_do_not_block_each_other() -> None:
    jobs = [("large", 300_000)] * 8 + ["나" * 500_000] * 8
    results = list(made(2).map(jobs))
    assert [len(result) for result in results] == [300_000] * 8 + [2] * 8


def test_workers_are_replaced_after_some_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_LIFE", 5)
    pids = list(made(1).map([("pid", number) for number in range(20)]))
    assert len(set(pids)) == 4
    assert os.getpid() not in pids


def test_no_worker_is_started_for_what_is_ready() -> None:
    assert list(made(2, work=None).map([Ready(1), Ready(2)])) == [1, 2]


def test_every_arrival_is_told_once() -> None:
    told: list[Any] = []
    results = list(
        made(2, arrived=lambda job, result: told.append((job, result))).map([1, "die", Ready(0), 2])
    )
    assert results == [("done", 1), ("lost", "die"), 0, ("done", 2)]
    assert sorted(told, key=str) == sorted(
        [(1, ("done", 1)), ("die", ("lost", "die")), (2, ("done", 2))], key=str
    )


def test_no_worker_outlives_the_map() -> None:
    results = made(2).map(("pid", number) for number in range(100))
    pids = {next(results) for _ in range(20)}
    results.close()  # type: ignore[attr-defined]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_workers_end_when_their_parent_is_killed() -> None:
    read, write = os.pipe()
    parent = os.fork()
    if parent == 0:
        os.setsid()
        results = made(2).map([("pid", 0), ("pid", 1), *[("sleep", 30)] * 8])
        os.write(write, f"{next(results)} {next(results)}".encode())
        next(results)
        os._exit(0)
    os.close(write)
    pids = set(map(int, os.read(read, 100).split()))
    os.close(read)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    until = time.monotonic() + 10
    while any(running(pid) for pid in pids):
        assert time.monotonic() < until
        time.sleep(0.02)


def running(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked for does not."""
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

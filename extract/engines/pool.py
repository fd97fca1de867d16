"""Worker processes that map items in order, survive each other, and never run ahead of the writer.

Workers are forked from a process that has loaded everything, so they start in milliseconds and share its memory;
they hold no state, so one that dies, hangs or grows is replaced without loss. Where a system has no fork they are
started anew and load for themselves.
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from extract.engines.child import Child, started
from extract.engines.garbage import settle

J = TypeVar("J")
R = TypeVar("R")

_DEPTH = 16  # items that a worker holds, those at work included: it never waits for the parent
_WINDOW = 32  # items per worker between the oldest that is not done and the newest taken
_WINDOW_COST = 5_000_000  # and their cost together
_LIFE = 2_000  # items that a worker maps before a fresh one takes its place: memory stays flat


@dataclass(frozen=True, slots=True)
class Ready(Generic[R]):
    """An item that needs no work: its result keeps its place among the others."""

    result: R


@dataclass(slots=True, eq=False)
class _Slot(Generic[J, R]):
    job: J | None
    cost: int = 0
    result: R | None = None
    done: bool = False


@dataclass(eq=False)
class _Worker(Generic[J, R]):
    child: Child
    held: deque[_Slot[J, R]] = field(default_factory=deque)
    since: float = 0.0  # when it began with the first of them
    taken: int = 0
    alone: bool = False  # tries an item whose worker died, and nothing beside it

    def room(self) -> bool:
        return not self.alone and len(self.held) < _DEPTH and self.taken < _LIFE


@dataclass(frozen=True)
class Pool(Generic[J, R]):
    """A map over items in ``workers`` processes; see :meth:`map`.

    Attributes:
        work: what a worker does with the jobs that wait for it: their results in order, each as soon as it is there;
            a function that forked processes have and others can import.
        workers: processes at most; as many are started as there is work for.
        lost: the result of a job whose worker died twice.
        late: the result of a job that took longer than ``seconds`` allows.
        seconds: how long a job may take.
        cost: the size of a job; the sizes of all jobs under way together are bounded.
        arrived: called with a job and its result as soon as it is there, in any order.
        private: descriptors that workers must not keep open.
    """

    work: Callable[[Sequence[J]], Iterable[R]]
    workers: int
    lost: Callable[[J], R]
    late: Callable[[J], R]
    seconds: Callable[[J], float]
    cost: Callable[[J], int]
    arrived: Callable[[J, R], None]
    private: Sequence[int] = ()

    def map(self, items: Iterable[J | Ready[R]]) -> Iterator[R]:
        """The results of ``items`` in their order.

        Items are taken only when a worker has room and the oldest result is not too far behind. A job whose
        worker dies is tried once more, alone in a fresh worker, so that it takes no other with it; so is one that
        takes too long while others wait for the same worker.

        Raises:
            OSError: no worker process can be started.
        """
        at_work: _AtWork[J, R] = _AtWork(self)
        try:
            yield from at_work.results(iter(items))
        finally:
            at_work.end()


class _AtWork(Generic[J, R]):
    def __init__(self, pool: Pool[J, R]) -> None:
        self.pool = pool
        self.crew: list[_Worker[J, R]] = []
        self.pending: deque[_Slot[J, R]] = deque()  # in order, from the oldest that was not given back
        self.waiting: deque[_Slot[J, R]] = deque()  # not with any worker
        self.cost = 0

    def results(self, items: Iterator[J | Ready[R]]) -> Iterator[R]:
        more = True
        while True:
            while self.pending and self.pending[0].done:
                slot = self.pending.popleft()
                self.cost -= slot.cost
                yield slot.result  # type: ignore[misc]
            while self.waiting and (worker := self._free()) is not None:
                self._send(worker, self.waiting.popleft())
            if more and not self.waiting and self._wanted():
                item = next(items, None)
                if item is None:
                    more = False
                else:
                    self._take(item)
                self._receive(0)
            elif self.pending:
                if not self.pending[0].done:
                    self._receive(None)
            else:
                return

    def _wanted(self) -> bool:
        if len(self.pending) >= _WINDOW * self.pool.workers or self.cost >= _WINDOW_COST:
            return not self.pending
        return len(self.crew) < self.pool.workers or any(worker.room() for worker in self.crew)

    def _take(self, item: J | Ready[R]) -> None:
        if isinstance(item, Ready):
            self.pending.append(_Slot(None, 0, item.result, True))
            return
        slot: _Slot[J, R] = _Slot(item, self.pool.cost(item))
        self.cost += slot.cost
        self.pending.append(slot)
        self.waiting.append(slot)

    def _free(self) -> _Worker[J, R] | None:
        """The worker with the least to do; a new one before others get a second item."""
        able = [worker for worker in self.crew if worker.room()]
        best = min(able, key=lambda worker: len(worker.held), default=None)
        if (best is None or best.held) and len(self.crew) < self.pool.workers:
            return self._hire()
        return best

    def _hire(self) -> _Worker[J, R]:
        child = started(_serve, self.pool.work, private=self.pool.private)
        worker: _Worker[J, R] = _Worker(child)
        self.crew.append(worker)
        return worker

    def _send(self, worker: _Worker[J, R], slot: _Slot[J, R]) -> None:
        if not worker.held:
            worker.since = time.monotonic()
        worker.held.append(slot)
        worker.taken += 1
        with contextlib.suppress(OSError):  # it has died, which the next look at it shows
            worker.child.connection.send(slot.job)

    def _receive(self, timeout: float | None) -> None:
        """Takes what workers have done and sees to those that died or take too long."""
        busy = {worker.child.connection: worker for worker in self.crew if worker.held}
        if not busy:
            return
        if timeout is None:
            now = time.monotonic()
            left = (w.since + self._allowed(w) - now for w in busy.values())
            timeout = max(0.0, min(left, default=0.0)) + 0.01
        for connection in wait(list(busy), timeout):
            worker = busy[connection]  # type: ignore[index]
            try:
                result = worker.child.connection.recv()
            except (EOFError, OSError):
                self._died(worker)
            else:
                self._done(worker, result)
        now = time.monotonic()
        for worker in [w for w in busy.values() if w.held and now > w.since + self._allowed(w)]:
            if worker in self.crew and not worker.child.connection.poll():
                self._hangs(worker)

    def _allowed(self, worker: _Worker[J, R]) -> float:
        job = worker.held[0].job
        assert job is not None
        return self.pool.seconds(job)

    def _done(self, worker: _Worker[J, R], result: R) -> None:
        self._settle(worker.held.popleft(), result)
        worker.since = time.monotonic()
        worker.alone = False
        if not worker.held and worker.taken >= _LIFE:
            self._dismiss(worker)

    def _settle(self, slot: _Slot[J, R], result: R) -> None:
        slot.result, slot.done = result, True
        assert slot.job is not None
        self.pool.arrived(slot.job, result)
        slot.job = None

    def _died(self, worker: _Worker[J, R]) -> None:
        self._failed(worker, self.pool.lost, guilty=worker.alone)

    def _hangs(self, worker: _Worker[J, R]) -> None:
        self._failed(worker, self.pool.late, guilty=worker.alone or len(worker.held) == 1)

    def _failed(self, worker: _Worker[J, R], verdict: Callable[[J], R], guilty: bool) -> None:
        """Ends a worker and gives its first job the verdict, or one more chance alone: another may be to blame."""
        culprit, *others = self._dismiss(worker)
        self.waiting.extendleft(reversed(others))
        assert culprit.job is not None
        if guilty:
            self._settle(culprit, verdict(culprit.job))
            return
        fresh = self._hire()
        fresh.alone = True
        self._send(fresh, culprit)

    def _dismiss(self, worker: _Worker[J, R]) -> list[_Slot[J, R]]:
        """Ends a worker; what it held is given back."""
        held = list(worker.held)
        worker.held.clear()
        self.crew.remove(worker)
        worker.child.end()
        return held

    def end(self) -> None:
        for worker in list(self.crew):
            self._dismiss(worker)


def _serve(connection: Connection, work: Callable[[Sequence[Any]], Iterable[Any]]) -> None:
    """The life of a worker: all jobs that wait, then those that have come since, until its parent is gone."""
    jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(connection, jobs), daemon=True).start()
    connection.send(*work([jobs.get()]))
    settle()  # after its first job a process has loaded everything
    while True:
        waiting = [jobs.get()]
        with contextlib.suppress(queue.Empty):
            while True:
                waiting.append(jobs.get_nowait())
        for result in work(waiting):
            connection.send(result)


def _listen(connection: Connection, jobs: queue.SimpleQueue[Any]) -> None:
    """Takes jobs from the parent at any time, so that it never waits while the worker waits for it."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            jobs.put(connection.recv())
    os._exit(0)

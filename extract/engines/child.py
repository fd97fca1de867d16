"""A process of our own that we talk to, and that never outlives us."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

_ours: set[int] = set()
"""Our ends of all connections. Each child closes them: one kept open would hide our death from its siblings."""


@dataclass(eq=False)
class Child:
    """A process and our end of the connection to it."""

    process: Any
    connection: Connection

    def end(self) -> None:
        """Ends the process at once; it holds nothing that must be put away."""
        _ours.discard(self.connection.fileno())
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def started(life: Callable[..., None], *given: Any, private: Sequence[int] = ()) -> Child:
    """A process that does ``life(connection, *given)``, forked where the system can.

    It ignores Ctrl-C, which is this process's to see to. ``private`` are descriptors that it must not keep open.

    Raises:
        OSError: the system starts no process.
    """
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    ours, theirs = context.Pipe()
    _ours.add(ours.fileno())
    inherited = [*private, *_ours] if "fork" in methods else []
    process = context.Process(target=_begin, args=(theirs, inherited, life, given), daemon=True)
    gc.freeze()  # what is loaded is no garbage; looking for it would copy the memory that processes share
    try:
        process.start()
    except BaseException:
        _ours.discard(ours.fileno())
        ours.close()
        raise
    finally:
        gc.unfreeze()
        theirs.close()
    return Child(process, ours)


def _begin(
    connection: Connection, inherited: Sequence[int], life: Callable[..., None], given: Sequence[Any]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for descriptor in inherited:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    with contextlib.suppress(OSError):  # the other end is gone
        life(connection, *given)
    os._exit(0)

"""Reading many files in several processes. The simple loop is `[read(item) for item in items]`; this equals it."""

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_A_PROCESS = 1000
"""Items a further process must have to do before it pays: starting one costs as much as a few hundred."""


def map_in_processes(read: Callable[[Item], Result], items: Sequence[Item], processes: int) -> list[Result]:
    """`read` of every item, in order. Further processes are forks of this one, so nothing is sent to them."""
    processes = min(processes, len(items) // WORTH_A_PROCESS)
    if processes < 2 or not hasattr(os, "fork"):
        return [read(item) for item in items]
    import pickle  # only for large books

    share = -(-len(items) // processes)
    children = [_fork(read, items[first : first + share]) for first in range(share, len(items), share)]
    results = [read(item) for item in items[:share]]
    for pid, pipe in children:
        with os.fdopen(pipe, "rb") as stream:
            answer = stream.read()
        os.waitpid(pid, 0)
        # The answer comes from a fork of this very process, over a pipe that only it holds.
        found, failure = pickle.loads(answer) if answer else ([], "it was ended from outside")  # noqa: S301
        if failure:
            raise RuntimeError(f"a process that read records failed: {failure}")
        results += found
    return results


def _fork(read: Callable[[Any], Any], items: Sequence[Any]) -> tuple[int, int]:
    incoming, outgoing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(outgoing)
        return pid, incoming
    try:
        import pickle
        import traceback

        os.close(incoming)
        answer: tuple[list[Any], str] = ([], "")
        try:
            answer = ([read(item) for item in items], "")
        except Exception:  # noqa: BLE001 — whatever it is, the parent raises it
            answer = ([], traceback.format_exc())
        with os.fdopen(outgoing, "wb") as stream:
            stream.write(pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))
    finally:
        os._exit(0)  # without the exit handlers of the parent

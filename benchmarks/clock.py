"""Timing: the best of several runs, in CPU time or on the wall, and one line of output."""

import time
from collections.abc import Callable


def best(work: Callable[[], object], *, runs: int = 5, wall: bool = False) -> float:
    """Seconds of the quickest of some runs."""
    now = time.perf_counter if wall else time.process_time
    out = []
    for _ in range(runs):
        start = now()
        work()
        out.append(now() - start)
    return min(out)


def line(name: str, seconds: float, limit: float | None = None, note: str = "") -> None:
    """One figure; with a limit also its ratio."""
    ratio = f"{seconds / limit:8.1f} × the limit" if limit else " " * 20
    print(f"{name:58} {seconds * 1000:10.2f} ms {ratio} {note}", flush=True)

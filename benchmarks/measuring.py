"""How a claim is measured and told: the best of several runs, beside a baseline of the same machine."""

import gc
import os
import platform
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What was measured, how long it took, and what it is compared with."""

    claim: str
    seconds: float
    baseline: str
    baseline_seconds: float
    goal: float | None = None

    @property
    def ratio(self) -> float:
        """How many times as long as the baseline."""
        return self.seconds / self.baseline_seconds

    def told(self) -> str:
        """Return the measurement in three lines."""
        goal = "" if self.goal is None else f"   goal ≤ {self.goal:g} s: {self.verdict}"
        return (
            f"{self.claim}\n"
            f"    {_spoken(self.seconds)}{goal}\n"
            f"    {self.ratio:.2f} × {self.baseline} ({_spoken(self.baseline_seconds)})"
        )

    @property
    def verdict(self) -> str:
        """Whether the goal was met."""
        return "met" if self.goal is None or self.seconds <= self.goal else "MISSED"


def _spoken(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Return the seconds of the quickest of several runs."""
    return min(timed(work) for _ in range(runs))


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds ``work`` takes."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def machine() -> str:
    """Return what the figures were measured on."""
    return (
        f"{os.cpu_count()} cores, {_processor()}; {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; "
        f"load {os.getloadavg()[0]:.1f}"
    )


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

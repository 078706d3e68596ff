"""How a claim is measured and told: the best of several runs, beside a baseline of the same machine."""

import gc
import os
import platform
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Timing(NamedTuple):
    """How long something took on the clock, and on the processor, which a busy machine blurs less."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{_spoken(self.clock)} (processor {_spoken(self.processor)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What was measured, how long it took, what it is compared with, and the goal in seconds on the clock."""

    claim: str
    took: Timing
    baseline: str
    baseline_took: Timing
    goal: float | None = None

    @property
    def ratio(self) -> float:
        """How many times as long as the baseline."""
        return self.took.clock / self.baseline_took.clock

    def told(self) -> str:
        """Return the measurement in three lines."""
        goal = "" if self.goal is None else f"   goal ≤ {self.goal:g} s: {self.verdict}"
        return (
            f"{self.claim}\n"
            f"    {self.took}{goal}\n"
            f"    {self.ratio:.2f} × {self.baseline}: {self.baseline_took}"
        )

    @property
    def verdict(self) -> str:
        """Whether the goal was met."""
        return "met" if self.goal is None or self.took.clock <= self.goal else "MISSED"


def _spoken(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def best_of(runs: int, work: Callable[[], object]) -> Timing:
    """Return the timing of the quickest of several runs."""
    return min(timed(work) for _ in range(runs))


def timed(work: Callable[[], object]) -> Timing:
    """Return how long ``work`` takes."""
    gc.collect()
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Timing(time.perf_counter() - clock, time.process_time() - processor)


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

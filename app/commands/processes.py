"""The processes behind ``shecun serve``: the web server and the job worker, kept alive together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

CHECK_EVERY = 0.5
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
PATIENCE = 15.0
PARENT_DIED = 1  # prctl(2): PR_SET_PDEATHSIG


@dataclass(slots=True)
class Helper:
    """One process that is started again when it ends, each time after a longer pause."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    started: float = 0.0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start the process now."""
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env={**os.environ, **self.environment},
            preexec_fn=_die_with_parent(),  # noqa: PLW1509 - no threads here
        )
        self.started = time.monotonic()

    def keep_alive(self, say: Callable[[str], None]) -> None:
        """Start the process again when it ended and its pause is over."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            if now - self.started > STEADY_AFTER:
                self.pause = FIRST_PAUSE
            say(f"{self.name}意外退出（状态 {self.process.returncode}），{self.pause:.0f} 秒后重新启动。")
            self.process, self.due = None, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        if self.process is None and now >= self.due:
            self.start()

    def stop(self) -> None:
        """Ask the process to end, and end it when it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux a helper ends with its parent, so that a killed service leaves no port taken."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes  # noqa: PLC0415 - Linux only

    library = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        library.prctl(PARENT_DIED, signal.SIGTERM)

    return ask


class _Stopped(Exception):
    """Somebody asked the service to stop."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _Stopped


def run_together(web: Helper, others: list[Helper], *, say: Callable[[str], None]) -> int:
    """Run until stopped; the end of the web server ends all, every other helper is started again."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    helpers = [web, *others]
    try:
        for helper in helpers:
            helper.start()
        while web.process is not None and web.process.poll() is None:
            for helper in others:
                helper.keep_alive(say)
            time.sleep(CHECK_EVERY)
    except _Stopped:
        say("正在停止……")
    else:
        say("网页服务已退出。")
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        ended = web.process.poll() if web.process is not None else None
        for helper in reversed(helpers):
            helper.stop()
    return ended or 0

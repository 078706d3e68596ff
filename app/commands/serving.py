"""``shecun serve`` and ``shecun worker``: the services of one installation."""

import os
import socket
import sys

import click

from app import occupancy
from app.commands.frame import Refusal, installation, settings_of
from app.commands.processes import Helper, run_together
from app.config import Settings
from foundation.jobs import queue

MOST_WEB_PROCESSES = 4
THREADS = 4
APPLICATION = "app.factory:create_app"


def web_processes() -> int:
    """Return how many web processes suit this machine: one per core, two to four."""
    return max(2, min(os.cpu_count() or 1, MOST_WEB_PROCESSES))


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址；0.0.0.0 表示本机所有网络。")
@click.option("--processes", type=click.IntRange(1, 64), help="网页进程数，默认按处理器核数取 2 至 4。")
@click.option("--no-worker", is_flag=True, help="只启动网页服务；后台任务由单独的 shecun worker 处理。")
def serve(host: str, processes: int | None, *, no_worker: bool) -> None:
    """启动服务：网页和后台任务。按 Ctrl+C 停止。"""
    with installation() as app:
        chosen = settings_of(app)
    _require_free(host, chosen.port)
    with occupancy.sharing(chosen.home):
        click.echo(f"社村通已启动：{chosen.address}　数据目录：{chosen.home}")
        click.echo("按 Ctrl+C 停止。")
        web = Helper("网页服务", _web_command(host, chosen.port, processes or web_processes()), _told(chosen))
        others = (
            [] if no_worker else [Helper("后台任务", [sys.executable, "-m", "app", "worker"], _told(chosen))]
        )
        sys.exit(run_together(web, others, say=click.echo))


@click.command()
def worker() -> None:
    """处理后台任务：导入、批量打印、导出。serve 会自行启动它。"""
    with installation() as app:
        if os.environ.get("SHECUN_SUPERVISED"):
            queue.run_worker(app)
            return
        with occupancy.sharing(settings_of(app).home):
            queue.run_worker(app)


def _told(chosen: Settings) -> dict[str, str]:
    return {"SHECUN_HOME": str(chosen.home), "SHECUN_SUPERVISED": "1", "PYTHONUNBUFFERED": "1"}


def _web_command(host: str, port: int, processes: int) -> list[str]:
    if sys.platform == "win32":
        waitress = [sys.executable, "-m", "waitress", f"--listen={host}:{port}"]
        return [*waitress, f"--threads={processes * THREADS}", "--call", APPLICATION]
    gunicorn = [sys.executable, "-m", "gunicorn", f"--bind={host}:{port}", f"--workers={processes}"]
    rules = ["--worker-class=gthread", f"--threads={THREADS}", "--timeout=120", "--max-requests=20000"]
    return [
        *gunicorn,
        *rules,
        "--max-requests-jitter=2000",
        "--log-level=warning",
        "app.factory:create_app()",
    ]


def _require_free(host: str, port: int) -> None:
    """Refuse a taken port before anything is started."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            cure = "请关闭占用它的程序，或换一个端口：PORT=8001 shecun serve"
            raise Refusal(f"端口 {port} 不能使用（{error.strerror}）；{cure}") from error

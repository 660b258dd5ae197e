"""Runs `oncall` as a process of its own, with an environment that says what the test says and nothing else."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.serving import free_socket

STARTS_WITHIN_S = 60
STOPS_WITHIN_S = 20
LOOKS_EVERY_S = 0.05
ONCALL = (sys.executable, "-m", "oncall")


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Ours without any setting of the service, and these settings."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith("ONCALL_")}, **settings}


def run(
    *arguments: str, settings: Mapping[str, str], folder: Path, python_path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end; `python_path` is where another version of the service lies."""
    given = environment(settings)
    if python_path is not None:
        given["PYTHONPATH"] = str(python_path)
    return subprocess.run(
        [*ONCALL, *arguments],
        cwd=python_path or folder,
        env=given,
        capture_output=True,
        text=True,
        timeout=STARTS_WITHIN_S,
        check=False,
    )


def until(happened: Callable[[], bool], *, within_s: float) -> bool:
    """Whether it happened in time."""
    waiting = threading.Event()
    for _ in range(int(within_s / LOOKS_EVERY_S)):
        if happened():
            return True
        waiting.wait(LOOKS_EVERY_S)
    return happened()


class Served:
    """A running `oncall serve`."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process, self.url = process, url
        self.http = httpx.Client(base_url=url, timeout=5, trust_env=False)

    def status(self, path: str) -> int:
        """How a GET is answered; 0 while nobody does."""
        try:
            return self.http.get(path).status_code
        except httpx.HTTPError:
            return 0

    def stops(self) -> bool:
        """Asks it to stop; whether it ended in time as one that was asked to, in order."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOPS_WITHIN_S) in {0, -signal.SIGTERM}


@contextmanager
def served(*options: str, settings: Mapping[str, str], folder: Path) -> Iterator[Served]:
    """`oncall serve` on a free port, ready; killed in the end if it still runs."""
    listening, url = free_socket()
    port = listening.getsockname()[1]
    listening.close()
    command = [*ONCALL, "serve", "--port", str(port), *options]
    given = environment({"ONCALL_PUBLIC_URL": url, **settings})
    log = folder / f"serve-{port}.log"
    with log.open("w") as written:
        process = subprocess.Popen(command, cwd=folder, env=given, stdout=written, stderr=written, text=True)
    running = Served(process, url)
    try:
        until(lambda: running.status("/readyz") == 200 or process.poll() is not None, within_s=STARTS_WITHIN_S)
        assert running.status("/readyz") == 200, log.read_text()
        yield running
    finally:
        running.http.close()
        if process.poll() is None:
            process.kill()
            process.wait(STOPS_WITHIN_S)

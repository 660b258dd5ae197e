"""Fresh databases built by the migrations, one for each test: a copied file on SQLite, a template on PostgreSQL."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from oncall.db import migrations
from oncall.db.database import Database
from oncall.db.sealing import Keyring

SECRET = "a-key-for-the-tests-of-the-on-call-line"
KEYRING = Keyring([SECRET])
_numbers = itertools.count()


def build_file(path: Path) -> None:
    """Builds an embedded database to copy from."""
    database = Database(f"sqlite:///{path}", KEYRING)
    migrations.ready(database)
    database.close()


def copy_of(template: Path, folder: Path) -> str:
    """The address of a fresh copy of an embedded database."""
    path = folder / f"oncall-{next(_numbers)}.db"
    shutil.copy(template, path)
    return f"sqlite:///{path}"


class Postgres:
    """A server with a migrated template to clone from."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._admin = create_engine(url, isolation_level="AUTOCOMMIT")
        self._create("template_oncall", "template0")
        database = Database(self.address("template_oncall"), KEYRING)
        migrations.ready(database)
        database.close()

    def address(self, name: str) -> str:
        """The address of one of the server's databases."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def _create(self, name: str, template: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))

    @contextmanager
    def fresh(self, template: str = "template_oncall") -> Iterator[str]:
        """The address of a fresh database, dropped afterwards."""
        name = f"oncall_{next(_numbers)}"
        self._create(name, template)
        try:
            yield self.address(name)
        finally:
            with self._admin.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def close(self) -> None:
        """Lets go of the server."""
        self._admin.dispose()

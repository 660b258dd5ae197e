"""One breach for each rule that is read off the source: the file it is planted in, and what it says."""

from collections.abc import Callable, Iterator

from tests.house import source
from tests.house.source import Module

Rule = Callable[[Module], Iterator[str]]

BREACHES: list[tuple[Rule, str, str]] = [
    (source.long_file, "oncall/long.py", "A = 1\n" * 301),
    (source.long_function, "oncall/long.py", "def long() -> None:\n" + "    A = 1\n" * 40),
    (source.silent_name, "oncall/people/utils.py", '"""Odds and ends."""\n'),
    (source.silent_name, "oncall/helpers/odd.py", '"""Odds and ends."""\n'),
    (source.no_docstring, "oncall/people/odd.py", "A = 1\n"),
    (source.commit, "oncall/people/odd.py", "def store(session):\n    session.commit()\n"),
    (source.reads_the_time, "oncall/people/odd.py", "from datetime import datetime\nAT = datetime.now()\n"),
    (source.reads_the_time, "rota/odd.py", "import datetime\nAT = datetime.datetime.utcnow()\n"),
    (source.reads_the_time, "oncall/people/odd.py", "import datetime\nAT = datetime.date.today()\n"),
    (source.reads_the_time, "oncall/people/odd.py", "import time\nAT = time.time()\n"),
    (source.time_by_the_database, "oncall/people/models.py", "at = mapped_column(server_default=text('now()'))\n"),
    (source.reads_the_environment, "oncall/people/odd.py", "import os\nA = os.environ['A']\n"),
    (source.reads_the_environment, "oncall/people/odd.py", "import os\nA = os.getenv('A')\n"),
    (source.sleeps, "tests/test_odd.py", "import time\ntime.sleep(1)\n"),
    (source.sleeps, "tests/test_odd.py", "from time import sleep\n"),
    (source.fakes_by_patching, "tests/test_odd.py", "from unittest.mock import patch\n"),
    (source.fakes_by_patching, "tests/test_odd.py", "import freezegun\n"),
    (source.inner_import, "oncall/people/odd.py", "def late():\n    import json\n"),
    (source.relative_import, "oncall/people/odd.py", "from . import models\n"),
    (source.words_of_others, "oncall/people/odd.py", "def find_user() -> None: ...\n"),
    (source.words_of_others, "oncall/people/odd.py", "class PatientFile: ...\n"),
    (source.words_of_others, "oncall/people/odd.py", "def send(alert): ...\n"),
    (source.words_of_others, "oncall/people/odd.py", "ticket = 1\n"),
    (source.background_task, "oncall/texts/odd.py", "from fastapi import BackgroundTasks\n"),
    (source.eager_relationship, "oncall/people/models.py", "phones = relationship()\n"),
    (source.eager_relationship, "oncall/people/models.py", "phones = relationship(lazy='joined')\n"),
    (source.talkative_log, "oncall/people/odd.py", "log.info(f'{name} found')\n"),
    (source.talkative_log, "oncall/people/odd.py", "log.info('found', phone=phone)\n"),
    (source.talkative_log, "oncall/people/odd.py", "log.info('found', who=person.name)\n"),
    (source.talkative_log, "oncall/people/odd.py", "log.info('found', who=f'{person}')\n"),
    (source.talkative_log, "oncall/people/odd.py", "log.info('found', **person)\n"),
    (source.talkative_log, "oncall/people/odd.py", "log.warning('odd', exc_info=True)\n"),
    (source.talkative_log, "oncall/people/odd.py", "log.exception('odd')\n"),
]

KEPT: list[tuple[Rule, str, str]] = [
    (source.commit, "oncall/db/database.py", "def store(session):\n    session.commit()\n"),
    (source.reads_the_time, "oncall/clock.py", "from datetime import datetime\nAT = datetime.now()\n"),
    (source.reads_the_environment, "oncall/settings.py", "import os\nA = os.environ['A']\n"),
    (source.sleeps, "oncall/lab/runner.py", "import time\ntime.sleep(1)\n"),
    (source.eager_relationship, "oncall/people/models.py", "phones = relationship(lazy='raise')\n"),
    (source.talkative_log, "oncall/people/odd.py", "log.info('found', incident=str(id), error=type(error).__name__)\n"),
    (source.words_of_others, "oncall/people/odd.py", "def use() -> None: ...\n"),
]
"""What the same rules let stand."""

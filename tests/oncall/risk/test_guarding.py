"""A suggester that fails or hangs holds nothing up."""

import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from oncall.people.severity import Severity
from oncall.risk.guarding import MOST_AT_ONCE, Guarded, NotAssessed
from oncall.risk.suggest import Scan

CALM = Scan(severity=Severity.ROUTINE, flags=())


def test_what_is_said_in_time_is_given() -> None:
    assert Guarded(lambda text: CALM)("all quiet") == CALM


def test_a_failure_is_told_by_its_kind_and_never_by_the_words() -> None:
    def fails(text: str) -> Scan:
        raise ValueError(text)

    with pytest.raises(NotAssessed, match="ValueError") as told:
        Guarded(fails)("a secret")
    assert "secret" not in str(told.value)


def test_one_that_hangs_is_given_up_and_when_all_hang_the_next_is_not_waited_for() -> None:
    hangs = Event()

    def hanging(text: str) -> Scan:
        hangs.wait(20)
        return CALM

    guarded = Guarded(hanging, within=0.01)
    for _ in range(MOST_AT_ONCE + 2):
        with pytest.raises(NotAssessed):
            guarded("anything")
    hangs.set()
    guarded.close()


READY = """
from oncall.risk.concepts.everyday import _senses
from oncall.risk.model.weights import weights
from oncall.wiring import open_suggester

open_suggester().close()
assert _senses.cache_info().currsize == 1
assert "_counted" in vars(weights())
"""


def test_all_that_is_reckoned_once_is_ready_before_the_first_text() -> None:
    """The first text after a start would else be too late to be assessed, and its danger not told."""
    subprocess.run([sys.executable, "-c", READY], check=True, cwd=Path(__file__).parents[3], timeout=60)

"""When it is done: all of it at the start and hourly, the chain each minute."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from oncall.clock import ManualClock
from oncall.paging.outage.standby import Standby


@dataclass
class Noted:
    """Keeps and publishes by writing down that it was asked to."""

    done: list[str] = field(default_factory=list)
    fails: bool = False

    def keep(self) -> None:
        self.done.append("keep")
        if self.fails:
            raise ConnectionError

    def publish(self, *, afresh: bool = False) -> None:
        self.done.append("publish afresh" if afresh else "publish")


def test_it_is_asked_often_and_does_what_is_due(clock: ManualClock) -> None:
    noted = Noted()
    standby = Standby(clock, keeper=noted, publisher=noted)
    for _ in range(361):  # an hour and ten seconds
        standby.look()
        clock.move(timedelta(seconds=10))
    assert noted.done == ["keep", "publish afresh", *["publish"] * 59, "keep", "publish afresh"]


def test_without_a_publisher_only_the_numbers_are_kept(clock: ManualClock) -> None:
    noted = Noted()
    standby = Standby(clock, keeper=noted, publisher=None)
    for _ in range(3):
        standby.look()
        clock.move(timedelta(minutes=1))
    assert noted.done == ["keep"]


def test_numbers_that_cannot_be_kept_do_not_stop_the_chain(clock: ManualClock) -> None:
    noted = Noted(fails=True)
    standby = Standby(clock, keeper=noted, publisher=noted)
    with pytest.raises(ConnectionError):
        standby.look()
    assert noted.done == ["keep", "publish afresh"]
    clock.move(timedelta(minutes=1))
    standby.look()
    assert noted.done == ["keep", "publish afresh", "publish"]

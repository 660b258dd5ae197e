"""The heartbeat: it beats only while ticks are fresh, and is never itself a trouble."""

from datetime import datetime, timedelta

import httpx
import pytest

from oncall.clock import ManualClock
from oncall.paging.watchdog import OLDEST_TICK, Watchdog

URL = "https://watchdog.example/beat"


class Outside:
    """The outside watchdog."""

    def __init__(self, answer: int | Exception = 200) -> None:
        self.answer, self.beats = answer, 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert str(request.url) == URL
        self.beats += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return httpx.Response(self.answer)


def beats(clock: ManualClock, outside: Outside, ticked_at: datetime | None) -> bool:
    watchdog = Watchdog(URL, clock, lambda: ticked_at, transport=httpx.MockTransport(outside))
    heard = watchdog.beat()
    watchdog.close()
    return heard


@pytest.mark.parametrize(
    ("ago", "is_fresh"),
    [(timedelta(0), True), (OLDEST_TICK, True), (OLDEST_TICK + timedelta(seconds=1), False), (None, False)],
)
def test_it_beats_only_while_ticks_are_fresh(clock: ManualClock, ago: timedelta | None, is_fresh: bool) -> None:
    """L23: an outside watchdog hears when ticks stop, by hearing nothing."""
    outside = Outside()
    ticked_at = None if ago is None else clock.now() - ago
    assert beats(clock, outside, ticked_at) is is_fresh
    assert outside.beats == is_fresh


@pytest.mark.parametrize("answer", [500, 404, httpx.ConnectError("away"), httpx.ReadTimeout("slow")])
def test_a_beat_that_is_not_heard_is_said_and_raises_nothing(clock: ManualClock, answer: int | Exception) -> None:
    outside = Outside(answer)
    assert beats(clock, outside, clock.now()) is False
    assert outside.beats == 1

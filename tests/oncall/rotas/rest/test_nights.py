"""Which nights were disturbed: tables by the team's clocks, the nights on which they change among them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncall.rotas.rest.nights import disturbed
from oncall.rotas.rest.working import WorkedSpell

LONDON = ZoneInfo("Europe/London")


def _utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "nights"),
    [
        ("2026-03-14T22:00", "2026-03-14T23:00", []),
        ("2026-03-14T22:00", "2026-03-14T23:01", [("2026-03-14", 1)]),
        ("2026-03-14T03:10", "2026-03-14T03:40", [("2026-03-13", 30)]),
        ("2026-03-14T05:50", "2026-03-14T07:00", [("2026-03-13", 10)]),
        ("2026-03-14T06:00", "2026-03-14T07:00", []),
        ("2026-03-14T05:00", "2026-03-15T00:00", [("2026-03-13", 60), ("2026-03-14", 60)]),
        ("2026-03-28T22:00", "2026-03-29T06:00", [("2026-03-28", 6 * 60)]),  # clocks go forward: 23:00 to 06:00 BST
        ("2026-10-24T21:00", "2026-10-25T07:00", [("2026-10-24", 8 * 60)]),  # and back: from 22:00 UTC to 06:00 UTC
        ("2026-07-14T22:00", "2026-07-14T22:30", [("2026-07-14", 30)]),  # 23:00 by summer time
    ],
)
def test_a_spell_disturbs_the_nights_it_reaches_into(start: str, end: str, nights: list[tuple[str, int]]) -> None:
    found = disturbed([WorkedSpell("sam", _utc(start), _utc(end))], LONDON)
    assert [(one.night.isoformat(), one.worked_for // timedelta(minutes=1)) for one in found] == nights
    assert all(one.last_ended_at == _utc(end) for one in found)


def test_a_night_is_one_however_often_it_was_disturbed() -> None:
    first = WorkedSpell("sam", _utc("2026-03-14T01:00"), _utc("2026-03-14T01:10"))
    last = WorkedSpell("sam", _utc("2026-03-14T05:30"), _utc("2026-03-14T06:20"))
    (one,) = disturbed([first, last], LONDON)
    assert (one.night, one.worked_for, one.last_ended_at) == (date(2026, 3, 13), timedelta(minutes=40), last.end)

"""A team file's rota as values that are reckoned with."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from oncall.people.teamfile.values import Moment
from oncall.rotas.written import instant_of, rota_of
from rota.local_time import EARLIEST, LATEST
from rota.patterns import EVERY_DAY, DailyCover, HoursCover, Layer, Override, Turn, Unit, WeeklyCover
from tests.oncall.rotas.files import EXAMPLE, team_file

LONDON = ZoneInfo("Europe/London")


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_every_form_becomes_its_value() -> None:
    rota = rota_of(team_file(EXAMPLE).rota, zone=LONDON)
    assert rota.zone is LONDON
    assert rota.tiers == {
        "duty": (
            Layer(
                "Weeknights",
                ("sam", "eli"),
                Turn(1, Unit.WEEK, time(17), date(2026, 1, 5)),
                (DailyCover(time(17), time(9), frozenset({0, 1, 2, 3})),),
            ),
            Layer(
                "Weekends",
                ("eli", "sam"),
                Turn(1, Unit.WEEK, time(17), date(2026, 1, 9)),
                (WeeklyCover(4, time(17), 0, time(9)),),
            ),
            Layer(
                "Lunches",
                ("mair",),
                Turn(6, Unit.HOUR, time(9), date(2026, 2, 1)),
                (DailyCover(time(12), time(13), EVERY_DAY), HoursCover(time(14), 2, frozenset({2}))),
            ),
        ),
        "backup": (),
    }
    assert rota.overrides == (
        Override("duty", "eli", _utc("2026-12-24T17:00"), _utc("2026-12-25T09:00")),
        Override("duty", "mair", _utc("2026-12-25T00:00"), _utc("2026-12-26T00:00")),
        Override("backup", "sam", _utc("2026-10-25T00:30"), _utc("2026-10-25T00:45")),  # the first time round
        Override("backup", "pat", _utc("2026-10-25T01:00"), _utc("2026-10-25T03:00")),
    )


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-07-01T09:00", "2026-07-01T08:00"),
        ("2026-07-01", "2026-06-30T23:00"),
        ("2026-10-25T01:30", "2026-10-25T00:30"),  # twice: the first
        ("2026-03-29T01:30", "2026-03-29T01:00"),  # skipped: after the gap
        ("2026-07-01T09:00-05:00", "2026-07-01T14:00"),
    ],
)
def test_an_instant_means(written: str, at: str) -> None:
    assert instant_of(Moment(written, datetime.fromisoformat(written)), zone=LONDON) == _utc(at)


@pytest.mark.parametrize(
    ("written", "edge"),
    [
        ("0001-01-01T00:00", EARLIEST),
        ("9999-12-31T23:59", LATEST),
        ("9999-12-31T23:59-12:00", LATEST),
        ("0001-01-01T00:00+12:00", EARLIEST),
    ],
)
def test_an_instant_beyond_what_is_reckoned_is_its_edge(written: str, edge: datetime) -> None:
    for zone in (LONDON, ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")):
        assert instant_of(Moment(written, datetime.fromisoformat(written)), zone=zone) == edge

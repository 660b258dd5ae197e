"""Who is on call, of a stored rota: now, later, and as it was known then."""

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from oncall.people.models import Team
from oncall.rotas.answers import show, tiers, who
from oncall.rotas.duty import record_duty
from oncall.rotas.queries import on_leave
from oncall.rotas.written import rota_of
from rota import resolve
from rota.resolve import Shift
from tests.oncall.rotas.conftest import Load
from tests.oncall.rotas.files import DAILY, EXAMPLE, overrides, team_file

LONDON = ZoneInfo("Europe/London")
LINES = (
    "duty mair 2026-03-03T09:00 2026-03-05T09:00",
    "duty pat 2026-03-04T21:00 2026-03-09T12:00",
    "duty eli 2026-03-07T00:00 2026-03-20T00:00",
)
OTHERS = DAILY.replace("people: [sam, eli]", "people: [mair]").replace("layer: Daily", "layer: Always")


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _person(session: Session, team: Team, at: str, tier: str = "duty") -> str | None:
    held = who(session, team, at=_utc(at))[tier]
    return held and held.person


def _shown(session: Session, team: Team, start: str, end: str) -> list[tuple[str, str | None]]:
    shifts = show(session, team, start=_utc(start), end=_utc(end))["duty"]
    assert (shifts[0].start, shifts[-1].end) == (_utc(start), _utc(end))
    return [(f"{shift.start:%d %H:%M}", shift.person) for shift in shifts]


def test_what_is_stored_answers_as_its_file_does(session: Session, load: Load) -> None:
    team = load(EXAMPLE)
    rota = rota_of(team_file(EXAMPLE).rota, zone=LONDON)
    start, end = _utc("2026-10-01T00:00"), _utc("2027-01-05T00:00")
    assert show(session, team, start=start, end=end) == resolve.show(rota, start, end)
    for hours in range(0, 96 * 24, 7):
        at = start + timedelta(hours=hours)
        assert who(session, team, at=at) == resolve.who(rota, at)


def test_a_team_without_a_rota_has_no_tiers(session: Session, load: Load) -> None:
    team = Team(id=load(DAILY).id, time_zone="Europe/London")
    other = Team(time_zone="Europe/London")
    start, end = _utc("2026-01-01T00:00"), _utc("2026-01-02T00:00")
    assert tiers(session, team, start=start, end=end) == ["duty", "manager"]
    assert tiers(session, other, start=start, end=end) == []
    assert who(session, other, at=_utc("2026-01-01T00:00")) == {}
    assert show(session, other, start=start, end=end) == {}


def test_teams_do_not_see_each_other(session: Session, load: Load) -> None:
    one = load(overrides("duty mair 2026-02-01T00:00 2026-03-01T00:00"))
    other = load(OTHERS.replace("mair", "eli"), slug="caerphilly", number=2)
    assert _person(session, one, "2026-02-10T12:00") == "mair"
    assert _person(session, other, "2026-02-10T12:00") == "eli"


def test_l39_a_change_of_rota_does_not_rewrite_the_past(session: Session, load: Load) -> None:
    load(DAILY)
    team = load(OTHERS, at="2026-03-10T12:00")
    assert _person(session, team, "2026-03-09T12:00") == "eli"
    assert _person(session, team, "2026-03-10T11:59:59") == "sam"
    assert _person(session, team, "2026-03-10T12:00") == "mair"
    assert _shown(session, team, "2026-03-09T12:00", "2026-03-20T00:00") == [
        ("09 12:00", "eli"),
        ("10 09:00", "sam"),
        ("10 12:00", "mair"),
    ]
    held = who(session, team, at=_utc("2026-03-10T10:00"))["duty"]
    assert held is not None
    assert held.until == _utc("2026-03-10T12:00")


def test_l39_an_override_written_or_taken_off_later_does_not_rewrite_the_past(session: Session, load: Load) -> None:
    load(overrides("duty mair 2026-03-09T09:00 2026-03-11T09:00"))
    load(DAILY, at="2026-03-10T12:00")
    team = load(overrides("duty pat 2026-03-09T09:00 2026-03-12T09:00"), at="2026-03-10T18:00")
    assert _shown(session, team, "2026-03-09T00:00", "2026-03-13T09:00") == [
        ("09 00:00", "sam"),
        ("09 09:00", "mair"),
        ("10 12:00", "sam"),
        ("10 18:00", "pat"),
        ("12 09:00", "sam"),
    ]


def test_before_the_first_rota_was_written_it_is_taken_to_have_stood(session: Session, load: Load) -> None:
    team = load(overrides("duty mair 2026-02-01T09:00 2026-02-02T09:00"), at="2026-06-01T00:00")
    assert _person(session, team, "2026-02-01T12:00") == "mair"
    assert _person(session, team, "2026-02-02T12:00") == "sam"
    assert _shown(session, team, "2026-02-01T12:00", "2026-02-03T00:00") == [("01 12:00", "mair"), ("02 09:00", "sam")]


def test_a_tier_that_came_later_is_a_gap_before(session: Session, load: Load) -> None:
    load(DAILY)
    team = load(DAILY.replace("manager", "backup"), at="2026-03-10T12:00")
    shown = show(session, team, start=_utc("2026-03-10T00:00"), end=_utc("2026-03-11T00:00"))
    assert list(shown) == ["duty", "backup", "manager"]
    noon, end = _utc("2026-03-10T12:00"), _utc("2026-03-11T00:00")
    assert shown["backup"][1] == Shift(noon, end, "pat", "layer Managers")
    assert shown["manager"][1] == Shift(noon, end, None, None)


def test_who_is_on_leave_is_known_by_the_instant(session: Session, load: Load) -> None:
    team = load(EXAMPLE)  # Sam is away from 1 August to 15 August, 00:00 in London
    for at, away in (
        ("2026-07-31T22:59", set()),
        ("2026-07-31T23:00", {"sam"}),
        ("2026-08-14T22:59", {"sam"}),
        ("2026-08-14T23:00", set()),
    ):
        assert on_leave(session, team_id=team.id, at=_utc(at)) == away
    load(DAILY, at="2026-08-10T00:00")
    assert on_leave(session, team_id=team.id, at=_utc("2026-08-09T12:00")) == {"sam"}
    assert on_leave(session, team_id=team.id, at=_utc("2026-08-10T12:00")) == set()


@pytest.mark.parametrize("at", [datetime.max.replace(tzinfo=UTC), datetime(1066, 10, 14, tzinfo=UTC)])
def test_what_no_rota_can_be_asked_is_refused(session: Session, load: Load, at: datetime) -> None:
    team = load(DAILY)
    with pytest.raises(ValueError, match="between the years"):
        who(session, team, at=at)
    with pytest.raises(ValueError, match="after the start"):
        show(session, team, start=_utc("2026-01-02T00:00"), end=_utc("2026-01-02T00:00"))


def test_l37_the_live_answer_asks_twice_whatever_the_history(session: Session, load: Load) -> None:
    days = [datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=number) for number in range(60)]
    lines = [f"duty mair {day:%Y-%m-%dT%H:%M} {day + timedelta(hours=8):%Y-%m-%dT%H:%M}" for day in days]
    team = load(overrides(*lines))
    session.flush()
    asked: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert _person(session, team, "2026-06-01T12:00") == "eli"
    assert len(asked) == 2


WHEN = st.integers(0, 40).map(lambda halves: _utc("2026-03-01T00:00") + timedelta(hours=12 * halves))
ROTAS = (DAILY, OTHERS, *(overrides(*lines) for lines in combinations(LINES, 2)))


@given(
    history=st.lists(
        st.tuples(WHEN, st.sampled_from(ROTAS)), min_size=1, max_size=5, unique_by=lambda change: change[0]
    ),
    looks=st.lists(WHEN),
)
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_equals_show_and_the_rota_of_the_time(
    session: Session, load: Load, history: list[tuple[datetime, str]], looks: list[datetime]
) -> None:
    savepoint = session.begin_nested()
    try:
        _play(session, load, sorted(history, key=lambda change: change[0]), looks)
    finally:
        savepoint.rollback()
        session.expunge_all()


def _play(session: Session, load: Load, history: list[tuple[datetime, str]], looks: list[datetime]) -> None:
    """Loads each rota at its time, looks at who is on duty now and then, and asks about every time of it."""
    for at, rota in history:
        team = load(rota, at=at.replace(tzinfo=None).isoformat())
        for look in sorted([at, *looks]):
            if look >= at and not any(at < later <= look for later, _ in history):
                record_duty(session, team, at=look)
    start, end = _utc("2026-02-20T00:00"), _utc("2026-04-10T00:00")
    shifts = show(session, team, start=start, end=end)["duty"]
    assert all(one.end == other.start for one, other in pairwise(shifts))
    for hours in range(0, 40 * 24, 31):
        at = start + timedelta(hours=hours)
        known = [rota for changed, rota in history if changed <= max(at, history[0][0])]
        planned = resolve.who(rota_of(team_file(known[-1]).rota, zone=LONDON), at)["duty"]
        shown = next(shift for shift in shifts if shift.start <= at < shift.end)
        held = who(session, team, at=at)["duty"]
        assert planned is not None
        assert held is not None
        assert (held.person, held.because) == (shown.person, shown.because) == (planned.person, planned.because)
        assert held.until == shown.end or shown.end == end

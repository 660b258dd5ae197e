"""No clock change between 2020 and 2035 opens or doubles a minute, whenever the rota was made (L31)."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rota.local_time import wall_clock
from rota.patterns import DailyCover, Layer, Rota, Turn, Unit, WeeklyCover
from rota.resolve import Shift, show, who
from tests.rota import oracle
from tests.rota.strategies import ZONES, times, zones

FROM, TO = date(2020, 1, 1), date(2035, 12, 31)
LAST = datetime(2036, 1, 1, tzinfo=UTC)
PEOPLE = ("sam", "eli", "mair")

days = st.dates(FROM, TO)
turns = st.builds(Turn, st.integers(1, 2), st.sampled_from([Unit.DAY, Unit.WEEK]), times, days)


@given(zones, turns)
@settings(deadline=None, max_examples=60)
def test_a_rota_of_all_hours_never_opens_or_doubles_a_minute(zone: str, turn: Turn) -> None:
    there = ZoneInfo(zone)
    shifts = _shown(Rota(there, {"duty": (Layer("All", PEOPLE, turn),)}), turn.starts)
    assert [shift.person for shift in shifts] == [PEOPLE[number % 3] for number in range(len(shifts))]
    for shift in shifts[1:]:
        assert wall_clock(shift.start, there).time() == turn.at or _is_in_a_gap(shift.start, turn.at, there)


@given(zones, days, times, st.integers(0, 6), times)
@settings(deadline=None, max_examples=25)
def test_windows_that_meet_on_the_wall_never_leave_a_gap(
    zone: str, starts: date, morning: time, day: int, evening: time
) -> None:
    turn = Turn(1, Unit.WEEK, evening, starts)
    mornings = Layer("Mornings", PEOPLE, turn, (DailyCover(morning, evening),))
    nights = Layer("Nights", PEOPLE, turn, (DailyCover(evening, morning),))
    week = Layer("Week", PEOPLE, turn, (WeeklyCover(day, evening, (day + 3) % 7, morning),))
    rest = Layer("Rest", PEOPLE, turn, (WeeklyCover((day + 3) % 7, morning, day, evening),))
    for layers in ((mornings, nights), (week, rest), (mornings, nights, week)):
        until = datetime.combine(starts, time(0), tzinfo=UTC) + timedelta(days=800)
        _shown(Rota(ZoneInfo(zone), {"duty": layers}), starts, until=min(until, LAST))


@pytest.mark.parametrize("zone", ZONES)
def test_l31_made_on_any_day_round_any_change_of_its_clock(zone: str) -> None:
    there = ZoneInfo(zone)
    for change in _changes(there):
        for ago in range(8):
            for at in (time(0), time(1, 30), time(2), time(17)):
                made = change.date() - timedelta(days=ago)
                layer = Layer("All", PEOPLE, Turn(1, Unit.DAY, at, made))
                _shown(Rota(there, {"duty": (layer,)}), made, until=change + timedelta(days=9))


@pytest.mark.parametrize("zone", ["Africa/Cairo", "America/Havana", "Australia/Lord_Howe", "Europe/London"])
def test_on_the_day_the_clock_changes_who_is_right_in_every_minute(zone: str) -> None:
    there = ZoneInfo(zone)
    for change in _changes(there)[:2]:
        starts = change.date() - timedelta(days=3)
        at = time(1, 30) if zone != "Africa/Cairo" else time(0, 30)
        nights = DailyCover(time(23, 45), at)
        daily = Layer("Daily", PEOPLE, Turn(1, Unit.DAY, at, starts))
        nightly = Layer("Nightly", PEOPLE[:2], Turn(7, Unit.HOUR, at, starts), (nights,))
        rota = Rota(there, {"duty": (daily, nightly)})
        begins = datetime.combine(change.date() - timedelta(days=1), time(9), tzinfo=UTC)
        expected = oracle.answers(rota, "duty", begins, begins + timedelta(days=1.5))
        for minute, answer in enumerate(expected):
            held = who(rota, begins + timedelta(minutes=minute))["duty"]
            assert (held and (held.person, held.because)) == answer


def _shown(rota: Rota, starts: date, until: datetime = LAST) -> tuple[Shift, ...]:
    """What is shown from the first handover on; no minute of it open, none twice."""
    shifts = show(rota, datetime.combine(starts, time(0), tzinfo=UTC) - timedelta(days=2), until + timedelta(days=1))
    gap, *held = shifts["duty"]
    assert gap.person is None, "nobody holds it before the first handover"
    assert all(shift.person for shift in held)
    assert all(one.end == other.start for one, other in pairwise([gap, *held]))
    return tuple(held)


def _is_in_a_gap(at: datetime, wall: time, zone: ZoneInfo) -> bool:
    """Whether the clock, just before, had not yet reached `wall`, and has now passed it."""
    before, after = wall_clock(at - timedelta(microseconds=1), zone), wall_clock(at, zone)
    skipped = datetime.combine(before.date(), wall)
    return any(before < day <= after for day in (skipped, skipped + timedelta(days=1)))


def _changes(zone: ZoneInfo) -> list[datetime]:
    """The days on which the clock changes, 2020 to 2035."""
    first = datetime.combine(FROM, time(12), tzinfo=UTC)
    noons = [first + timedelta(days=number) for number in range((TO - FROM).days)]
    offsets = [noon.astimezone(zone).utcoffset() for noon in noons]
    return [noon for noon, one, other in zip(noons[1:], offsets, offsets[1:], strict=False) if one != other]

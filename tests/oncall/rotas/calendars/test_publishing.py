"""What is read at a calendar's address: the resolver's shifts, with changes told so that calendars follow them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from oncall.db.database import Database
from oncall.people.queries import practitioner_by_slug
from oncall.rotas.calendars.models import CalendarEvent
from oncall.rotas.calendars.publishing import KEPT_FOR, read_calendar
from oncall.rotas.duty import record_duty
from rota.resolve import Shift
from tests.databases import KEYRING
from tests.oncall.rotas.calendars import readers
from tests.oncall.rotas.calendars.conftest import NOW, PUBLIC, Place
from tests.oncall.rotas.files import DAILY, EXAMPLE, overrides

DAY = timedelta(days=1)
NAMES = {"sam": "Sam Rees", "eli": "Eli Morgan", "mair": "Mair Price", "pat": "Pat Hughes"}
SWAP = '  overrides:\n    - {tier: duty, person: mair, from: "2026-11-03T18:00", to: "2026-11-03T20:00"}\n'
NOBODY = """
  tiers:
    duty: []
"""


def swapped() -> str:
    """The example, with Mair in the middle of Sam's or Eli's night of the 3rd of November."""
    return EXAMPLE.replace("  overrides:\n", SWAP)


def seen(text: str, place: Place) -> set[tuple[datetime, datetime, str]]:
    """The confirmed events, cut to what the resolver was asked for."""
    begins, ends = place.clock.now() - 31 * DAY, place.clock.now() + 366 * DAY
    found = ((max(e.start, begins), min(e.end, ends), e.summary) for e in readers.confirmed(text))
    return {one for one in found if one[0] < one[1]}


def expected(shown: dict[str, list[Shift]], person: str | None = None) -> set[tuple[datetime, datetime, str]]:
    return {
        (shift.start, shift.end, f"{tier}: {NAMES[shift.person or '']}" if person is None else f"On call: {tier}")
        for tier, shifts in shown.items()
        for shift in shifts
        if person in {None, shift.person}
    }


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_sqlite
@pytest.mark.parametrize("zone", ["Europe/London", "America/St_Johns", "Australia/Lord_Howe", "America/Havana"])
@pytest.mark.parametrize("rota", [EXAMPLE, DAILY])
def test_a_calendar_is_what_the_resolver_says_however_it_is_read(place: Place, rota: str, zone: str) -> None:
    place.load(rota, zone=zone)
    text = place.read(place.address()).text
    assert seen(text, place) == expected(place.shown())
    assert readers.by_vobject(text) == readers.by_the_letter(text)
    assert readers.by_icalendar(text, around=NOW) == readers.by_the_letter(text)


@on_sqlite
def test_a_persons_calendar_has_their_shifts_and_nobodys_name_but_in_its_title(place: Place) -> None:
    text = place.read(place.address("sam")).text
    assert seen(text, place) == expected(place.shown(), "sam")
    assert "X-WR-CALNAME:On call: Sam Rees\\, MIST torfaen" in readers.lines(text)
    assert "Eli" not in text
    assert "+44" not in text


@on_sqlite
def test_a_night_is_one_event_across_midnight_and_the_change_of_the_clocks(place: Place) -> None:
    found = {event.start.isoformat(): event for event in readers.confirmed(place.read(place.address()).text)}
    assert found["2026-10-26T17:00:00+00:00"].end.isoformat() == "2026-10-27T09:00:00+00:00"
    (changing,) = [event for event in found.values() if event.start.isoformat().startswith("2026-10-24T12")]
    assert changing.end.isoformat() == "2026-10-25T12:00:00+00:00"  # an hour more than by the clock


def test_a_change_is_told_once_with_a_higher_sequence_and_undone_higher_still(place: Place) -> None:
    secret = place.address()
    before = {event.uid: event for event in readers.events(place.read(secret).text)}
    place.clock.move(timedelta(hours=1))
    place.load(swapped())
    after = {event.uid: event for event in readers.events(place.read(secret).text)}
    touched = {uid for uid in before if before[uid] != after[uid]}
    (uid,) = touched
    assert (before[uid].start, after[uid].sequence) == (after[uid].start, before[uid].sequence + 1)
    new = [after[uid] for uid in after.keys() - before.keys()]
    assert sorted(event.summary for event in new)[1] == "duty: Mair Price"
    assert {event.sequence for event in new} == {0}
    place.clock.move(timedelta(hours=1))
    place.load(EXAMPLE)
    undone = {event.uid: event for event in readers.events(place.read(secret).text)}
    assert undone[uid].seen == before[uid].seen
    assert undone[uid].sequence == 2
    assert {(undone[event.uid].status, undone[event.uid].sequence) for event in new} == {("CANCELLED", 1)}
    assert all(undone[event.uid].summary.startswith("Cancelled: ") for event in new)
    place.clock.move(15 * DAY)
    later = {event.uid for event in readers.events(place.read(secret).text)}
    assert uid in later
    assert not {event.uid for event in new} & later


@on_sqlite
def test_who_gives_a_shift_away_sees_it_cancelled_and_who_gets_it_sees_it_new(place: Place) -> None:
    secrets = {person: place.address(person) for person in ("sam", "eli", "mair")}
    before = {person: readers.events(place.read(secret).text) for person, secret in secrets.items()}
    given = next(event for event in before["sam"] if event.start > NOW)
    line = f'    - {{tier: duty, person: eli, from: "{given.start.isoformat()}", to: "{given.end.isoformat()}"}}\n'
    place.load(EXAMPLE.replace("  overrides:\n", f"  overrides:\n{line}"))
    after = {person: readers.events(place.read(secret).text) for person, secret in secrets.items()}
    (cancelled,) = [event for event in after["sam"] if event.uid == given.uid]
    assert (cancelled.status, cancelled.sequence) == ("CANCELLED", 1)
    (got,) = [event for event in after["eli"] if event.start == given.start]
    assert (got.status, got.end) == ("CONFIRMED", given.end)
    assert got.uid != given.uid
    assert after["mair"] == before["mair"]


def test_reading_again_writes_nothing_and_says_the_same(place: Place) -> None:
    secret = place.address()
    first = place.read(secret)
    with place.database.reading() as session:
        rows = session.scalar(select(func.count()).select_from(CalendarEvent))
    assert place.read(secret) is first
    for move in (KEPT_FOR, timedelta(hours=1)):
        place.clock.move(move)
        again = place.read(secret)
        assert (again.text, again.mark) == (first.text, first.mark)
    with place.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(CalendarEvent)) == rows
        assert session.scalar(select(func.max(CalendarEvent.sequence))) == 0


def test_the_past_is_what_was_recorded(place: Place) -> None:
    place.load(overrides("duty mair 2026-10-20T09:00 2026-10-21T09:00"))
    with place.database.transaction() as session:
        record_duty(session, place.team(session), at=NOW)
    secret = place.address()
    before = place.read(secret).text
    place.clock.move(timedelta(hours=2))
    with place.database.transaction() as session:
        record_duty(session, place.team(session), at=place.clock.now())
    place.load(NOBODY)
    after = readers.confirmed(place.read(secret).text)
    past = {event.seen for event in readers.confirmed(before) if event.end <= NOW}
    assert past <= {event.seen for event in after}
    assert all(event.start < place.clock.now() for event in after)
    assert seen(place.read(secret).text, place) == expected(place.shown())


def test_processes_that_read_at_once_tell_the_same(place: Place, database_url: str) -> None:
    secret = place.address()
    others = [Database(database_url, KEYRING, info=PUBLIC) for _ in range(4)]
    for rota in (EXAMPLE, swapped()):
        place.load(rota)
        with ThreadPoolExecutor(len(others)) as processes:
            texts = list(processes.map(lambda other: place.read(secret, other).text, others))
        assert len(set(texts)) == 1
    assert max(event.sequence for event in readers.events(texts[0])) == 1
    for other in others:
        other.close()


def test_who_has_left_has_no_calendar_and_old_shifts_are_let_go(place: Place) -> None:
    secret = place.address("sam")
    place.read(secret)
    with place.database.reading() as session:
        rows = session.scalar(select(func.count()).select_from(CalendarEvent)) or 0
    place.clock.move(200 * DAY)
    place.read(secret)
    with place.database.transaction() as session:
        first = session.scalar(select(func.min(CalendarEvent.to_at)))
        assert first is not None
        assert first > place.clock.now() - 60 * DAY
        assert (session.scalar(select(func.count()).select_from(CalendarEvent)) or 0) < 2 * rows
        sam = practitioner_by_slug(session, team=place.team(session), slug="sam")
        assert sam is not None
        sam.is_active = False
    assert read_calendar(place.database, secret=secret, at=place.clock.now()) is None


@on_sqlite
def test_a_new_name_is_told_at_once(place: Place) -> None:
    secret = place.address()
    assert "duty: Sam Rees" in place.read(secret).text
    with place.database.transaction() as session:
        sam = practitioner_by_slug(session, team=place.team(session), slug="sam")
        assert sam is not None
        sam.name = "Sam Tudor"
    text = place.read(secret).text
    assert "duty: Sam Tudor" in text
    assert "Sam Rees" not in text


@on_sqlite
def test_a_rota_without_anybody_is_a_calendar_without_events(place: Place) -> None:
    place.load(NOBODY)
    assert readers.events(place.read(place.address()).text) == []

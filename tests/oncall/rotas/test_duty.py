"""Who really was on duty: recorded at the instants the rota says, once, and for good."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.db.database import Database
from oncall.people.actions import load_people
from oncall.people.models import Practitioner, Team
from oncall.rotas.actions import load_rota
from oncall.rotas.answers import show, who
from oncall.rotas.duty import continued, record_duty
from oncall.rotas.models import DutySpell
from oncall.rotas.queries import Spell
from rota.resolve import Shift
from tests.oncall.rotas.conftest import Load
from tests.oncall.rotas.files import DAILY, overrides, team_file

ALWAYS = DAILY.replace("people: [sam, eli]", "people: [mair]").replace("layer: Daily", "layer: Always")
WEEKNIGHTS = """
  tiers:
    duty:
      - layer: Nights
        people: [sam]
        turn: {every: 1, unit: day, at: "17:00", starts: 2026-01-01}
        cover: [{from: "17:00", to: "09:00"}]
"""
Line = tuple[str, str | None, str | None]


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _record(session: Session, team: Team, *looks: str) -> None:
    for look in looks:
        record_duty(session, team, at=_utc(look))


def _spells(session: Session, team: Team, tier: str = "duty") -> list[Line]:
    """From when, until when, who."""
    named = select(DutySpell.from_at, DutySpell.to_at, Practitioner.slug)
    joined = named.outerjoin(Practitioner, Practitioner.id == DutySpell.practitioner_id)
    of_tier = joined.where(DutySpell.team_id == team.id, DutySpell.tier == tier).order_by(DutySpell.from_at)
    spells = session.execute(of_tier).all()
    assert all(one.to_at is not None and one.to_at <= other.from_at for one, other in pairwise(spells))
    return [(f"{begins:%d %H:%M}", f"{ends:%d %H:%M}" if ends else None, person) for begins, ends, person in spells]


def test_spells_begin_and_end_when_the_rota_says(session: Session, load: Load) -> None:
    team = load(DAILY)
    _record(session, team, "2026-03-01T08:58", "2026-03-01T08:59", "2026-03-01T09:00:30", "2026-03-02T09:00")
    assert _spells(session, team) == [
        ("01 08:58", "01 09:00", "sam"),
        ("01 09:00", "02 09:00", "eli"),
        ("02 09:00", None, "sam"),
    ]
    assert _spells(session, team, "manager") == [("01 08:58", None, "pat")]


def test_looking_twice_changes_nothing(session: Session, load: Load) -> None:
    team = load(DAILY)
    _record(session, team, "2026-03-01T08:00", "2026-03-03T08:00")
    once = _spells(session, team)
    _record(session, team, "2026-03-03T08:00", "2026-03-02T08:00", "2026-02-01T08:00")
    assert _spells(session, team) == once


def test_what_was_missed_while_the_service_was_away_is_caught_up(session: Session, load: Load) -> None:
    team = load(DAILY)
    _record(session, team, "2026-03-01T08:00", "2026-03-05T08:00")
    assert _spells(session, team) == [
        ("01 08:00", "01 09:00", "sam"),
        ("01 09:00", "02 09:00", "eli"),
        ("02 09:00", "03 09:00", "sam"),
        ("03 09:00", "04 09:00", "eli"),
        ("04 09:00", None, "sam"),
    ]


def test_a_gap_is_recorded_as_one(session: Session, load: Load) -> None:
    team = load(WEEKNIGHTS)
    _record(session, team, "2026-03-01T08:00", "2026-03-02T12:00")
    assert _spells(session, team) == [
        ("01 08:00", "01 09:00", "sam"),
        ("01 09:00", "01 17:00", None),
        ("01 17:00", "02 09:00", "sam"),
        ("02 09:00", None, None),
    ]


def test_a_change_of_rota_ends_a_spell_when_it_comes_into_force(session: Session, load: Load) -> None:
    team = load(DAILY)
    _record(session, team, "2026-03-01T12:00")
    load(ALWAYS, at="2026-03-01T15:00")
    _record(session, team, "2026-03-04T12:00")
    assert _spells(session, team) == [("01 12:00", "01 15:00", "eli"), ("01 15:00", None, "mair")]


def test_a_change_in_the_instant_of_a_look_leaves_no_spell_without_time(session: Session, load: Load) -> None:
    team = load(DAILY)
    _record(session, team, "2026-03-01T12:00")
    load(ALWAYS, at="2026-03-01T12:00")
    _record(session, team, "2026-03-01T12:00")
    assert _spells(session, team) == [("01 12:00", None, "mair")]
    load(ALWAYS.replace("duty", "first"), at="2026-03-01T12:00")
    _record(session, team, "2026-03-01T12:00")
    assert _spells(session, team) == []
    assert _spells(session, team, "first") == [("01 12:00", None, "mair")]


def test_a_tier_that_goes_ends_and_one_that_comes_begins(session: Session, load: Load) -> None:
    team = load(DAILY)
    _record(session, team, "2026-03-01T12:00")
    load(DAILY.replace("manager", "backup"), at="2026-03-02T15:00")
    load(DAILY, at="2026-03-03T15:00")
    _record(session, team, "2026-03-04T12:00")
    assert _spells(session, team, "manager") == [("01 12:00", "02 15:00", "pat"), ("03 15:00", None, "pat")]
    assert _spells(session, team, "backup") == [("02 15:00", "03 15:00", "pat")]


def test_l39_the_record_answers_for_the_past(session: Session, load: Load) -> None:
    team = load(DAILY)
    _record(session, team, "2026-03-01T08:00", "2026-03-03T08:00")
    worked = select(Practitioner.id).where(Practitioner.slug == "mair", Practitioner.team_id == team.id)
    swapped = session.scalars(select(DutySpell).where(DutySpell.from_at == _utc("2026-03-01T09:00"))).one()
    swapped.practitioner_id = session.scalars(worked).one()
    session.flush()
    held = who(session, team, at=_utc("2026-03-01T20:00"))["duty"]
    assert held is not None
    assert (held.person, held.until) == ("mair", _utc("2026-03-02T09:00"))
    shown = show(session, team, start=_utc("2026-03-01T20:00"), end=_utc("2026-03-05T00:00"))["duty"]
    assert [shift.person for shift in shown] == ["mair", "sam", "eli", "sam"]


def test_a_team_without_a_rota_has_no_record(session: Session, load: Load) -> None:
    load(DAILY)
    file = team_file(DAILY, slug="caerphilly", number=2)
    bare = load_people(session, file, at=_utc("2026-01-01T00:00"))
    _record(session, bare, "2026-03-01T12:00")
    assert _spells(session, bare) == []


def test_two_processes_that_look_at_once_record_once(database: Database) -> None:
    file = team_file(overrides("duty pat 2026-03-01T12:00 2026-03-01T14:00"))
    with database.transaction() as session:
        team = load_people(session, file, at=_utc("2026-01-01T00:00"))
        load_rota(session, team, file.rota, at=_utc("2026-01-01T00:00"))
    for look in ("2026-03-01T08:00", "2026-03-01T15:00"):
        for _ in range(2):
            with database.transaction() as session:
                record_duty(session, session.get_one(Team, team.id), at=_utc(look))
    with database.reading() as session:
        assert _spells(session, team) == [
            ("01 08:00", "01 09:00", "sam"),
            ("01 09:00", "01 12:00", "eli"),
            ("01 12:00", "01 14:00", "pat"),
            ("01 14:00", None, "eli"),
        ]


SPELL = Spell(id=Team().id, tier="duty", person="sam", because="layer A", start=_utc("2026-03-01T08:00"), end=None)
UNTIL_11 = [("08:00", "11:00", "sam")]


@pytest.mark.parametrize(
    ("planned", "becomes"),
    [
        # as planned
        ([("08:00", "12:01", "sam")], [("08:00", "12:01", "sam")]),
        (
            [("08:00", "11:00", "sam"), ("11:00", "12:01", "eli")],
            [("08:00", "11:00", "sam"), ("11:00", "12:01", "eli")],
        ),
        # the plan has come to say otherwise of the past: the record stands until the plan changes, or now
        ([("08:00", "12:01", "eli")], [("08:00", "12:00", "sam"), ("12:00", "12:01", "eli")]),
        (
            [("08:00", "11:00", "eli"), ("11:00", "12:01", "pat")],
            [("08:00", "11:00", "sam"), ("11:00", "12:01", "pat")],
        ),
        ([("08:00", "11:00", "eli"), ("11:00", "12:01", "sam")], [("08:00", "12:01", "sam")]),
        ([("10:00", "12:01", "eli")], [("08:00", "10:00", "sam"), ("10:00", "12:01", "eli")]),
        ([], [("08:00", "12:00", "sam")]),
    ],
)
def test_a_lasting_spell_is_continued_and_never_rewritten(
    planned: list[tuple[str, str, str]], becomes: list[tuple[str, str, str]]
) -> None:
    shifts = [Shift(_on(start), _on(end), person, "layer A") for start, end, person in planned]
    spans = continued(SPELL, shifts, at=_on("12:00"))
    assert [(f"{span.start:%H:%M}", f"{span.end:%H:%M}", span.held[0]) for span in spans] == becomes


def _on(time: str) -> datetime:
    return _utc(f"2026-03-01T{time}")

"""Rest that is owed, on each kind of database: once a night, its end moving until a lead has settled it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from oncall.people.models import Practitioner, Team
from oncall.people.queries import practitioner_by_slug
from oncall.rotas.rest.listing import rest_json, rest_text
from oncall.rotas.rest.owing import NoSuchRest, OnlyLeadsSettle, SettledAlready, owe, owed, settle
from oncall.rotas.rest.working import WorkedSpell
from tests.oncall.rotas.conftest import Load, load, session
from tests.oncall.rotas.files import DAILY

__all__ = ["load", "session"]
TWO = datetime(2026, 3, 14, 2, tzinfo=UTC)
NIGHT = date(2026, 3, 13)


def _worked(minutes: int, person: str = "sam") -> list[WorkedSpell]:
    return [WorkedSpell(person, TWO, TWO + timedelta(minutes=minutes))]


def _person(session: Session, team: Team, slug: str) -> Practitioner:
    found = practitioner_by_slug(session, team=team, slug=slug)
    assert found is not None
    return found


def test_a_night_is_owed_for_once_and_its_end_moves_until_it_is_settled(session: Session, load: Load) -> None:
    team = load(DAILY + "  rules: {daily_rest_hours: 12}\n")
    assert [owe(session, team, _worked(minutes), at=TWO) for minutes in (100, 100, 110, 50)] == [1, 0, 1, 0]
    (row,) = rest_json(session, team, at=TWO)["rest"]
    assert row["proposal"] == "Sam Rees: last call ended 03:50, 12 hours run to 15:50"
    assert (row["person"], row["night"], row["worked_minutes"], row["settled_at"]) == ("sam", "2026-03-13", 110, None)
    assert "owed" in rest_text([row])
    settled = settle(session, team, UUID(row["id"]), by=_person(session, team, "mair"), how="starts at 16:00", at=TWO)
    assert (settled.how, settled.settled_at) == ("starts at 16:00", TWO)
    assert owe(session, team, _worked(120), at=TWO) == 0, "what is settled stays as it was"
    (row,) = rest_json(session, team, at=TWO)["rest"]
    assert (row["settled_by"], row["how"]) == ("mair", "starts at 16:00")
    assert "settled by mair: starts at 16:00" in rest_text([row])


def test_only_a_lead_settles_and_only_once(session: Session, load: Load) -> None:
    team = load(DAILY)
    owe(session, team, _worked(30), at=TWO)
    (row,) = owed(session, team, since=NIGHT, is_open_only=True)
    lead = _person(session, team, "mair")
    with pytest.raises(OnlyLeadsSettle):
        settle(session, team, row.id, by=_person(session, team, "sam"), how="slept", at=TWO)
    with pytest.raises(NoSuchRest):
        settle(session, team, UUID(int=7), by=lead, how="slept", at=TWO)
    settle(session, team, row.id, by=lead, how="slept", at=TWO)
    with pytest.raises(SettledAlready):
        settle(session, team, row.id, by=lead, how="slept again", at=TWO)
    assert not owed(session, team, since=NIGHT, is_open_only=True)
    assert not owed(session, team, since=NIGHT + timedelta(days=1))
    assert rest_text([]) == "No rest is owed."

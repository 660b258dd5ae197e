"""What is known by heart of a team is never older than the team: any change is seen at once, in any process."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from oncall.clock import ManualClock
from oncall.db.claims import changed
from oncall.db.database import Database
from oncall.paging.cover import cover
from oncall.paging.policy import Cover
from oncall.people.actions import load_people
from oncall.people.directory import Directory, directory_by_number, directory_of, present
from oncall.people.models import Contact, Practitioner, Team
from oncall.people.teamfile import parse
from oncall.rotas.actions import load_rota
from tests.databases import KEYRING

FILE = (Path(__file__).parents[2] / "journeys" / "team.yaml").read_text(encoding="utf-8")
LINE, SAM, PRICE = "+447700900000", "+447700900001", "+447700900101"
LEAVE = '  leave: [{person: sam, from: "2026-03-13", to: "2026-03-15"}]\nescalation:'
OVERRIDE = '  overrides: [{tier: duty, person: nia, from: "2026-03-13", to: "2026-03-15"}]\nescalation:'


def load(session: Session, clock: ManualClock, file: str = FILE) -> None:
    found = parse(file)
    load_rota(session, load_people(session, found, at=clock.now()), found.rota, at=clock.now())


def known(session: Session) -> Directory:
    found = directory_by_number(session, number=LINE)
    assert found is not None
    return directory_of(session, team_id=found.team.id)


def covered(session: Session, clock: ManualClock) -> Cover:
    return cover(session, known(session).team, at=clock.now())


@pytest.fixture
def team(database: Database, clock: ManualClock) -> Database:
    """A database with the team loaded, and known by heart already."""
    with database.transaction() as session:
        load(session, clock)
    with database.transaction() as session:
        covered(session, clock)
    return database


def test_it_is_read_once_and_finds_people_by_their_numbers(team: Database) -> None:
    with team.transaction() as session:
        first = known(session)
    with team.transaction() as session:
        again = known(session)
        assert again is first
        sam, price = again.practitioner_by_mobile(session, SAM), again.contact_by_phone(session, PRICE)
        assert sam is not None
        assert price is not None
        assert (sam.name, price.name, again.contact_by_phone(session, SAM)) == ("Sam Rees", "Jane Price", None)


def _loads(file: str) -> Callable[[Session, ManualClock], None]:
    return lambda session, clock: load(session, clock, file)


def _blocks_texts(session: Session, clock: ManualClock) -> None:
    blocked = update(Practitioner).where(Practitioner.slug == "sam").values(opted_out_at=clock.now())
    assert changed(session, blocked) == 1


def _blocks_texts_of_a_row(session: Session, clock: ManualClock) -> None:
    session.scalars(select(Practitioner).where(Practitioner.slug == "sam")).one().opted_out_at = clock.now()


@pytest.mark.parametrize(
    "change",
    [
        _loads(FILE.replace("people: [sam]", "people: [nia]")),
        _loads(FILE.replace("escalation:", OVERRIDE)),
        _loads(FILE.replace("escalation:", LEAVE)),
        _blocks_texts,
        _blocks_texts_of_a_row,
    ],
)
def test_whatever_changes_who_can_be_paged_is_seen_at_once(
    team: Database, clock: ManualClock, change: Callable[[Session, ManualClock], None]
) -> None:
    with team.transaction() as session:
        before = covered(session, clock)
        change(session, clock)
        assert covered(session, clock) != before  # in the transaction that changes it
    elsewhere = Database(str(team._writer.url.render_as_string(hide_password=False)), KEYRING)
    for database in (team, elsewhere):
        with database.transaction() as session:
            assert covered(session, clock) != before
    elsewhere.close()


def test_a_change_that_is_rolled_back_was_never_known(team: Database, clock: ManualClock) -> None:
    with team.transaction() as session:
        before = covered(session, clock)
    with pytest.raises(RuntimeError), team.transaction() as session:
        _blocks_texts(session, clock)
        assert covered(session, clock) != before
        raise RuntimeError
    with team.transaction() as session:
        assert covered(session, clock) == before


def test_the_answer_is_kept_no_longer_than_the_stretch_lasts(database: Database, clock: ManualClock) -> None:
    turns = FILE.replace(
        "people: [sam], turn: {every: 1, unit: week", "people: [sam, nia], turn: {every: 1, unit: hour"
    )
    with database.transaction() as session:
        load(session, clock, turns)
    seen = []
    for _ in range(4):
        with database.transaction() as session:
            reach = covered(session, clock).tiers["duty"]
            assert reach is not None
            seen.append(reach.person)
        clock.move(timedelta(minutes=30))
    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_a_row_that_is_brought_in_is_the_sessions_own(team: Database) -> None:
    with team.transaction() as session:
        row = present(session, known(session).by_mobile[KEYRING.index(SAM)])
        assert session.get(Practitioner, row.id) is row
        row.opted_out_at = None
        assert session.get(Contact, row.id) is None
    with team.reading() as session:
        assert session.scalars(select(Team)).one().slug == "torfaen"

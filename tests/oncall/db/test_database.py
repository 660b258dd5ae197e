"""The database layer: transactions, listeners, sealed fields, append-only rows; on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from oncall.db import migrations
from oncall.db.database import Database, announce
from oncall.db.sealing import CannotOpen, Keyring
from oncall.db.tables import AppendOnlyViolation
from oncall.incidents.models import InboundEvent
from oncall.people.models import Practitioner, Team
from tests.databases import KEYRING, SECRET

AT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)


def a_team(slug: str = "torfaen", number: str = "+447700900000") -> Team:
    return Team(
        slug=slug,
        name="MIST Torfaen",
        time_zone="Europe/London",
        languages=["cy", "en"],
        number=number,
        number_index=KEYRING.index(number),
        staff_meeting={},
        escalation={},
        voice={},
        created_at=AT,
        loaded_at=AT,
    )


def a_practitioner(team: Team, name: str = "Sam Rees") -> Practitioner:
    return Practitioner(
        team_id=team.id,
        slug=name.split(maxsplit=1)[0].lower(),
        role="lead_practitioner",
        name=name,
        mobile=None,
        email=None,
        languages=["en"],
        position=0,
    )


def test_what_is_sealed_opens_in_its_own_row_only(database: Database) -> None:
    with database.transaction() as session:
        team = a_team()
        session.add(team)
        session.flush()
        sam, eli = a_practitioner(team), a_practitioner(team, "Eli Morgan")
        session.add_all([sam, eli])
    with database.reading() as session:
        found = session.scalars(select(Practitioner).order_by(Practitioner.slug)).all()
        assert [p.name for p in found] == ["Eli Morgan", "Sam Rees"]
        assert found[0].mobile is None
    with database.transaction() as session:
        one, other = session.scalars(select(Practitioner).order_by(Practitioner.slug)).all()
        one.name_sealed = other.name_sealed
        with pytest.raises(CannotOpen):
            _ = one.name
        session.expunge(one)


def test_a_rotated_key_still_opens_and_the_newest_seals() -> None:
    old, new = Keyring([SECRET]), Keyring(["another-key-of-thirty-two-letters!", SECRET])
    sealed = old.seal(b"K", place="t.c:1")
    assert new.open(sealed, place="t.c:1") == b"K"
    assert not new.is_current(sealed)
    assert new.is_current(new.seal(b"K", place="t.c:1"))
    assert old.index("+447700900001") in new.indexes("+447700900001")
    with pytest.raises(CannotOpen):
        old.open(new.seal(b"K", place="t.c:1"), place="t.c:1")


def test_what_is_announced_is_heard_after_the_commit_and_not_after_a_rollback(database: Database) -> None:
    heard: list[int] = []

    def count() -> None:
        with database.reading() as session:
            heard.append(len(session.scalars(select(Team)).all()))

    database.listen("outbox", count)
    with database.transaction() as session:
        session.add(a_team())
        announce(session, "outbox")
    assert heard == [1]
    with pytest.raises(RuntimeError), database.transaction() as session:
        announce(session, "outbox")
        raise RuntimeError
    assert heard == [1]


def test_the_record_is_only_added_to(database: Database) -> None:
    with database.transaction() as session:
        team = a_team()
        session.add(team)
        session.flush()
        session.add(InboundEvent(team_id=team.id, key="SM1", kind="sms", at=AT, payload=[("Body", "x")]))
    with database.transaction() as session:
        event = session.scalars(select(InboundEvent)).one()
        session.delete(event)
        with pytest.raises(AppendOnlyViolation):
            session.flush()
        session.rollback()


def test_a_foreign_key_is_kept(database: Database) -> None:
    with pytest.raises(DBAPIError), database.transaction() as session:
        session.add(a_practitioner(a_team()))


def test_reading_cannot_write_on_the_embedded_database(database: Database) -> None:
    if not database.is_embedded:
        pytest.skip("PostgreSQL has one pool for both")
    with pytest.raises(DBAPIError), database.reading() as session:
        session.execute(text("DELETE FROM teams"))


def test_instants_come_back_aware_and_in_utc(database: Database) -> None:
    with database.transaction() as session:
        session.add(a_team())
    with database.reading() as session:
        assert session.scalars(select(Team)).one().created_at == AT
    with pytest.raises(Exception, match="needs an offset"), database.transaction() as session:
        team = a_team("caerphilly", "+447700900009")
        team.created_at = datetime(2026, 1, 1)  # noqa: DTZ001 - the point
        session.add(team)


def test_the_migrations_lead_there_and_back_and_match_the_models(database: Database) -> None:
    assert migrations.is_current(database)
    migrations.downgrade(database, to="base")
    assert migrations.revision(database) is None
    migrations.ready(database)
    assert migrations.is_current(database)

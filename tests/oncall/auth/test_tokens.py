"""Tokens: shown once, stored as a hash, of one team, ended when they are taken back; on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.auth.actions import NamelessToken, create_token, note_use, revoke_token
from oncall.auth.models import ApiToken
from oncall.auth.queries import token_holder, tokens
from oncall.auth.tokens import Scope
from oncall.db.database import Database
from oncall.people.models import Team
from tests.databases import KEYRING

AT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)


def a_team(session: Session, slug: str, number: str) -> Team:
    team = Team(
        slug=slug,
        name=slug.title(),
        time_zone="Europe/London",
        languages=["en"],
        number=number,
        number_index=KEYRING.index(number),
        staff_meeting={},
        escalation={},
        voice={},
        created_at=AT,
        loaded_at=AT,
    )
    session.add(team)
    session.flush()
    return team


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def torfaen(session: Session) -> Team:
    return a_team(session, "torfaen", "+447700900000")


@pytest.mark.parametrize("scope", list(Scope))
def test_a_token_is_known_by_its_secret(session: Session, torfaen: Team, scope: Scope) -> None:
    secret = create_token(session, torfaen, scope=scope, name=" dashboard ", at=AT)
    holder = token_holder(session, secret)
    assert holder is not None
    assert (holder.team_id, holder.scope, holder.last_used_at) == (torfaen.id, scope, None)
    assert [one.name for one in tokens(session, team_id=torfaen.id)] == ["dashboard"]


def test_the_secret_is_not_stored(session: Session, torfaen: Team) -> None:
    secret = create_token(session, torfaen, scope=Scope.READ, name="dashboard", at=AT)
    assert len(secret) >= 43
    row = session.execute(select(*ApiToken.__table__.columns)).one()
    assert secret not in "".join(map(str, row))


@pytest.mark.parametrize("shown", ["", " ", "nonsense", "\udce9", "ŵ", "x" * 5000])
def test_no_other_secret_is_anybodys(session: Session, torfaen: Team, shown: str) -> None:
    secret = create_token(session, torfaen, scope=Scope.READ, name="dashboard", at=AT)
    for near in (shown, secret[:-1], secret + "x", secret.swapcase()):
        assert token_holder(session, near) is None


def test_every_secret_is_another(session: Session, torfaen: Team) -> None:
    made = {create_token(session, torfaen, scope=Scope.READ, name="same", at=AT) for _ in range(20)}
    assert len(made) == 20


@pytest.mark.parametrize("name", ["", "  "])
def test_a_token_needs_a_name(session: Session, torfaen: Team, name: str) -> None:
    with pytest.raises(NamelessToken):
        create_token(session, torfaen, scope=Scope.READ, name=name, at=AT)


def test_a_scope_is_read_or_write(session: Session, torfaen: Team) -> None:
    with pytest.raises(ValueError, match="admin"):
        create_token(session, torfaen, scope="admin", name="x", at=AT)  # type: ignore[arg-type]
    assert Scope.WRITE.includes(Scope.READ)
    assert Scope.READ.includes(Scope.READ)
    assert Scope.WRITE.includes(Scope.WRITE)
    assert not Scope.READ.includes(Scope.WRITE)


def the_token(session: Session, team: Team) -> UUID:
    return tokens(session, team_id=team.id)[0].id


def test_a_revoked_token_opens_nothing(session: Session, torfaen: Team) -> None:
    gwent = a_team(session, "gwent", "+447700900500")
    secret = create_token(session, torfaen, scope=Scope.WRITE, name="dashboard", at=AT)
    token = the_token(session, torfaen)
    assert not revoke_token(session, team_id=gwent.id, token_id=token, at=AT)
    assert token_holder(session, secret) is not None
    assert revoke_token(session, team_id=torfaen.id, token_id=token, at=AT)
    assert not revoke_token(session, team_id=torfaen.id, token_id=token, at=AT)
    assert token_holder(session, secret) is None


def test_its_use_is_noted_once_an_hour(session: Session, torfaen: Team) -> None:
    create_token(session, torfaen, scope=Scope.READ, name="dashboard", at=AT)
    token = the_token(session, torfaen)
    noted = [
        note_use(session, team_id=torfaen.id, token_id=token, at=AT + timedelta(minutes=minute))
        for minute in (0, 30, 59, 60, 61)
    ]
    assert noted == [True, False, False, True, False]

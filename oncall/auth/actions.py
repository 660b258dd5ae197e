"""Gives out tokens and takes them back. A token's secret is returned once and never stored."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from oncall.auth.models import ApiToken
from oncall.auth.tokens import Scope, hash_of, new_secret
from oncall.db.claims import changed
from oncall.errors import Unusable
from oncall.people.models import Team

NOTED_EVERY = timedelta(hours=1)


class NamelessToken(Unusable):
    """A token needs a name that says what it is for."""


def create_token(
    session: Session, team: Team, *, scope: Scope, name: str, at: datetime, may_see_restricted: bool = True
) -> str:
    """Makes a token of the team's and returns its secret, for the only time. Raises NamelessToken."""
    if not name.strip():
        raise NamelessToken
    secret = new_secret()
    session.add(
        ApiToken(
            team_id=team.id,
            name=name.strip(),
            scope=Scope(scope).value,
            secret_hash=hash_of(secret),
            created_at=at,
            may_see_restricted=may_see_restricted,
        )
    )
    session.flush()
    return secret


def revoke_token(session: Session, *, team_id: UUID, token_id: UUID, at: datetime) -> bool:
    """Ends a token of the team's; False if it had ended, or is not theirs."""
    live = update(ApiToken).where(ApiToken.id == token_id, ApiToken.team_id == team_id, ApiToken.revoked_at.is_(None))
    return changed(session, live.values(revoked_at=at)) == 1


def note_use(session: Session, *, team_id: UUID, token_id: UUID, at: datetime) -> bool:
    """Notes that a token was used, once an hour at most; False if that was noted already."""
    unnoted = or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at <= at - NOTED_EVERY)
    mine = update(ApiToken).where(ApiToken.id == token_id, ApiToken.team_id == team_id, unnoted)
    return changed(session, mine.values(last_used_at=at)) == 1

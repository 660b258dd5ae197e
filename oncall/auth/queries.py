"""Who a token belongs to, and which tokens a team has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.auth.models import ApiToken
from oncall.auth.tokens import Scope, hash_of


@dataclass(frozen=True, kw_only=True)
class TokenHolder:
    """A program that has shown a token that stands: whose it is and how far it reaches."""

    token_id: UUID
    team_id: UUID
    scope: Scope
    last_used_at: datetime | None
    may_see_restricted: bool = True


def token_holder(session: Session, secret: str) -> TokenHolder | None:
    """The holder of the token with this secret; None if there is no such token or it was revoked."""
    live = select(ApiToken).where(ApiToken.secret_hash == hash_of(secret), ApiToken.revoked_at.is_(None))
    token = session.scalars(live).one_or_none()
    if token is None:
        return None
    return TokenHolder(
        token_id=token.id,
        team_id=token.team_id,
        scope=Scope(token.scope),
        last_used_at=token.last_used_at,
        may_see_restricted=token.may_see_restricted,
    )


def tokens(session: Session, *, team_id: UUID) -> Sequence[ApiToken]:
    """A team's tokens, oldest first, revoked ones included."""
    theirs = select(ApiToken).where(ApiToken.team_id == team_id)
    return session.scalars(theirs.order_by(ApiToken.created_at, ApiToken.id)).all()

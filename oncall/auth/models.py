"""The tables of access. A token is stored as a hash only."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from oncall.db.tables import OfTeam, Row


class ApiToken(OfTeam, Row):
    """A bearer token of one team, with scope `read` or `write` (which includes read)."""

    __tablename__ = "api_tokens"

    name: Mapped[str]
    scope: Mapped[str]
    secret_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    may_see_restricted: Mapped[bool] = mapped_column(default=True)

"""What every deed on the rota needs to know, and the one way in which it is held, logged and told of.

One rule: changes of one team's rota go one after the other, loads of its file among them; each leaves a line in the
log, and names in the same transaction whom to tell.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from oncall.db.claims import changed, insert_row_once, serialize
from oncall.errors import OnCallError
from oncall.people.models import LEAD_ROLES, Practitioner, Team
from oncall.rotas.changes import policy
from oncall.rotas.changes.models import RotaAsk, RotaChange, RotaLogEntry, RotaNotice
from oncall.rotas.changes.policy import Deed, Doer, Facts, Kind, NeedsLead, NeedsReason, NoSuchChange, State
from rota.checks.check import Worked

TRIES = 50


class NoCodeLeft(OnCallError):
    """Every code that was tried is in use."""


@dataclass(frozen=True, kw_only=True)
class Doing:
    """Who does something, for whom (mostly themselves), when and why; `allows`: in spite of what is wrong with it.

    `worked` is what was worked lately, for rest to be weighed by; whoever knows of incidents hands it in.
    """

    by: Practitioner
    person: Practitioner
    at: datetime
    why: str | None = None
    allows: bool = False
    worked: Collection[Worked] = ()

    @property
    def is_by_lead(self) -> bool:
        """Whether a lead does it."""
        return self.by.role in LEAD_ROLES

    def doer(self) -> Doer:
        """The same for the policy."""
        return Doer(by=self.by.id, person=self.person.id, is_lead=self.is_by_lead)

    def check_may_allow(self) -> None:
        """Raises NeedsLead, NeedsReason if what is wrong cannot be allowed by this deed."""
        if self.allows and not self.is_by_lead:
            raise NeedsLead
        if self.allows and not (self.why or "").strip():
            raise NeedsReason


def hold(session: Session, team: Team) -> None:
    """From here on nobody else changes the team's rota until this transaction ends; in the order of a load."""
    serialize(session, "people")
    serialize(session, f"rota:{team.id}")


def named(session: Session, team: Team, code: str) -> RotaChange:
    """The team's newest change with that code, as it is now. Raises NoSuchChange."""
    found = select(RotaChange).where(RotaChange.team_id == team.id, RotaChange.code == code)
    newest = found.order_by(RotaChange.created_at.desc(), RotaChange.id.desc()).limit(1)
    change = session.scalars(newest.execution_options(populate_existing=True)).one_or_none()
    if change is None:
        raise NoSuchChange
    return change


def check(session: Session, change: RotaChange, deed: Deed, doing: Doing) -> None:
    """Raises why the deed may not be done."""
    policy.check(deed, facts(session, change), doing.doer())


def facts(session: Session, change: RotaChange) -> Facts:
    """What the policy decides by."""
    asked = select(RotaAsk.practitioner_id).where(RotaAsk.change_id == change.id)
    return Facts(
        kind=Kind(change.kind),
        state=State(change.state),
        holder=change.holder_id,
        taker=change.taker_id,
        asked=frozenset(session.scalars(asked)),
    )


def begin(session: Session, team: Team, **values: Any) -> RotaChange:
    """Stores a change under a code that no change in force has. Raises NoCodeLeft."""
    for _ in range(TRIES):
        change = RotaChange(team_id=team.id, code=str(secrets.randbelow(9000) + 1000), **values)
        if insert_row_once(session, change):
            return session.get_one(RotaChange, change.id)
    raise NoCodeLeft


def move(session: Session, change: RotaChange, deed: Deed, to: State, *, at: datetime, **values: Any) -> bool:
    """Takes the change to another state, if it still is where the deed can be done; False if somebody was first."""
    over = {} if to in (State.ACCEPTED, State.APPLIED) else {"settled_at": at}
    guarded = update(RotaChange).where(RotaChange.id == change.id, RotaChange.state.in_(policy.FROM[deed]))
    if changed(session, guarded.values(state=to, **over, **values)) == 0:
        return False
    session.refresh(change)
    return True


def log(session: Session, change: RotaChange, deed: Deed, doing: Doing | None, *, at: datetime) -> None:
    """Adds a line to the log; without a `doing`, of what the service did itself."""
    session.add(
        RotaLogEntry(
            team_id=change.team_id,
            at=at,
            deed=deed.value,
            change_id=change.id,
            by_id=doing.by.id if doing else None,
            for_id=doing.person.id if doing else change.holder_id,
            was_allowed=doing.allows if doing else False,
            why=doing.why if doing else None,
        )
    )


def notify(session: Session, change: RotaChange, sentence: str, people: Iterable[UUID | None], *, at: datetime) -> None:
    """Has people told, each once."""
    for person_id in dict.fromkeys(people):
        if person_id is not None:
            session.add(
                RotaNotice(
                    team_id=change.team_id,
                    change_id=change.id,
                    practitioner_id=person_id,
                    sentence=sentence,
                    created_at=at,
                )
            )

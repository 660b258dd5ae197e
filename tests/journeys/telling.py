"""What the stories about paging share: a team file with a change, rows as they stand, requests as the line saw them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from oncall.incidents.models import Incident
from oncall.lab.journal import Entry
from oncall.paging.actions import raise_severity
from oncall.paging.models import Escalation, Outgoing
from oncall.people.actions import load_people
from oncall.people.models import Practitioner
from oncall.people.queries import team_by_slug
from oncall.people.severity import Severity
from oncall.people.teamfile import parse
from oncall.rotas.actions import load_rota
from tests.journeys.world import Phone, World

STEPS = "steps: [{page: duty, by: [text, call], wait: 3m}, {page: backup, by: [text, call], wait: 3m}, "


def picks_up(phone: Phone) -> None:
    """Answers, and listens for a moment."""
    phone.answers()
    phone.world.pass_time(seconds=2)


def presses(phone: Phone, keys: str) -> None:
    """Presses keys, and listens for a moment."""
    phone.presses(keys)
    phone.world.pass_time(seconds=4)


def reload(world: World, text: str) -> None:
    """Loads a changed team file beside the running service."""
    file = parse(text, today=world.clock.now().date())
    with world.house.database.transaction() as session:
        load_rota(session, load_people(session, file, at=world.clock.now()), file.rota, at=world.clock.now())


def rise(world: World, ref: str, to: Severity) -> None:
    """The severity rises, as the suggester or a practitioner will have it."""
    incident = world.incident(ref)
    with world.house.database.transaction() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        here = session.get_one(Incident, incident.id)
        assert raise_severity(session, team, here, to=to, at=world.clock.now())
    world.pass_time(seconds=5)


def rows(world: World, kind: str | None = None) -> Sequence[Outgoing]:
    """The outbox, oldest first."""
    wanted = select(Outgoing) if kind is None else select(Outgoing).where(Outgoing.kind == kind)
    with world.house.database.reading() as session:
        return session.scalars(wanted.order_by(Outgoing.created_at, Outgoing.id)).all()


def escalation(world: World) -> Escalation:
    """The only escalation there is."""
    with world.house.database.reading() as session:
        return session.scalars(select(Escalation)).one()


def practitioner(world: World, slug: str) -> Practitioner:
    """A practitioner's row."""
    with world.house.database.reading() as session:
        return session.scalars(select(Practitioner).where(Practitioner.slug == slug)).one()


def posts(world: World, resource: str = "/Messages", *, to: str | None = None) -> list[Entry]:
    """The requests to send a text (or to place a call) that reached the line, whatever came of them."""
    sent = [
        entry
        for entry in world.lab.journal.entries("rest")
        if entry.request["method"] == "POST" and entry.request["path"].endswith(f"{resource}.json")
    ]
    return [entry for entry in sent if to is None or form(entry)["To"] == to]


def form(entry: Entry) -> dict[str, Any]:
    """The fields of a request."""
    return dict(entry.request["form"])


def rung_at(world: World, slug: str) -> list[datetime]:
    """When each call to a practitioner's phone was placed."""
    return [leg.created_at for leg in world.staff(slug).handset.calls]


def lines(world: World, ref: str, kind: str) -> list[str]:
    """The lines of one kind in the record of an incident."""
    return [line.removeprefix(f"{kind}: ") for line in world.record_of(ref) if line.startswith(f"{kind}: ")]

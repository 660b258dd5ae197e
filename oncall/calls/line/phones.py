"""Practitioners' phones beside a caller's line: rung, let go, told that nobody is there any more.

A ring is an outbox row and a leg with one id. One that is not wanted any more is dropped: cancelled, or hung up as
soon as the network has it.
"""

from datetime import timedelta

from sqlalchemy import exists, select

from oncall.calls.line.crews import pattern_of
from oncall.calls.line.flow import Why
from oncall.calls.line.scene import Line, leg_path, legs_of
from oncall.calls.models import Leg
from oncall.incidents.actions import SERVICE, record
from oncall.paging.effects import Scene, page_text
from oncall.paging.escalation import locked, state_of
from oncall.paging.models import Outgoing
from oncall.paging.outbox import BESIDE_A_RING, About, Kind, Letter, Place, ask
from oncall.paging.policy import Cause
from oncall.people.models import Practitioner
from oncall.people.reach import is_reachable_by_text

BRING, BACK, RANG_IN, PAGED, CALLER = "bring", "back", "rang_in", "paged", "caller"
"""Purposes of a leg besides those of the flow: asked in by a colleague, asked to ring the caller, rang us, took a page
by call, the caller's own phone."""
TAKEN, ALONE, LEFT, HUNG_UP = "taken", "alone", "left", "hung_up"
NEWS_LAST_FOR = timedelta(seconds=20)
CALLER_RINGS_FOR = timedelta(seconds=40)


def ring(line: Line, to: Practitioner, why: Why) -> None:
    """Rings a practitioner for the caller, and pages them by text beside it, once for each call."""
    place_ring(line, to, purpose=why.value)
    if why is not Why.AGAIN and is_reachable_by_text(to) and not _was_texted(line, to):
        scene = Scene(line.team, line.incident, state_of(locked(line.session, line.incident.id)), line.at)
        letter = Letter(kind=Kind.PAGE_TEXT, to=to.mobile or "", body=page_text(line.session, scene, to, Cause.OPENED))
        ask(line.session, letter, _about(line, to), at=line.at)


def place_ring(line: Line, to: Practitioner, *, purpose: str) -> Leg:
    """Writes the row that rings, and its leg; after the hang-up of a ring of theirs that is not over yet."""
    before = _hang_up_of(line, to)
    about = _about(line, to, after=before)
    row = ask(line.session, Letter(kind=Kind.RING, to=to.mobile or ""), about, at=line.at)
    leg = Leg(
        id=row.id,
        team_id=line.team.id,
        call_id=line.call.id,
        practitioner_id=to.id,
        purpose=purpose,
        rung_at=line.at,
    )
    line.session.add(leg)
    line.session.flush()
    return leg


def _about(line: Line, to: Practitioner, *, after: Outgoing | None = None) -> About:
    rings_for = pattern_of(line.team).ring_for
    place = Place(step=BESIDE_A_RING, round=0, valid_for=rings_for, is_first=True)
    return About(team_id=line.team.id, incident=line.incident, practitioner=to, place=place, after=after)


def _was_texted(line: Line, to: Practitioner) -> bool:
    texted = exists().where(
        Outgoing.incident_id == line.incident.id,
        Outgoing.practitioner_id == to.id,
        Outgoing.kind == Kind.PAGE_TEXT,
        Outgoing.created_at >= line.call.began_at,
    )
    return bool(line.session.scalar(select(texted)))


def _hang_up_of(line: Line, to: Practitioner) -> Outgoing | None:
    """The row that hangs up this practitioner's last ring, if that has not left yet."""
    dropped = [leg for leg in legs_of(line, person=str(to.id)) if leg.moved_for == HUNG_UP]
    if not dropped:
        return None
    waiting = select(Outgoing).where(Outgoing.incident_id == line.incident.id, Outgoing.kind == Kind.HANG_UP)
    rows = line.session.scalars(waiting.where(Outgoing.state == "waiting")).all()
    return next((row for row in rows if row.to == dropped[-1].sid), None)


def drop(line: Line, *, but: str | None = None) -> None:
    """Lets ringing phones go. Where somebody took the call, who is listening hears who has it."""
    for leg in legs_of(line):
        person = str(leg.practitioner_id)
        if leg.purpose in {RANG_IN, PAGED} or (but is not None and (person == but or leg.purpose in {BRING, CALLER})):
            continue
        if leg.answered_at is None:
            drop_leg(line, leg)
        elif but is not None and leg.joined_at is None and person not in line.state.talking:
            move(line, leg, why=TAKEN)


def drop_leg(line: Line, leg: Leg) -> None:
    """A ring that is not wanted any more; one on its way to the network is hung up once its call is known."""
    row = line.session.get_one(Outgoing, leg.id)
    line.session.refresh(row)
    leg.dropped_at = leg.dropped_at or line.at
    if row.state == "waiting" and row.sid is None and row.unknown_at is None:
        row.state, row.settled_at, leg.ended_at = "cancelled", line.at, line.at
    elif row.sid is not None and leg.moved_for != HUNG_UP and row.settled_at is None:
        leg.sid, leg.moved_for = row.sid, HUNG_UP
        letter = Letter(kind=Kind.HANG_UP, to=row.sid)
        ask(line.session, letter, About(team_id=line.team.id, incident=line.incident), at=line.at)
    line.session.flush()


def tell_alone(line: Line, person: str) -> None:
    """Whoever is left in the room without the caller hears so, and can ring them back."""
    for leg in legs_of(line, person=person):
        if leg.joined_at is not None:
            move(line, leg, why=ALONE)


def tell_absent(line: Line, leg: Leg) -> None:
    """Somebody who was asked in has not come: it is written down, and whoever is with the caller hears so alone."""
    name = line.practitioner(str(leg.practitioner_id)).name
    said = f"{name} was asked to join the call and did not come."
    record(line.session, line.incident, at=line.at, kind="not_brought_in", by=SERVICE, detail=said)
    conference = line.call.conference_sid
    for there in legs_of(line) if conference else []:
        if there.joined_at is not None and there.sid is not None and str(there.practitioner_id) in line.state.joined:
            letter = Letter(kind=Kind.ANNOUNCE, to=there.sid, body=f"{conference} {leg_path(there.id, 'absent')}")
            place = Place(step=0, round=0, valid_for=NEWS_LAST_FOR, is_first=True)
            ask(line.session, letter, About(team_id=line.team.id, incident=line.incident, place=place), at=line.at)


def move(line: Line, leg: Leg, *, why: str) -> None:
    """A practitioner's live call goes on with the document for `why`."""
    leg.moved_for = why
    if leg.sid is not None:
        letter = Letter(kind=Kind.MOVE, to=leg.sid, body=leg_path(leg.id, "moved"))
        ask(line.session, letter, About(team_id=line.team.id, incident=line.incident), at=line.at)

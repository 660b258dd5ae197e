"""Who comes to a caller's room and who goes, as the network tells it: late, twice, out of order or not at all.

Coming counts once; going counts only when the line itself has ended, since a practitioner may step aside for a moment.
"""

from sqlalchemy import select, update

from oncall.calls.line.flow import CallerGone
from oncall.calls.line.moving import advance, caller_is_in_room, hung_up, is_in_room
from oncall.calls.line.scene import Line
from oncall.calls.models import Call, Leg
from oncall.db.claims import changed
from oncall.telephony.statuses import call_is_over


def note_conference(line: Line, conference_sid: str) -> None:
    """Keeps the network's own name of the room, from the first it tells of it."""
    first = update(Call).where(Call.id == line.call.id, Call.conference_sid.is_(None))
    if conference_sid and changed(line.session, first.values(conference_sid=conference_sid)):
        line.session.refresh(line.call)


def came(line: Line, sid: str, *, room: int) -> None:
    """Somebody is in the room. A caller who came to an older one has gone on since."""
    if sid == line.call.sid:
        if room != line.call.room:
            return
        caller_is_in_room(line)
    elif (leg := _leg(line, sid)) is not None:
        is_in_room(line, leg)


def went(line: Line, sid: str, *, status: str) -> None:
    """Somebody has left the room; only if their line has ended too are they gone."""
    if not call_is_over(status):
        return
    if sid == line.call.sid:
        advance(line, CallerGone())
    elif (leg := _leg(line, sid)) is not None:
        hung_up(line, leg)


def _leg(line: Line, sid: str) -> Leg | None:
    return line.session.scalars(select(Leg).where(Leg.call_id == line.call.id, Leg.sid == sid)).first()

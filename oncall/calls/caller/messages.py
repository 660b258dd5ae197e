"""A caller's message: fetched with our credentials, sealed, and only then deleted at the network.

It is asked for once, as soon as the network says that it can be had; without that word, a minute after it was left.
"""

from datetime import timedelta

from sqlalchemy import select

from oncall.calls.line.opening import follow_up
from oncall.calls.line.scene import Line
from oncall.db.claims import insert_row_once
from oncall.db.database import announce
from oncall.incidents.actions import CALLER, record
from oncall.incidents.models import CLOSED, InboundEvent, Media
from oncall.paging.models import Outgoing
from oncall.paging.outbox import OUTBOX, About, Kind, Letter, ask

UNTOLD_FOR = timedelta(seconds=60)
FORMAT = "audio/wav"


def keep(line: Line, *, url: str, can_be_had: bool) -> bool:
    """Has the recording at `url` fetched; False if that was asked before."""
    sid = url.rstrip("/").rpartition("/")[2].partition(".")[0]
    event = InboundEvent(team_id=line.team.id, key=f"recording:{sid}", kind="recording", at=line.at, payload=[])
    if not insert_row_once(line.session, event):
        if can_be_had:
            _hurry(line, sid)
        return False
    if line.incident.status == CLOSED:
        line = follow_up(line, is_waiting=False)
    media = Media(
        team_id=line.team.id,
        incident_id=line.incident.id,
        at=line.at,
        content_type=FORMAT,
        url=url,
        state="waiting",
    )
    line.session.add(media)
    line.session.flush()
    record(line.session, line.incident, at=line.at, kind="message", by=CALLER, detail="The caller left a message.")
    about = About(team_id=line.team.id, incident=line.incident, media_id=media.id)
    row = ask(line.session, Letter(kind=Kind.RECORDING, to=url, body=sid), about, at=line.at)
    if not can_be_had:
        row.due_at = line.at + UNTOLD_FOR
    return True


def _hurry(line: Line, sid: str) -> None:
    waiting = select(Outgoing).where(
        Outgoing.incident_id == line.incident.id, Outgoing.kind == Kind.RECORDING, Outgoing.state == "waiting"
    )
    for row in line.session.scalars(waiting.where(Outgoing.attempts == 0)):
        if row.body == sid:
            row.due_at = line.at
            announce(line.session, OUTBOX)

"""What the service may do to a conference and those in it: mute, hold, announce, take out, end.

A change of whether someone's leaving ends the conference does not count while they are on hold.
"""

from dataclasses import dataclass
from datetime import datetime

from oncall.lab.conferences.joining import mix, occupy
from oncall.lab.conferences.playing import play_once
from oncall.lab.conferences.room import Participant, Room
from oncall.lab.conferences.telling import of, tell_room
from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml.fetching import Wanted
from oncall.lab.twiml.stage import Part


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different for one participant; None leaves it."""

    muted: bool | None = None
    on_hold: bool | None = None
    hold: Wanted | None = None
    ends: bool | None = None


def change(exchange: Exchange, room: Room, participant: Participant, wanted: Change, *, at: datetime) -> None:
    """Changes one participant."""
    participant.updated_at = at
    if wanted.ends is not None and not participant.on_hold:
        participant.ends = wanted.ends
        tell_room(exchange, room, "participant-modify", of(participant), at=at)
    if wanted.muted is not None and wanted.muted != participant.is_muted:
        participant.is_muted = wanted.muted
        tell_room(exchange, room, f"participant-{'mute' if wanted.muted else 'unmute'}", of(participant), at=at)
    if wanted.on_hold is not None and wanted.on_hold != participant.on_hold:
        _hold(exchange, room, participant, wanted, at=at)
    mix(room, at=at)


def _hold(exchange: Exchange, room: Room, participant: Participant, wanted: Change, *, at: datetime) -> None:
    participant.on_hold = bool(wanted.on_hold)
    participant.hold_url = wanted.hold.url if wanted.hold is not None else ""
    participant.hold_method = wanted.hold.method if wanted.hold is not None else "POST"
    tell_room(exchange, room, f"participant-{'hold' if participant.on_hold else 'unhold'}", of(participant), at=at)
    occupy(exchange, room, participant, at=at)


def announce(exchange: Exchange, room: Room, wanted: Wanted, to: list[Participant], *, at: datetime) -> None:
    """Plays a document to some once; each then hears again what they heard before."""
    for participant in to:
        play_once(exchange, participant.leg, wanted, _after(exchange, room, participant, wanted), at=at)


def _after(exchange: Exchange, room: Room, participant: Participant, wanted: Wanted) -> Part:
    about = {"CallSid": participant.leg.sid, "AnnounceUrl": wanted.url}

    def over(now: datetime) -> None:
        tell_room(exchange, room, "announcement-end", about, at=now)
        occupy(exchange, room, participant, at=now)

    def failed(code: int, now: datetime) -> None:
        reason = {**about, "ReasonAnnouncementFailed": str(code)}
        tell_room(exchange, room, "announcement-fail", reason, at=now)
        occupy(exchange, room, participant, at=now)

    return Part(over, failed)

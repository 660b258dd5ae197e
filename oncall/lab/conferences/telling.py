"""What the address of a conference is told: the events it asked for, numbered as they happened."""

from collections.abc import Mapping
from datetime import datetime

from oncall.lab.conferences.room import Participant, Room
from oncall.lab.exchange.exchange import Exchange
from oncall.lab.voice.leg import Manner
from oncall.lab.webhooks.delivery import Answer, Delivery

_ASKED_FOR_AS = {
    "conference-start": "start",
    "conference-end": "end",
    "participant-join": "join",
    "participant-leave": "leave",
    "participant-mute": "mute",
    "participant-unmute": "mute",
    "participant-hold": "hold",
    "participant-unhold": "hold",
    "participant-modify": "modify",
    "announcement-end": "announcement",
    "announcement-fail": "announcement",
}
_BY_API = frozenset({Manner.REMOVED, Manner.REDIRECTED})


def tell_room(
    exchange: Exchange, room: Room, event: str, extra: Mapping[str, str] | None = None, *, at: datetime
) -> None:
    """Tells of an event, if the conference's first participant asked for it."""
    exchange.note(event, about=room.sid, at=at)
    if not room.callback.url or _ASKED_FOR_AS[event] not in room.callback.events:
        return
    room.events_told += 1
    given = {
        "ConferenceSid": room.sid,
        "FriendlyName": room.name,
        "AccountSid": exchange.account_sid,
        "SequenceNumber": str(room.events_told),
        "Timestamp": at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "StatusCallbackEvent": event,
        **(extra or {}),
    }

    def told(answer: Answer, now: datetime) -> None:
        if answer.error is not None:
            exchange.warn(15003, about=room.sid, at=now)

    callback = room.callback
    exchange.send(
        Delivery(
            kind="conference-status",
            url=callback.url,
            method=callback.method,
            params=tuple(given.items()),
            about=room.sid,
            voice=True,
            on_answer=told,
        ),
        at=at,
    )


def of(participant: Participant) -> dict[str, str]:
    """What an event says of a participant."""
    flags = {
        "Muted": participant.is_muted,
        "Hold": participant.on_hold,
        "Coaching": False,
        "EndConferenceOnExit": participant.ends,
        "StartConferenceOnEnter": participant.joining.starts,
    }
    told = {"CallSid": participant.leg.sid, **{name: str(value).lower() for name, value in flags.items()}}
    return {**told, "ParticipantLabel": participant.joining.label} if participant.joining.label else told


def on_leaving(participant: Participant, manner: Manner) -> dict[str, str]:
    """What more is said of one who left."""
    by_api = manner in _BY_API
    return {
        **of(participant),
        "ParticipantCallStatus": participant.leg.status,
        "ReasonParticipantLeft": "participant_updated_via_api" if by_api else "participant_hung_up",
    }


def on_ending(room: Room) -> dict[str, str]:
    """What is said of a conference that is over."""
    told = {"ReasonConferenceEnded": room.reason_ended, "Reason": f"Conference ended: {room.reason_ended}"}
    return {**told, "CallSidEndingConference": room.ended_by} if room.ended_by else told

"""How a leg comes into a conference and out of it, and how a conference begins and ends.

It begins when two are in it and one of them starts it; until then, and on hold, each hears what they wait to.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from oncall.lab.conferences.playing import play_music, play_over_and_over
from oncall.lab.conferences.room import Participant, Room
from oncall.lab.conferences.telling import of, on_ending, on_leaving, tell_room
from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml.fetching import Wanted
from oncall.lab.twiml.script.bridging import Joining
from oncall.lab.voice.leg import Engagement, Heard, Leg, Manner
from oncall.lab.voice.talking import now_hears

Left = Callable[[Manner, datetime], None]
_BEEP_TAKES = timedelta(milliseconds=300)
_BEEPS_ON_ENTERING = frozenset({"true", "onEnter"})
_BEEPS_ON_LEAVING = frozenset({"true", "onExit"})


def live_room(exchange: Exchange, name: str) -> Room | None:
    """The conference of this name that is going on."""
    return next((room for room in exchange.records.rooms.values() if room.name == name and room.is_live), None)


def join(
    exchange: Exchange, leg: Leg, joining: Joining, left: Left, *, ends_on_star: bool = False, at: datetime
) -> None:
    """Brings a leg into a conference, which it makes if nobody has."""
    room = live_room(exchange, joining.name) or _made(exchange, joining, at=at)
    present = Participant(leg, joining, at, at, joining.is_muted, joining.ends, left)

    def on_key(key: str, now: datetime) -> None:
        if key == "*" and ends_on_star:
            leg.let_go(Manner.STAR, now)

    leg.cut_short(at)
    leg.stage = None
    leg.engagement = Engagement(lambda manner, now: _leave(exchange, room, present, manner, at=now), on_key)
    if room.has_begun and exchange.settings.music_when_alone and len(room.participants) == 1:
        _silence(room, at=at)
    room.participants[leg.sid] = present
    tell_room(exchange, room, "participant-join", of(present), at=at)
    if room.may_begin():
        _begin(exchange, room, at=at)
    else:
        occupy(exchange, room, present, at=at)
    if joining.beep in _BEEPS_ON_ENTERING:
        _beep(room, to=[each for each in room.participants.values() if each is not present], at=at)
    mix(room, at=at)


def _silence(room: Room, *, at: datetime) -> None:
    for participant in room.participants.values():
        participant.leg.cut_short(at)


def _made(exchange: Exchange, joining: Joining, *, at: datetime) -> Room:
    room = Room(exchange.new_sid("CF"), joining.name, at, at, joining.callback)
    exchange.records.rooms[room.sid] = room
    return room


def _begin(exchange: Exchange, room: Room, *, at: datetime) -> None:
    room.status, room.updated_at = "in-progress", at
    tell_room(exchange, room, "conference-start", at=at)
    for participant in room.participants.values():
        occupy(exchange, room, participant, at=at)


def mix(room: Room, *, at: datetime) -> None:
    """Lets each hear whom they now hear."""
    for participant in room.participants.values():
        now_hears(participant.leg, room.heard_by(participant), at=at)


def occupy(exchange: Exchange, room: Room, participant: Participant, *, at: datetime) -> None:
    """Plays what one hears by themselves: on hold, or while they wait; in a conference that goes on, nothing."""
    joining, leg = participant.joining, participant.leg
    leg.cut_short(at)
    leg.stage = None
    if participant.on_hold:
        _play(exchange, leg, participant.hold_url or None, participant.hold_method, at=at)
    elif not room.has_begun or (exchange.settings.music_when_alone and len(room.participants) == 1):
        _play(exchange, leg, joining.wait_url, joining.wait_method, at=at)


def _play(exchange: Exchange, leg: Leg, url: str | None, method: str, *, at: datetime) -> None:
    if url is None:
        play_music(exchange, leg, at=at)
    elif url:
        play_over_and_over(exchange, leg, Wanted(url, method), at=at)


def _leave(exchange: Exchange, room: Room, participant: Participant, manner: Manner, *, at: datetime) -> None:
    leg = participant.leg
    del room.participants[leg.sid]
    leg.cut_short(at)
    leg.stage = None
    now_hears(leg, (), at=at)
    mix(room, at=at)
    tell_room(exchange, room, "participant-leave", on_leaving(participant, manner), at=at)
    if participant.joining.beep in _BEEPS_ON_LEAVING:
        _beep(room, to=room.participants.values(), at=at)
    if room.is_live:
        _go_on_without(exchange, room, participant, manner, at=at)
    participant.left(manner, at)


def _go_on_without(exchange: Exchange, room: Room, gone: Participant, manner: Manner, *, at: datetime) -> None:
    how = "kicked" if manner is Manner.REMOVED else "left"
    if gone.ends:
        end_room(exchange, room, f"participant-with-end-conference-on-exit-{how}", by=gone.leg.sid, at=at)
    elif not room.participants:
        end_room(exchange, room, f"last-participant-{how}", by=gone.leg.sid, at=at)
    elif room.has_begun and exchange.settings.music_when_alone and len(room.participants) == 1:
        [alone] = room.participants.values()
        occupy(exchange, room, alone, at=at)


def end_room(exchange: Exchange, room: Room, reason: str, *, by: str = "", at: datetime) -> None:
    """Ends a conference; those still in it go on with their own documents."""
    room.status, room.updated_at, room.ended_at = "completed", at, at
    room.reason_ended, room.ended_by = reason, by
    for participant in list(room.participants.values()):
        participant.leg.let_go(Manner.OVER, at)
    tell_room(exchange, room, "conference-end", on_ending(room), at=at)


def _beep(room: Room, *, to: Iterable[Participant], at: datetime) -> None:
    if room.has_begun:
        for participant in to:
            participant.leg.heard.append(Heard(at, at + _BEEP_TAKES, "(beep)", kind="beep"))

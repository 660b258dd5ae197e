"""What a handset shows at this moment, as plain values for the template: texts, calls that were, the call that is.

Every item has a key that stays, so that the page adds what is new and leaves the rest alone.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from oncall.lab.exchange.personas import BY_HAND, DEAD_LINE, DELIVERED, undelivered
from oncall.lab.handsets import Handset
from oncall.lab.lab import Lab
from oncall.lab.page.cast import Person, Recorded, Setting
from oncall.lab.voice.leg import Heard, Leg

_SHOWN = 60
_SWITCHED_OFF = undelivered(30003)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of a call: words heard or said, a sound, or a key pressed; `kind` is `heard`, `sound` or `mine`."""

    key: str
    at: datetime
    text: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Item:
    """A text or a finished call, in its place among the others."""

    key: str
    at: datetime
    time: str
    kind: str
    text: str
    sender: str = ""
    spoken: tuple[Spoken, ...] = ()


@dataclass(frozen=True, slots=True)
class CallView:
    """The call that rings or is being spoken on; `company` tells with whom, or what for."""

    key: str
    is_ringing: bool
    rings_here: bool
    other: str
    company: str
    spoken: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class PhoneView:
    """One handset."""

    place: int
    person: Person
    is_on: bool
    items: tuple[Item, ...]
    call: CallView | None


@dataclass(frozen=True, slots=True)
class PageView:
    """The whole page."""

    date: str
    time: str
    phones: tuple[PhoneView, ...]
    recorded: tuple[tuple[Recorded, str], ...]


def page_view(lab: Lab, setting: Setting) -> PageView:
    """The page as it stands."""
    local = lab.exchange.clock.now().astimezone(setting.time_zone)
    recorded = setting.recorded() if setting.recorded is not None else ()
    return PageView(
        date=f"{local:%A} {local.day} {local:%B}",
        time=f"{local:%H:%M:%S}",
        phones=tuple(_phone(lab, setting, place) for place in range(len(setting.cast))),
        recorded=tuple((line, f"{line.at.astimezone(setting.time_zone):%H:%M:%S}") for line in recorded),
    )


def switch(handset: Handset, *, on: bool) -> None:
    """Switches a phone on or off: texts to one that is off come back undelivered, calls do not reach it."""
    handset.text_persona = DELIVERED if on else _SWITCHED_OFF
    handset.call_persona = BY_HAND if on else DEAD_LINE


def _phone(lab: Lab, setting: Setting, place: int) -> PhoneView:
    person = setting.cast[place]
    handset = lab.handset(person.number)
    call = handset.current_call
    return PhoneView(
        place=place,
        person=person,
        is_on=handset.text_persona is not _SWITCHED_OFF,
        items=_items(handset, setting),
        call=_call(call, setting) if call is not None else None,
    )


def _items(handset: Handset, setting: Setting) -> tuple[Item, ...]:
    zone = setting.time_zone
    received = [
        Item(f"in-{n}", text.at, _time(text.at, zone), "received", text.body, _name(text.sender, setting.line))
        for n, text in enumerate(handset.inbox)
    ]
    sent = [Item(f"out-{n}", text.at, _time(text.at, zone), "sent", text.body) for n, text in enumerate(handset.sent)]
    calls = [_finished(leg, setting) for leg in handset.calls if not leg.is_live()]
    return tuple(sorted([*received, *sent, *calls], key=lambda item: item.at)[-_SHOWN:])


def _finished(leg: Leg, setting: Setting) -> Item:
    at = leg.ended_at or leg.updated_at
    text = f"Call, {leg.seconds()} seconds" if leg.answered_at is not None else "Missed call"
    return Item(leg.sid, at, _time(at, setting.time_zone), "call", text, spoken=_spoken(leg, setting))


def _call(leg: Leg, setting: Setting) -> CallView:
    return CallView(
        key=f"{leg.sid}-{leg.status}",
        is_ringing=not leg.is_answered(),
        rings_here=leg.direction != "inbound",
        other=_name(leg.to if leg.direction == "inbound" else leg.sender, setting.line),
        company=_company(leg, setting),
        spoken=_spoken(leg, setting),
    )


def _company(leg: Leg, setting: Setting) -> str:
    """Whom this phone hears at this moment, or what it waits for."""
    if leg.talking:
        return f"Talking with {' and '.join(_holder(talk.number, setting) for talk in leg.talking.values())}"
    if leg.engagement is None:
        return ""
    return "Leaving a message" if leg.engagement.kind == "message" else "Waiting to be joined"


def _holder(number: str, setting: Setting) -> str:
    names = {person.number: person.label for person in setting.cast}
    return names.get(number, number) or "Number withheld"


def _spoken(leg: Leg, setting: Setting) -> tuple[Spoken, ...]:
    heard = [_heard(f"{leg.sid}-h{n}", heard, setting) for n, heard in enumerate(leg.heard)]
    said = [Spoken(f"{leg.sid}-s{n}", at, text, "en", "mine said") for n, (at, text) in enumerate(leg.said)]
    pressed = [Spoken(f"{leg.sid}-k{n}", at, f"Pressed {key}", "en", "mine") for n, (at, key) in enumerate(leg.pressed)]
    return tuple(sorted([*heard, *said, *pressed], key=lambda line: line.at))


def _heard(key: str, heard: Heard, setting: Setting) -> Spoken:
    if heard.kind == "voice":
        return Spoken(key, heard.at, f"{_holder(heard.voice, setting)}: {heard.text}", "en", "sound")
    if heard.kind == "say":
        return Spoken(key, heard.at, heard.text, heard.language.partition("-")[0], "heard")
    return Spoken(key, heard.at, "(a recording)" if heard.kind == "play" else heard.text, "en", "sound")


def _name(sender: str, line: str) -> str:
    return "MIST on-call" if sender == line else sender or "Number withheld"


def _time(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"

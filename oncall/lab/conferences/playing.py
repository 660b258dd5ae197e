"""Plays a document to one in a conference: while they wait or are on hold, over and over; an announcement once.

A document that cannot be had leaves silence and a warning; nobody falls out of a conference for want of music.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml.fetching import Wanted, fetch
from oncall.lab.twiml.script.document import BadDocument
from oncall.lab.twiml.script.verbs import WAITING_VERBS, GoTo, HangUp, Instruction, Speak, Wait, read
from oncall.lab.twiml.speaking import later, speak
from oncall.lab.twiml.stage import Part, Stage
from oncall.lab.voice.ending import end
from oncall.lab.voice.leg import Leg

_MUSIC = Speak("music", "(music)", "", "", timedelta(seconds=30), 1000)
_AT_LEAST = timedelta(seconds=1)


def _read(verb: Element) -> Instruction:
    if verb.tag not in WAITING_VERBS:
        raise BadDocument(12200)
    return read(verb)


@dataclass(frozen=True, slots=True)
class _Player:
    """One leg's ear."""

    exchange: Exchange
    leg: Leg
    part: Part

    def fetch(self, wanted: Wanted, *, at: datetime) -> None:
        fetch(self.exchange, self.leg, replace(wanted, part=self.part), self._begin, at=at)

    def _begin(self, stage: Stage, at: datetime) -> None:
        self.leg.stage = stage
        self._go_on(stage, at=at)

    def _go_on(self, stage: Stage, *, at: datetime) -> None:
        verb = stage.next_verb()
        if verb is None:
            self.part.over(at)
            return
        try:
            wanted = _read(verb)
            onward = Wanted(stage.resolve(wanted.url), wanted.method) if isinstance(wanted, GoTo) else None
        except BadDocument as bad:
            self.exchange.warn(bad.code, about=self.leg.sid, at=at)
            self.part.failed(bad.code, at)
            return
        if onward is not None:
            self.fetch(onward, at=at)
        elif isinstance(wanted, HangUp):
            end(self.exchange, self.leg, "completed", at=at)
        elif isinstance(wanted, Speak | Wait):
            speak(self.exchange, self.leg, wanted, lambda now: self._go_on(stage, at=now), at=at)


def play_once(exchange: Exchange, leg: Leg, wanted: Wanted, part: Part, *, at: datetime) -> None:
    """Plays a document through; `part` is what follows, or follows its failure."""
    _Player(exchange, leg, part).fetch(wanted, at=at)


def play_over_and_over(exchange: Exchange, leg: Leg, wanted: Wanted, *, at: datetime) -> None:
    """Asks for a document again whenever it is over, until the leg is cut short."""
    began_at = at

    def again(now: datetime) -> None:
        next_at = max(now, began_at + _AT_LEAST)
        later(exchange, leg, lambda now: play_over_and_over(exchange, leg, wanted, at=now), at=next_at)

    def failed(code: int, now: datetime) -> None:
        leg.cut_short(now)

    play_once(exchange, leg, wanted, Part(again, failed), at=at)


def play_music(exchange: Exchange, leg: Leg, *, at: datetime) -> None:
    """The company's own music, until the leg is cut short."""
    leg.cut_short(at)
    speak(exchange, leg, _MUSIC, lambda now: play_music(exchange, leg, at=now), at=at)

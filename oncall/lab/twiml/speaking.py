"""Lets time pass on a leg: words said into it, silence, and what follows once they are over.

What is scheduled here does nothing if the leg was cut short meanwhile.
"""

from collections.abc import Callable
from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml.script.verbs import Speak, Wait
from oncall.lab.twiml.stage import Then
from oncall.lab.voice.leg import Heard, Leg
from oncall.lab.webhooks.delivery import Answer, Delivery

_NO_SOUND = 12300


def later(exchange: Exchange, leg: Leg, then: Then, *, at: datetime) -> None:
    """Does `then` at an instant, unless the leg has ended or gone on to something else by then."""
    turn = leg.turn

    def run(now: datetime) -> None:
        if leg.is_live() and leg.turn == turn:
            then(now)

    exchange.schedule.add(at, run, about=leg.sid)


def speak(exchange: Exchange, leg: Leg, words: Speak | Wait, then: Then, *, at: datetime) -> None:
    """Says words, as often as they are to be said, or keeps silent; then goes on."""
    if isinstance(words, Wait):
        later(exchange, leg, then, at=at + words.takes)
        return
    if words.kind == "play" and words.text.startswith(("http://", "https://")):
        _fetch(exchange, leg, words, lambda found, now: _repeat(exchange, leg, found, then, at=now), at=at)
    else:
        _repeat(exchange, leg, words, then, at=at)


def _fetch(
    exchange: Exchange, leg: Leg, sound: Speak, heard: Callable[[Speak | None, datetime], None], *, at: datetime
) -> None:
    """Asks for a sound, as with a GET that is signed like any other; one that cannot be had is passed over."""
    turn = leg.turn

    def answered(answer: Answer, now: datetime) -> None:
        if not leg.is_live() or leg.turn != turn:
            return
        error = answer.error or (None if answer.content_type.startswith("audio/") else _NO_SOUND)
        if error is not None:
            exchange.warn(error, about=leg.sid, at=now)
        heard(sound if error is None else None, now)

    fetched = Delivery("media", sound.text, (), leg.sid, method="GET", voice=True, on_answer=answered)
    exchange.send(fetched, at=at)


def _repeat(exchange: Exchange, leg: Leg, words: Speak | None, then: Then, *, at: datetime) -> None:
    left = words.times if words is not None else 0

    def say(now: datetime) -> None:
        nonlocal left
        if words is None or left == 0:
            then(now)
            return
        left -= 1
        until = now + words.takes
        leg.heard.append(Heard(now, until, words.text, words.language, words.voice, words.kind))
        later(exchange, leg, say, at=until)

    say(at)

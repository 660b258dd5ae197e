"""Lets time pass on a leg: words said into it, silence, and what follows once they are over.

What is scheduled here does nothing if the leg was cut short meanwhile.
"""

from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml.script.verbs import Speak, Wait
from oncall.lab.twiml.stage import Then
from oncall.lab.voice.leg import Heard, Leg


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
    left = words.times

    def say(now: datetime) -> None:
        nonlocal left
        if left == 0:
            then(now)
            return
        left -= 1
        until = now + words.takes
        leg.heard.append(Heard(now, until, words.text, words.language, words.voice, words.kind))
        later(exchange, leg, say, at=until)

    say(at)

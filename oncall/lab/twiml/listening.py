"""Waits for keys: prompts that a key interrupts, how many keys make an answer, and what silence leads to.

A hang-up while waiting asks for nothing; silence asks for nothing either, unless the document says otherwise.
"""

from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml.speaking import later, speak
from oncall.lab.twiml.stage import Listening, Stage
from oncall.lab.voice.leg import Leg


def listen(exchange: Exchange, leg: Leg, listening: Listening, *, at: datetime) -> None:
    """Begins the prompts; whoever is at the phone starts thinking."""
    stage = _stage(leg)
    stage.listening = listening
    if leg.keys_left:
        _press_after_thought(exchange, leg, listening, at=at)
    _prompt(exchange, leg, listening, said=0, at=at)


def _press_after_thought(exchange: Exchange, leg: Leg, listening: Listening, *, at: datetime) -> None:
    def presses(now: datetime) -> None:
        if leg.stage is not None and leg.stage.listening is listening:
            press(exchange, leg, leg.keys_left.popleft(), at=now)

    exchange.schedule.add(at + leg.persona.thinks_for, presses, about=leg.sid)


def _prompt(exchange: Exchange, leg: Leg, listening: Listening, *, said: int, at: datetime) -> None:
    if said == len(listening.wanted.prompts):
        listening.is_prompting = False
        _wait(exchange, leg, listening, at=at)
        return
    words = listening.wanted.prompts[said]
    speak(exchange, leg, words, lambda now: _prompt(exchange, leg, listening, said=said + 1, at=now), at=at)


def _wait(exchange: Exchange, leg: Leg, listening: Listening, *, at: datetime) -> None:
    later(exchange, leg, lambda now: _finish(leg, listening, at=now), at=at + listening.wanted.timeout)


def press(exchange: Exchange, leg: Leg, keys: str, *, at: datetime) -> None:
    """Keys pressed at the phone, one by one; those nobody waits for are lost."""
    for key in keys:
        leg.pressed.append((at, key))
        if leg.engagement is not None:
            leg.engagement.on_key(key, at)
            continue
        listening = leg.stage.listening if leg.stage is not None else None
        if listening is not None and (listening.wanted.lets_interrupt or not listening.is_prompting):
            _take(exchange, leg, listening, key, at=at)


def _take(exchange: Exchange, leg: Leg, listening: Listening, key: str, *, at: datetime) -> None:
    leg.cut_short(at)
    listening.is_prompting = False
    if key == listening.wanted.finish_key:
        _finish(leg, listening, at=at)
        return
    listening.keys += key
    if listening.wanted.most_keys is not None and len(listening.keys) >= listening.wanted.most_keys:
        _finish(leg, listening, at=at)
    else:
        _wait(exchange, leg, listening, at=at)


def _finish(leg: Leg, listening: Listening, *, at: datetime) -> None:
    _stage(leg).listening = None
    if listening.keys or listening.wanted.acts_on_nothing:
        listening.act(listening.keys, at)
    else:
        listening.fall_through(at)


def _stage(leg: Leg) -> Stage:
    if leg.stage is None:
        raise AssertionError("a leg that listens has a document")
    return leg.stage

"""Performs a document on a leg, one verb after another, until the document or the call is over.

What a verb does that takes time is told by whoever does it; here stands only what each leads on to.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml import keeping
from oncall.lab.twiml.fetching import Failure, Wanted, fail, fetch
from oncall.lab.twiml.listening import listen
from oncall.lab.twiml.scene import Onward, Scene
from oncall.lab.twiml.script.attributes import unknown_attributes
from oncall.lab.twiml.script.bridging import Confer, Ring, Tape
from oncall.lab.twiml.script.document import BadDocument, parse
from oncall.lab.twiml.script.verbs import (
    VOICE_VERBS,
    WHISPER_VERBS,
    GoTo,
    HangUp,
    Instruction,
    Listen,
    Speak,
    TurnAway,
    Wait,
    read,
)
from oncall.lab.twiml.speaking import speak
from oncall.lab.twiml.stage import Listening, Stage
from oncall.lab.voice.ending import end, tell
from oncall.lab.voice.leg import Leg

_NOT_HERE = 13201


def fetch_and_perform(exchange: Exchange, leg: Leg, wanted: Wanted, *, at: datetime) -> None:
    """Fetches a document and performs it, in place of whatever was going on."""
    fetch(exchange, leg, wanted, lambda stage, now: _begin(exchange, leg, stage, at=now), at=at)


def perform_inline(exchange: Exchange, leg: Leg, twiml: str, *, at: datetime) -> None:
    """Performs a document that came with the request itself."""
    try:
        stage = Stage("", parse(twiml, content_type="text/xml", verbs=VOICE_VERBS))
    except BadDocument as bad:
        _fail(exchange, leg, Failure(bad.code, "", in_fallback=False), at=at)
    else:
        _begin(exchange, leg, stage, at=at)


def _begin(exchange: Exchange, leg: Leg, stage: Stage, *, at: datetime) -> None:
    leg.cut_short(at)
    _go_on(_scene(exchange, leg, stage), at)


def _scene(exchange: Exchange, leg: Leg, stage: Stage) -> Scene:
    def ask(onward: Onward, at: datetime) -> None:
        _ask(scene, onward, at=at)

    scene = Scene(
        exchange,
        leg,
        stage,
        go_on=lambda at: _go_on(scene, at),
        ask=ask,
        pick_up=lambda at: _pick_up(scene, at=at),
        perform=lambda other, wanted, at: fetch_and_perform(exchange, other, wanted, at=at),
    )
    return scene


def _go_on(scene: Scene, at: datetime) -> None:
    """Performs the next verb; after the last the call ends, or what the document was a part of goes on."""
    leg, stage = scene.leg, scene.stage
    leg.stage = stage
    verb = stage.next_verb()
    if verb is None and stage.part is not None:
        stage.part.over(at)
        return
    try:
        wanted = _read(scene, verb, at=at) if verb is not None else HangUp()
        if _answers(wanted):
            _pick_up(scene, at=at)
        _PERFORMERS[type(wanted)](scene, wanted, at)
    except BadDocument as bad:
        _fail(scene.exchange, leg, _failure(stage, bad), at=at)


def _read(scene: Scene, verb: Element, *, at: datetime) -> Instruction:
    if scene.stage.part is not None and verb.tag not in WHISPER_VERBS:
        raise BadDocument(_NOT_HERE)
    for _ in unknown_attributes(verb):
        scene.exchange.warn(12200, about=scene.leg.sid, at=at)
    return read(verb)


def _answers(wanted: Instruction) -> bool:
    """Whether a verb answers a call that rings: not a refusal, a pause, the way elsewhere, or a wait for an answer."""
    if isinstance(wanted, Ring):
        return not wanted.answers_on_bridge
    return not isinstance(wanted, Wait | GoTo | TurnAway)


def _pick_up(scene: Scene, *, at: datetime) -> None:
    leg = scene.leg
    if leg.answered_at is None:
        leg.status, leg.answered_at, leg.updated_at = "in-progress", at, at
        tell(scene.exchange, leg, "answered", at=at)


def _speak(scene: Scene, wanted: Speak | Wait, at: datetime) -> None:
    speak(scene.exchange, scene.leg, wanted, scene.go_on, at=at)


def _hang_up(scene: Scene, wanted: HangUp, at: datetime) -> None:
    end(scene.exchange, scene.leg, "completed", at=at)


def _turn_away(scene: Scene, wanted: TurnAway, at: datetime) -> None:
    end(scene.exchange, scene.leg, "completed" if scene.leg.answered_at else wanted.status, at=at)


def _go_to(scene: Scene, wanted: GoTo, at: datetime) -> None:
    _elsewhere(scene, Wanted(scene.stage.resolve(wanted.url), wanted.method), at=at)


def _elsewhere(scene: Scene, wanted: Wanted, *, at: datetime) -> None:
    fetch_and_perform(scene.exchange, scene.leg, replace(wanted, part=scene.stage.part), at=at)


def _listen(scene: Scene, wanted: Listen, at: datetime) -> None:
    def act(keys: str, now: datetime) -> None:
        params = (("Digits", keys), ("FinishedOnKey", wanted.finish_key if wanted.most_keys is None else ""))
        scene.ask(Onward(wanted.action, wanted.method, params), now)

    listen(scene.exchange, scene.leg, Listening(wanted, act=act, fall_through=scene.go_on), at=at)


def _ask(scene: Scene, onward: Onward, *, at: datetime) -> None:
    try:
        url = scene.stage.resolve(onward.action or "")
    except BadDocument as bad:
        _fail(scene.exchange, scene.leg, _failure(scene.stage, bad), at=at)
        return
    _elsewhere(scene, Wanted(url, onward.method, onward.params), at=at)


def _failure(stage: Stage, bad: BadDocument) -> Failure:
    return Failure(bad.code, stage.url, stage.is_fallback, stage.part)


def _fail(exchange: Exchange, leg: Leg, failure: Failure, *, at: datetime) -> None:
    fail(exchange, leg, failure, lambda stage, now: _begin(exchange, leg, stage, at=now), at=at)


_PERFORMERS: dict[type, Callable[[Scene, Any, datetime], None]] = {
    Speak: _speak,
    Wait: _speak,
    Listen: _listen,
    GoTo: _go_to,
    HangUp: _hang_up,
    TurnAway: _turn_away,
    Confer: keeping.confer,
    Ring: keeping.ring,
    Tape: keeping.tape,
}

"""Performs a document on a leg, one verb after another, until the document or the call is over.

What a verb does that takes time is told by whoever does it; here stands only what each leads on to.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from oncall.lab.conferences.joining import join
from oncall.lab.exchange.exchange import Exchange
from oncall.lab.recordings.taping import record
from oncall.lab.twiml.fetching import Failure, Wanted, fail, fetch, report
from oncall.lab.twiml.listening import listen
from oncall.lab.twiml.script.attributes import unknown_attributes
from oncall.lab.twiml.script.bridging import Callback, Confer, Joining, Ring, Tape
from oncall.lab.twiml.script.document import BadDocument, parse
from oncall.lab.twiml.script.verbs import VOICE_VERBS, GoTo, HangUp, Listen, Speak, TurnAway, Wait, read
from oncall.lab.twiml.speaking import speak
from oncall.lab.twiml.stage import Listening, Stage
from oncall.lab.voice.ending import end, tell
from oncall.lab.voice.leg import Leg, Manner
from oncall.lab.webhooks.signing import Params

_PICKS_UP_LATER = (Wait, GoTo, TurnAway)


@dataclass(frozen=True, slots=True)
class _Scene:
    """A leg in its document."""

    exchange: Exchange
    leg: Leg
    stage: Stage


@dataclass(frozen=True, slots=True)
class _Onward:
    """What a verb asks once it is over; without an address the document goes on."""

    action: str | None
    method: str
    params: Params


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
    leg.stage = stage
    _go_on(_Scene(exchange, leg, stage), at)


def _go_on(scene: _Scene, at: datetime) -> None:
    """Performs the next verb; after the last the call ends, or what the document was a part of goes on."""
    leg, stage = scene.leg, scene.stage
    leg.stage = stage
    verb = stage.next_verb()
    if verb is None and stage.part is not None:
        stage.part.over(at)
        return
    try:
        wanted = read(verb) if verb is not None else HangUp()
        for _ in unknown_attributes(verb) if verb is not None else ():
            scene.exchange.warn(12200, about=leg.sid, at=at)
        if not isinstance(wanted, _PICKS_UP_LATER):
            _pick_up(scene, at=at)
        _PERFORMERS[type(wanted)](scene, wanted, at)
    except BadDocument as bad:
        _fail(scene.exchange, leg, _failure(stage, bad), at=at)


def _pick_up(scene: _Scene, *, at: datetime) -> None:
    """An inbound call is answered by the first verb that is not a refusal, a pause or the way to another document."""
    leg = scene.leg
    if leg.answered_at is None:
        leg.status, leg.answered_at, leg.updated_at = "in-progress", at, at
        tell(scene.exchange, leg, "answered", at=at)


def _speak(scene: _Scene, wanted: Speak | Wait, at: datetime) -> None:
    speak(scene.exchange, scene.leg, wanted, lambda now: _go_on(scene, now), at=at)


def _hang_up(scene: _Scene, wanted: HangUp, at: datetime) -> None:
    end(scene.exchange, scene.leg, "completed", at=at)


def _turn_away(scene: _Scene, wanted: TurnAway, at: datetime) -> None:
    end(scene.exchange, scene.leg, "completed" if scene.leg.answered_at else wanted.status, at=at)


def _go_to(scene: _Scene, wanted: GoTo, at: datetime) -> None:
    _elsewhere(scene, Wanted(scene.stage.resolve(wanted.url), wanted.method), at=at)


def _elsewhere(scene: _Scene, wanted: Wanted, *, at: datetime) -> None:
    fetch_and_perform(scene.exchange, scene.leg, replace(wanted, part=scene.stage.part), at=at)


def _listen(scene: _Scene, wanted: Listen, at: datetime) -> None:
    def act(keys: str, now: datetime) -> None:
        params = (("Digits", keys), ("FinishedOnKey", wanted.finish_key if wanted.most_keys is None else ""))
        _ask(scene, _Onward(wanted.action, wanted.method, params), at=now)

    listen(scene.exchange, scene.leg, Listening(wanted, act=act, fall_through=lambda now: _go_on(scene, now)), at=at)


def _confer(scene: _Scene, wanted: Confer, at: datetime) -> None:
    dial, leg = wanted.dial, scene.leg

    def left(manner: Manner, now: datetime) -> None:
        _come_back(scene, _Onward(dial.action, dial.method, (("DialCallStatus", "answered"),)), manner, at=now)

    joining = _whole(scene.stage, wanted.joining)
    join(scene.exchange, leg, joining, left, ends_on_star=dial.ends_on_star, at=at)
    if dial.ends_after is not None:
        _end_in_time(scene, at + dial.ends_after)


def _end_in_time(scene: _Scene, at: datetime) -> None:
    leg, engagement = scene.leg, scene.leg.engagement

    def is_over(now: datetime) -> None:
        if leg.engagement is engagement:
            leg.let_go(Manner.OVER, now)

    scene.exchange.schedule.add(at, is_over, about=leg.sid)


def _whole(stage: Stage, joining: Joining) -> Joining:
    """The addresses of a conference, made whole."""
    wait_url = stage.resolve(joining.wait_url) if joining.wait_url else joining.wait_url
    return replace(joining, wait_url=wait_url, callback=_whole_callback(stage, joining.callback))


def _whole_callback(stage: Stage, callback: Callback) -> Callback:
    return replace(callback, url=stage.resolve(callback.url)) if callback.url else callback


def _no_ring(scene: _Scene, wanted: Ring, at: datetime) -> None:
    raise BadDocument(12100)


def _tape(scene: _Scene, wanted: Tape, at: datetime) -> None:
    def kept(params: Params, manner: Manner, now: datetime) -> None:
        _come_back(scene, _Onward(wanted.action, wanted.method, params), manner, at=now)

    whole = replace(wanted, callback=_whole_callback(scene.stage, wanted.callback))
    record(scene.exchange, scene.leg, whole, kept, lambda now: _go_on(scene, now), at=at)


def _come_back(scene: _Scene, onward: _Onward, manner: Manner, *, at: datetime) -> None:
    """Goes on after something that kept the leg; if it was taken elsewhere or has ended, its action is only told."""
    if manner in {Manner.HUNG_UP, Manner.REDIRECTED}:
        if onward.action is not None and (manner is Manner.REDIRECTED or scene.exchange.settings.acts_on_hanging_up):
            wanted = Wanted(scene.stage.resolve(onward.action), onward.method, onward.params)
            report(scene.exchange, scene.leg, wanted, at=at)
    elif onward.action is not None:
        _ask(scene, onward, at=at)
    else:
        _go_on(scene, at)


def _ask(scene: _Scene, onward: _Onward, *, at: datetime) -> None:
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


_PERFORMERS: dict[type, Callable[[_Scene, Any, datetime], None]] = {
    Speak: _speak,
    Wait: _speak,
    Listen: _listen,
    GoTo: _go_to,
    HangUp: _hang_up,
    TurnAway: _turn_away,
    Confer: _confer,
    Tape: _tape,
    Ring: _no_ring,
}

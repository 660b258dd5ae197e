"""The verbs that keep a leg: a conference, numbers it rings, a message it leaves; and what each leads on to.

A leg that was taken elsewhere, or has ended, goes nowhere: its action is told, if at all, and the answer not done.
"""

from dataclasses import replace
from datetime import datetime

from oncall.lab.conferences.joining import join
from oncall.lab.dialling.dialling import Follows
from oncall.lab.dialling.ringing_out import ring_out
from oncall.lab.recordings.taping import record
from oncall.lab.twiml.fetching import Wanted, report
from oncall.lab.twiml.scene import Onward, Scene
from oncall.lab.twiml.script.bridging import Callback, Callee, Confer, Joining, Ring, Tape
from oncall.lab.twiml.script.document import BadDocument
from oncall.lab.twiml.stage import Part, Stage
from oncall.lab.voice.ending import end
from oncall.lab.voice.leg import Leg, Manner, Then
from oncall.lab.webhooks.signing import Params


def confer(scene: Scene, wanted: Confer, at: datetime) -> None:
    dial, leg = wanted.dial, scene.leg

    def left(manner: Manner, now: datetime) -> None:
        _come_back(scene, Onward(dial.action, dial.method, (("DialCallStatus", "answered"),)), manner, at=now)

    joining = _whole(scene.stage, wanted.joining)
    join(scene.exchange, leg, joining, left, ends_on_star=dial.ends_on_star, at=at)
    if dial.ends_after is not None:
        _end_in_time(scene, at + dial.ends_after)


def _end_in_time(scene: Scene, at: datetime) -> None:
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


def ring(scene: Scene, wanted: Ring, at: datetime) -> None:
    dial, stage = wanted.dial, scene.stage

    def ask(leg: Leg, callee: Callee, joins: Then, now: datetime) -> None:
        _whisper(scene, leg, callee, joins, at=now)

    def over(params: Params, manner: Manner, now: datetime) -> None:
        _come_back(scene, Onward(dial.action, dial.method, params), manner, at=now)

    callees = tuple(
        replace(each, url=stage.resolve(each.url) if each.url else "", callback=_whole_callback(stage, each.callback))
        for each in wanted.callees
    )
    ring_out(scene.exchange, scene.leg, replace(wanted, callees=callees), Follows(ask, scene.pick_up, over), at=at)


def _whisper(scene: Scene, leg: Leg, callee: Callee, joins: Then, *, at: datetime) -> None:
    """What is said to one who answered, on their own line; they are joined when it is over."""
    exchange, fallback_url = scene.exchange, scene.leg.orders.fallback_url

    def drop(code: int, now: datetime) -> None:
        end(exchange, leg, "completed", at=now)

    def failed(code: int, now: datetime) -> None:
        into = exchange.settings.whisper_fails_into
        if into == "bridge":
            joins(now)
        elif into == "fallback" and fallback_url:
            extra = (("ErrorCode", str(code)), ("ErrorUrl", callee.url))
            method = scene.leg.orders.fallback_method
            scene.perform(leg, Wanted(fallback_url, method, extra, part=Part(joins, drop)), now)
        else:
            drop(code, now)

    scene.perform(leg, Wanted(callee.url, callee.method, part=Part(joins, failed)), at)


def tape(scene: Scene, wanted: Tape, at: datetime) -> None:
    def kept(params: Params, manner: Manner, now: datetime) -> None:
        _come_back(scene, Onward(wanted.action, wanted.method, params), manner, at=now)

    whole = replace(wanted, callback=_whole_callback(scene.stage, wanted.callback))
    record(scene.exchange, scene.leg, whole, kept, scene.go_on, at=at)


def _come_back(scene: Scene, onward: Onward, manner: Manner, *, at: datetime) -> None:
    is_gone = manner in {Manner.HUNG_UP, Manner.REDIRECTED}
    if is_gone and (manner is Manner.REDIRECTED or scene.exchange.settings.acts_on_hanging_up):
        _report(scene, onward, at=at)
    elif is_gone:
        return
    elif onward.action is not None:
        scene.ask(onward, at)
    else:
        scene.go_on(at)


def _report(scene: Scene, onward: Onward, *, at: datetime) -> None:
    if onward.action is None:
        return
    try:
        url = scene.stage.resolve(onward.action)
    except BadDocument as bad:
        scene.exchange.warn(bad.code, about=scene.leg.sid, at=at)
    else:
        report(scene.exchange, scene.leg, Wanted(url, onward.method, onward.params), at=at)

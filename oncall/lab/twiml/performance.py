"""Performs a document on a leg, one verb after another, until the document or the call is over."""

from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml.fetching import Failure, Wanted, fail, fetch
from oncall.lab.twiml.listening import listen
from oncall.lab.twiml.script.document import BadDocument, parse
from oncall.lab.twiml.script.verbs import VOICE_VERBS, GoTo, HangUp, Instruction, Listen, TurnAway, read
from oncall.lab.twiml.speaking import speak
from oncall.lab.twiml.stage import Listening, Stage
from oncall.lab.voice.ending import end, tell
from oncall.lab.voice.leg import Leg


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
    _go_on(exchange, leg, stage, at=at)


def _go_on(exchange: Exchange, leg: Leg, stage: Stage, *, at: datetime) -> None:
    verb = stage.next_verb()
    try:
        _carry_out(exchange, leg, stage, read(verb) if verb is not None else HangUp(), at=at)
    except BadDocument as bad:
        _fail(exchange, leg, Failure(bad.code, stage.url, stage.is_fallback), at=at)


def _carry_out(exchange: Exchange, leg: Leg, stage: Stage, wanted: Instruction, *, at: datetime) -> None:
    if isinstance(wanted, TurnAway) and leg.answered_at is None:
        end(exchange, leg, wanted.status, at=at)
        return
    _pick_up(exchange, leg, at=at)
    if isinstance(wanted, HangUp | TurnAway):
        end(exchange, leg, "completed", at=at)
    elif isinstance(wanted, GoTo):
        fetch_and_perform(exchange, leg, Wanted(stage.resolve(wanted.url), wanted.method), at=at)
    elif isinstance(wanted, Listen):
        listen(exchange, leg, _listening(exchange, leg, stage, wanted), at=at)
    else:
        speak(exchange, leg, wanted, lambda now: _go_on(exchange, leg, stage, at=now), at=at)


def _pick_up(exchange: Exchange, leg: Leg, *, at: datetime) -> None:
    """An inbound call is answered by the first verb that is not a refusal."""
    if leg.answered_at is None:
        leg.status, leg.answered_at, leg.updated_at = "in-progress", at, at
        tell(exchange, leg, "answered", at=at)


def _listening(exchange: Exchange, leg: Leg, stage: Stage, wanted: Listen) -> Listening:
    def act(keys: str, at: datetime) -> None:
        try:
            onward = stage.resolve(wanted.action)
        except BadDocument as bad:
            _fail(exchange, leg, Failure(bad.code, stage.url, stage.is_fallback), at=at)
            return
        extra = (("Digits", keys), ("FinishedOnKey", wanted.finish_key if wanted.most_keys is None else ""))
        fetch_and_perform(exchange, leg, Wanted(onward, wanted.method, extra), at=at)

    return Listening(wanted, act=act, fall_through=lambda now: _go_on(exchange, leg, stage, at=now))


def _fail(exchange: Exchange, leg: Leg, failure: Failure, *, at: datetime) -> None:
    fail(exchange, leg, failure, lambda stage, now: _begin(exchange, leg, stage, at=now), at=at)

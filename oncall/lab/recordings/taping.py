"""Keeps a message: from the beep until silence, a key, the longest it may be, or the end of the call.

Nothing said is no recording, and the document goes on; otherwise its action is asked, also if the caller hung up.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.recordings.recording import Recording
from oncall.lab.twiml.script.bridging import Callback, Tape
from oncall.lab.twiml.script.speech import speaking_time
from oncall.lab.twiml.speaking import later
from oncall.lab.voice.leg import Engagement, Heard, Leg, Manner
from oncall.lab.voice.talking import say_aloud
from oncall.lab.webhooks.delivery import Answer, Delivery
from oncall.lab.webhooks.signing import Params

_BEEP_TAKES = timedelta(seconds=1)
_SHORTEST = timedelta(seconds=1)
Kept = Callable[[Params, Manner, datetime], None]


@dataclass(slots=True)
class _Taping:
    exchange: Exchange
    leg: Leg
    wanted: Tape
    recording: Recording
    kept: Kept
    nothing: Callable[[datetime], None]
    began_at: datetime
    silences: int = field(default=0)

    def is_on(self) -> bool:
        return self.recording.seconds is None


def record(
    exchange: Exchange,
    leg: Leg,
    wanted: Tape,
    kept: Kept,
    nothing: Callable[[datetime], None],
    *,
    at: datetime,
) -> None:
    """Begins with a beep; `kept` is what follows a message, `nothing` what follows none."""
    leg.cut_short(at)
    began_at = at
    if wanted.beeps:
        began_at = at + _BEEP_TAKES
        leg.heard.append(Heard(at, began_at, "(beep)", kind="beep"))
    recording = Recording(exchange.new_sid("RE"), leg.sid, at, at)
    taping = _Taping(exchange, leg, wanted, recording, kept, nothing, began_at)
    leg.engagement = Engagement(
        let_go=lambda manner, now: _finish(taping, "hangup", manner, at=now),
        on_key=lambda key, now: _key(taping, key, at=now),
        on_speech=lambda text, now: _words(taping, text, at=now),
        kind="message",
    )
    later(exchange, leg, lambda now: _stop(taping, at=now), at=began_at + wanted.longest)
    _await_silence(taping, at=began_at)
    if leg.persona.message:
        words = leg.persona.message
        later(exchange, leg, lambda now: say_aloud(exchange, leg, words, at=now), at=began_at)


def _await_silence(taping: _Taping, *, at: datetime) -> None:
    taping.silences += 1
    waited = taping.silences

    def silent(now: datetime) -> None:
        if taping.silences == waited:
            _stop(taping, at=now)

    later(taping.exchange, taping.leg, silent, at=at + taping.wanted.silence)


def _words(taping: _Taping, text: str, *, at: datetime) -> None:
    if taping.is_on() and at >= taping.began_at:
        taping.recording.words.append(text)
        _await_silence(taping, at=at + speaking_time(text))


def _key(taping: _Taping, key: str, *, at: datetime) -> None:
    if key in taping.wanted.finish_keys and taping.is_on():
        taping.leg.engagement = None
        _finish(taping, key, Manner.OVER, at=at)


def _stop(taping: _Taping, *, at: datetime) -> None:
    if taping.is_on():
        taping.leg.engagement = None
        _finish(taping, "", Manner.OVER, at=at)


def _finish(taping: _Taping, digits: str, manner: Manner, *, at: datetime) -> None:
    lasted = max(at - taping.began_at, timedelta(0))
    taping.recording.seconds = round(lasted.total_seconds())
    taping.leg.cut_short(at)
    by_silence = manner is Manner.OVER and not digits
    if lasted < _SHORTEST or (by_silence and not taping.recording.words):
        if manner is Manner.OVER:
            taping.nothing(at)
        return
    _keep(taping, at=at)
    given = {
        "RecordingUrl": url(taping.exchange, taping.recording),
        "RecordingSid": taping.recording.sid,
        "RecordingDuration": str(taping.recording.seconds),
        "Digits": digits,
    }
    taping.kept(tuple(given.items()), manner, at)


def url(exchange: Exchange, recording: Recording) -> str:
    """Where a recording is fetched, without the ending that says in what form."""
    return f"{exchange.base_url}/2010-04-01/Accounts/{exchange.account_sid}/Recordings/{recording.sid}"


def _keep(taping: _Taping, *, at: datetime) -> None:
    exchange, recording, callback = taping.exchange, taping.recording, taping.wanted.callback
    exchange.records.recordings[recording.sid] = recording

    def is_there(now: datetime) -> None:
        recording.is_ready, recording.updated_at = True, now
        if callback.url and "completed" in callback.events:
            exchange.send(_told(exchange, recording, callback), at=now)

    exchange.schedule.add(at + exchange.settings.recordings_ready_after, is_there, about=recording.sid)


def _told(exchange: Exchange, recording: Recording, callback: Callback) -> Delivery:
    def told(answer: Answer, now: datetime) -> None:
        if answer.error is not None:
            exchange.warn(15003, about=recording.sid, at=now)

    given = {
        "AccountSid": exchange.account_sid,
        "CallSid": recording.call_sid,
        "RecordingSid": recording.sid,
        "RecordingUrl": url(exchange, recording),
        "RecordingStatus": "completed",
        "RecordingDuration": str(recording.seconds),
        "RecordingChannels": "1",
        "RecordingStartTime": recording.created_at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        "RecordingSource": "RecordVerb",
        "ErrorCode": "0",
    }
    return Delivery(
        kind="recording-status",
        url=callback.url,
        method=callback.method,
        params=tuple(given.items()),
        about=recording.sid,
        voice=True,
        on_answer=told,
    )

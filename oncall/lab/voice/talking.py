"""Who hears whom: kept as it changes, so that a test can ask who spoke with whom, and for how long.

Words that a person says reach every leg that hears theirs at that moment, and a message that is being kept.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.twiml.script.speech import speaking_time
from oncall.lab.voice.leg import Heard, Leg, Talk


def now_hears(leg: Leg, others: Iterable[Leg], *, at: datetime) -> None:
    """From this instant a leg hears these legs and no others."""
    heard = {other.sid: other for other in others}
    for sid in [sid for sid in leg.talking if sid not in heard]:
        leg.talking.pop(sid).until = at
    for sid, other in heard.items():
        if sid not in leg.talking:
            leg.talking[sid] = Talk(at, other.number)
            leg.talks.append(leg.talking[sid])


def longest_silence(leg: Leg, *, now: datetime) -> timedelta:
    """The longest time in which an answered leg heard neither words nor music nor another person's line."""
    if leg.answered_at is None:
        return timedelta(0)
    ended_at = leg.ended_at or now
    heard = [(each.at, each.until) for each in leg.heard] + [(talk.at, talk.until or ended_at) for talk in leg.talks]
    longest, quiet_from = timedelta(0), leg.answered_at
    for at, until in sorted(heard):
        longest = max(longest, at - quiet_from)
        quiet_from = max(quiet_from, until)
    return max(longest, ended_at - quiet_from)


def say_aloud(exchange: Exchange, leg: Leg, text: str, *, at: datetime) -> None:
    """Words said into a phone."""
    leg.said.append((at, text))
    until = at + speaking_time(text)
    for other in exchange.records.legs.values():
        if leg.sid in other.talking:
            other.heard.append(Heard(at, until, text, voice=leg.number, kind="voice"))
    if leg.engagement is not None and leg.engagement.on_speech is not None:
        leg.engagement.on_speech(text, at)

"""What a practitioner's text asks for: a pure reading of its words, case and blanks apart.

Only a text that is nothing but a command, a ref and minutes is one, or a word and the four figures of a change of the
rota; everything else is words for somebody.
"""

from dataclasses import dataclass
from enum import StrEnum

from oncall.incidents.refs import is_ref


class Say(StrEnum):
    """What can be said to a change of the rota; the four figures after it tell it from an answer to a page."""

    ACCEPT = "accept"
    DECLINE = "decline"
    APPROVE = "approve"


SAYINGS = {
    "cover": Say.ACCEPT,
    "cyflenwi": Say.ACCEPT,
    "swap": Say.ACCEPT,
    "cyfnewid": Say.ACCEPT,
    "no": Say.DECLINE,
    "na": Say.DECLINE,
    "approve": Say.APPROVE,
    "cymeradwyo": Say.APPROVE,
}
CODE_FIGURES = 4


class Asked(StrEnum):
    """What can be asked of the rota in one bare word; anything more, a question mark too, is words for somebody."""

    WHO = "who"
    ROTA = "rota"


ROTA_WORDS = {"who": Asked.WHO, "pwy": Asked.WHO, "rota": Asked.ROTA}


class Verb(StrEnum):
    """What can be asked for in a word."""

    TAKE = "take"
    PASS_ON = "pass on"
    READ = "read"
    CARD = "card"


VERBS = {
    "1": Verb.TAKE,
    "ack": Verb.TAKE,
    "take": Verb.TAKE,
    "iawn": Verb.TAKE,
    "2": Verb.PASS_ON,
    "pass": Verb.PASS_ON,
    "pasio": Verb.PASS_ON,
    "3": Verb.READ,
    "card": Verb.CARD,
    "cerdyn": Verb.CARD,
}
STOPS = frozenset({"stop", "stopall", "unsubscribe", "end", "quit", "cancel", "revoke", "optout"})
STARTS = frozenset({"start", "unstop", "yes"})
HELPS = frozenset({"help", "info"})
PUNCTUATION = ".,;:!?"
UNITS = frozenset({"min", "mins", "minute", "minutes", "munud"})
MOST_FIGURES = 6


@dataclass(frozen=True, kw_only=True)
class Command:
    """A verb, perhaps with the ref it concerns, perhaps with minutes (any whole number; its range is checked later)."""

    verb: Verb
    ref: str | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Keyword:
    """A single bare word that the network keeps for itself: `stop`, `start` or `help`, whichever form was sent."""

    name: str


@dataclass(frozen=True)
class Words:
    """Words for somebody; `ref` is the first word if it has the shape of a ref, `rest` what follows it."""

    text: str
    ref: str | None = None
    rest: str = ""


@dataclass(frozen=True)
class RotaAnswer:
    """What somebody says to the change of the rota that has this code."""

    says: Say
    code: str


@dataclass(frozen=True)
class AskRota:
    """A question about the rota, also from somebody who holds an incident."""

    asked: Asked


Reading = AskRota | Command | Keyword | RotaAnswer | Words


def read(body: str) -> Reading:
    """What the text asks for."""
    if keyword := _keyword(body.strip().lower()):
        return Keyword(keyword)
    if asked := ROTA_WORDS.get(body.strip().lower()):
        return AskRota(asked)
    words = [word.strip(PUNCTUATION) for word in body.lower().split()]
    words = [word for word in words if word]
    if answer := _rota_answer("".join(words)):
        return answer
    if len(words) > 1 and is_ref(words[0]):  # the ref first: `KTRW 1 20`
        words = [words[1], words[0], *words[2:]]
    if words and words[0] in VERBS and (command := _command(VERBS[words[0]], words[1:])):
        return command
    return _words(body)


def _keyword(word: str) -> str | None:
    """What the network makes of it: `Stop.`, with its full stop, is no keyword there, and so none here."""
    kinds = (("stop", STOPS), ("start", STARTS), ("help", HELPS))
    return next((name for name, forms in kinds if word in forms), None)


def _rota_answer(joined: str) -> RotaAnswer | None:
    """A word and a code, blanks or none between them."""
    word, code = joined[:-CODE_FIGURES], joined[-CODE_FIGURES:]
    is_code = len(code) == CODE_FIGURES and code.isascii() and code.isdigit()
    return RotaAnswer(SAYINGS[word], code) if is_code and word in SAYINGS else None


def _command(verb: Verb, words: list[str]) -> Command | None:
    ref: str | None = None
    minutes: int | None = None
    for word in words:
        if ref is None and is_ref(word):
            ref = word.upper()
        elif verb is Verb.TAKE and minutes is None and word.isascii() and word.isdigit() and len(word) <= MOST_FIGURES:
            minutes = int(word)
        elif minutes is not None and word in UNITS:
            continue
        else:
            return None
    return Command(verb=verb, ref=ref, minutes=minutes)


def _words(body: str) -> Words:
    first, *rest = body.split(maxsplit=1) or [""]
    ref = first.rstrip(PUNCTUATION)
    return Words(body, ref.upper(), "".join(rest)) if is_ref(ref) else Words(body)

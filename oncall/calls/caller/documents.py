"""What a caller hears, as whole documents: on arriving, while they wait, and whenever something has changed.

Which one it is follows from where their line stands, so a document asked for twice is the same twice.
"""

from datetime import timedelta

from oncall.calls.audio.prompts import aloud
from oncall.calls.line.flow import Stage, Why
from oncall.calls.line.scene import Line, address, call_path
from oncall.calls.wording import listed
from oncall.paging.notices import can_be_texted
from oncall.telephony import twiml
from oncall.telephony.twiml import Language, Verb

LONGEST_MESSAGE = timedelta(minutes=3)
QUIET_FOR = timedelta(seconds=6)
"""Silence between words while a caller waits; more than this and they wonder whether anybody is there."""
WAITING_WORDS = ("wait_ringing", "wait_still", "wait_star", "wait_here")
WORDS_TAKE = timedelta(seconds=10)
MOVED = {
    Why.PROMISE: "promise",
    Why.MESSAGE: "message",
    Why.FINISHED: "finished",
}


def arrival(line: Line) -> str:
    """The first document: a greeting in two short sentences, then the room in which they wait.

    Where nobody at all can be rung it is the greeting and the promise.
    """
    if line.state.stage is Stage.PROMISED:
        return _message(line, *_greeting(line))
    return twiml.document(*_greeting(line), _room(line))


def current(line: Line) -> str:
    """What the caller hears next, as their line stands now."""
    match line.state.stage:
        case Stage.PROMISED:
            return _message(line)
        case Stage.OVER:
            return twiml.document(twiml.hang_up())
        case Stage.TALKING if line.call.moved_for == Why.TOGETHER:
            return twiml.document(*_said(line, "together", name=line.first_name()), _room(line))
        case Stage.ALONE:
            return twiml.document(*_said(line, "left", name=line.first_name()), _room(line))
        case _:
            return twiml.document(*_said(line, "back_to_room"), _room(line))


def waiting(line: Line) -> str:
    """A few words and quiet; the words change with how long the caller has waited."""
    state = line.state
    if state.stage is Stage.ALONE:
        name = "wait_again" if line.state.ringing == {state.first} else "wait_others"
        words = _said(line, name, name=line.first_name())
    elif state.stage is Stage.PROMISED:  # the network could not send them on
        words = _said(line, _promised_here(line), name=line.first_name())
    elif state.stage is Stage.TALKING:
        words = _said(line, "wait_coming", name=line.first_name()) if not state.has_talked else []
    else:
        turn = int((line.at - line.call.began_at) / WORDS_TAKE) % len(WAITING_WORDS)
        words = [
            verb
            for language in line.languages
            for verb in aloud(line.session, line.team, [language], WAITING_WORDS[turn], who=_who(line, language))
        ]
    return twiml.document(*words, twiml.pause(QUIET_FOR))


def moment(line: Line) -> str:
    """Played to a caller while the practitioner makes a choice."""
    return twiml.document(*_said(line, "moment", name=line.first_name()))


def thanks(line: Line, *, has_message: bool) -> str:
    """What a caller hears at the end."""
    is_hidden = not can_be_texted(line.incident)
    name = "thanks" if has_message else "goodbye_hidden" if is_hidden else "no_message"
    return twiml.document(*_said(line, name), twiml.hang_up())


def rung_back(line: Line) -> str:
    """What a caller hears who is rung back and has answered."""
    if line.state.stage is Stage.OVER:
        return twiml.document(*_said(line, "line_lost"), twiml.hang_up())
    words = _said(line, "ringing_you_back", team=line.team.name, name=line.first_name())
    return twiml.document(*words, _room(line))


def _greeting(line: Line) -> list[Verb]:
    contact = line.contact
    hello = "hello_nobody" if line.state.stage is Stage.PROMISED else "hello"
    name = f"{hello}_young" if line.is_young else hello if contact else f"{hello}_unknown"
    words: list[Verb] = []
    for language in line.languages:
        values = {
            "name": contact.name if contact and not line.is_young else "",
            "team": line.team.name,
            "who": _who(line, language),
        }
        for said in (name, "danger"):
            words += aloud(line.session, line.team, [language], said, **values)
    return words


def _who(line: Line, language: Language) -> str:
    people = [line.practitioner(person) for person in line.state.ringing]
    return listed([p.name for p in sorted(people, key=lambda p: p.position)], language)


def _promised_here(line: Line) -> str:
    if line.call.moved_for == Why.FINISHED:
        return "wait_finished"
    return "wait_promised" if can_be_texted(line.incident) else "wait_promised_hidden"


def _message(line: Line, *greeting: Verb) -> str:
    name = MOVED.get(Why(line.call.moved_for or Why.PROMISE), "promise")
    if name == "promise":
        is_hidden = not can_be_texted(line.incident)
        name = "promise_hidden" if is_hidden else "promise_young" if line.is_young else "promise"
    asked = twiml.record(
        action=address(line.session, call_path(line.call, "said")),
        status_url=address(line.session, call_path(line.call, "recording")),
        longest=LONGEST_MESSAGE,
    )
    words = [*greeting, *_said(line, name, name=line.first_name())]
    return twiml.document(*words, asked, *_said(line, "no_message"), twiml.hang_up())


def _room(line: Line) -> Verb:
    return twiml.conference(
        line.room,
        left_url=address(line.session, call_path(line.call, "left")),
        wait_url=address(line.session, call_path(line.call, "wait")),
        status_url=address(line.session, call_path(line.call, "room")),
    )


def _said(line: Line, name: str, /, **values: object) -> list[Verb]:
    return aloud(line.session, line.team, line.languages, name, **values)

"""A practitioner's text: an answer to a page, a question, or words for the caller.

A text that did nothing is always answered with what can be sent.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from oncall.incidents.models import Incident
from oncall.incidents.queries import held_by
from oncall.paging import actions
from oncall.paging.answering import take_and_answer
from oncall.paging.notices import answer_staff
from oncall.paging.reaching import hold_pages_to, mark_opted_in, mark_opted_out, reassess_pages_to
from oncall.paging.shifts.confidence.answering import answer_question
from oncall.paging.shifts.confidence.saying import say_rota, say_who
from oncall.paging.wording import language_of, say
from oncall.people.models import Practitioner, Team
from oncall.texts.changing import answer_change
from oncall.texts.choosing import Desk, choose, find_ref, listed, why_not_theirs
from oncall.texts.flow import Asked, AskRota, Command, Keyword, RotaAnswer, Verb, Words, read
from oncall.texts.guiding.sending import send_card
from oncall.texts.relays import read_out, relay_to_caller

SAYS = {Asked.WHO: say_who, Asked.ROTA: say_rota}


def receive(session: Session, team: Team, by: Practitioner, body: str, *, attachments: int = 0, at: datetime) -> None:
    """Does what the text asks, or says why not."""
    desk = Desk(session, team, by, at)
    reading = read(body)
    if attachments:
        _answer(desk, "pictures_stay")
        if not body.strip():
            return
    match reading:
        case Keyword(name):
            _keyword(desk, name, body)
        case Command():
            _command(desk, reading)
        case RotaAnswer():
            answer_change(desk, reading)
        case AskRota(asked):
            SAYS[asked](session, team, by, at=at)
        case Words():
            _words(desk, reading)


def _answer(desk: Desk, sentence: str, /, **values: object) -> None:
    answer_staff(desk.session, desk.team, desk.by, say(language_of(desk.by), sentence, **values), at=desk.at)


def _keyword(desk: Desk, name: str, body: str) -> None:
    if name == "stop":
        hold_pages_to(desk.session, desk.by)
        if mark_opted_out(desk.session, desk.team, desk.by, at=desk.at):
            reassess_pages_to(desk.session, desk.team, desk.by, at=desk.at)
    elif name == "start" and mark_opted_in(desk.session, desk.team, desk.by, at=desk.at):
        _answer(desk, "opted_in")
    elif name == "start" and body.strip().lower() == "yes":
        _words(desk, Words(body))
    else:
        _answer(desk, "what_to_send")


def _is_to_a_question(desk: Desk, command: Command) -> bool:
    """A bare 1 or 2, with no page for it to answer, may answer whether they can still do their next shift."""
    is_bare = command.ref is None and command.minutes is None and command.verb in (Verb.TAKE, Verb.PASS_ON)
    if not is_bare or desk.waiting() or held_by(desk.session, practitioner_id=desk.by.id):
        return False
    return answer_question(desk.session, desk.team, desk.by, can=command.verb is Verb.TAKE, at=desk.at)


def _command(desk: Desk, command: Command) -> None:
    if _is_to_a_question(desk, command):
        return
    if command.minutes is not None and command.minutes not in actions.PROMISE_MINUTES:
        _answer(desk, "wrong_minutes", example=f"1 {command.ref} 20" if command.ref else "1 20")
        return
    incident = choose(desk, command)
    if isinstance(incident, str):
        answer_staff(desk.session, desk.team, desk.by, incident, at=desk.at)
        return
    try:
        _carry_out(desk, command, incident)
    except actions.AlreadyTaken as taken:
        _answer(desk, "already_taken", ref=incident.ref, name=taken.name, time=taken.time)
    except actions.AlreadyClosed as closed:
        _answer(desk, "closed", ref=incident.ref, time=closed.time)
    except actions.NotPaged:
        _answer(desk, "not_paged", ref=incident.ref)


def _carry_out(desk: Desk, command: Command, incident: Incident) -> None:
    match command.verb:
        case Verb.TAKE:
            promise = timedelta(minutes=command.minutes) if command.minutes else None
            take_and_answer(desk.session, desk.team, incident, by=desk.by, at=desk.at, contact_within=promise)
        case Verb.PASS_ON:
            actions.pass_on(desk.session, desk.team, incident, by=desk.by, at=desk.at)
            _answer(desk, "passed_on", ref=incident.ref)
        case Verb.READ:
            actions.check_may_read(desk.session, desk.team, incident, by=desk.by)
            read_out(desk.session, desk.team, incident, to=desk.by, at=desk.at)
        case Verb.CARD:
            actions.check_may_read(desk.session, desk.team, incident, by=desk.by)
            send_card(desk.session, desk.team, incident, to=desk.by, at=desk.at)


def _words(desk: Desk, words: Words) -> None:
    held = held_by(desk.session, practitioner_id=desk.by.id)
    named = next((incident for incident in held if incident.ref == words.ref), None)
    if not words.text.strip() or (named and not words.rest.strip()):
        _answer(desk, "empty_text")
    elif named:
        relay_to_caller(desk.session, desk.team, named, words.rest, by=desk.by, at=desk.at)
    elif words.ref and (meant := find_ref(desk, words.ref)):
        _answer(desk, "words_not_sent", why=why_not_theirs(desk, meant))
    elif len(held) == 1:
        relay_to_caller(desk.session, desk.team, held[0], words.text, by=desk.by, at=desk.at)
    elif held:
        _answer(desk, "which_to_text", refs=", ".join(i.ref for i in held), ref=held[0].ref)
    elif waiting := desk.waiting():
        example = "1" if len(waiting) == 1 else f"1 {waiting[0].ref}"
        _answer(desk, "take_first", refs=listed(desk, waiting), example=example)
    else:
        _answer(desk, "nothing_held")

"""What a page by call says, and what its keys do; every answer is a whole document for the telephone network."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from oncall.calls.audio.messages import messages_of, played
from oncall.calls.audio.prompts import voiced
from oncall.calls.flow import ASKED_TIMES, Next, pressed
from oncall.calls.legs.paged import offer
from oncall.calls.wording import spoken_caller
from oncall.db.claims import insert_row_once
from oncall.errors import NotFound
from oncall.incidents.actions import record
from oncall.incidents.models import CLOSED, InboundEvent, Incident
from oncall.incidents.queries import received
from oncall.incidents.restricting import Withheld
from oncall.paging import actions
from oncall.paging.answering import take_and_answer
from oncall.paging.effects import WROTE_AGAIN
from oncall.paging.models import Outgoing
from oncall.paging.policy import Cause
from oncall.paging.wording import clock_time, language_of, say
from oncall.people.models import Contact, Practitioner, Team
from oncall.people.reach import is_reachable_by_text
from oncall.telephony import twiml
from oncall.telephony.twiml import Language, Verb


class NoSuchPage(NotFound):
    """There is no such page."""


@dataclass(frozen=True)
class PageCall:
    """A page by call that was answered, with all it concerns."""

    session: Session
    team: Team
    incident: Incident
    to: Practitioner
    row_id: UUID
    why: str
    key_url: str
    at: datetime

    @property
    def language(self) -> Language:
        return language_of(self.to)

    def say(self, sentence: str, /, **values: object) -> Verb:
        """A sentence, spoken in the practitioner's language."""
        words = say(self.language, sentence, **values)
        return voiced(self.session, self.team, self.language, sentence, words=words)


def find(session: Session, row_id: UUID, *, key_url: str, at: datetime) -> PageCall:
    """The page call with that id. Raises NoSuchPage."""
    row = session.get(Outgoing, row_id)
    if row is None or row.incident_id is None or row.practitioner_id is None:
        raise NoSuchPage
    return PageCall(
        session,
        session.get_one(Team, row.team_id),
        session.get_one(Incident, row.incident_id),
        session.get_one(Practitioner, row.practitioner_id),
        row.id,
        row.body,
        key_url,
        at,
    )


def answered(page: PageCall) -> str:
    """What is said at once: who is calling, how severe it is, and the keys; or that nothing is needed any more."""
    if (over := _over(page)) is not None:
        return over
    incident = page.incident
    contact = page.session.get(Contact, incident.contact_id) if incident.contact_id else None
    again = {Cause.NO_CONTACT: "call_page_again", WROTE_AGAIN: "call_page_more"}
    sentence = again.get(page.why, "call_page")
    opening = page.say(
        sentence,
        team=page.team.name,
        caller=spoken_caller(contact, incident, page.language),
        how=say(page.language, f"how_{incident.channel}"),
        severity=say(page.language, f"severity_spoken_{incident.severity}"),
    )
    return _ask(page, opening, page.say("call_keys"))


def key(page: PageCall, digits: str, *, call_sid: str) -> str:
    """What a key does, and what is said then."""
    if (over := _over(page)) is not None:
        return over
    following = pressed(digits)
    if following is Next.READ:
        return _ask(page, *_words(page), page.say("call_keys_again"))
    if following is Next.ASK_AGAIN:
        return _ask(page, page.say("call_keys_again"))
    is_new = insert_row_once(
        page.session,
        InboundEvent(
            team_id=page.team.id, key=f"{call_sid}:{digits[:1]}", kind="key", at=page.at, payload=[("Digits", digits)]
        ),
    )
    try:
        return _take(page, is_new=is_new, sid=call_sid) if following is Next.TAKE else _pass_on(page, is_new=is_new)
    except actions.AlreadyTaken as taken:
        return _end(page.say("call_already_taken", name=taken.name, time=taken.time))
    except (actions.AlreadyClosed, Withheld):
        return _end(page.say("call_closed"))


def _take(page: PageCall, *, is_new: bool, sid: str) -> str:
    is_mine = page.incident.holder_id == page.to.id
    if is_mine and is_new and page.why != Cause.NO_CONTACT:
        return _end(page.say("call_yours_already"))
    if is_new or not is_mine:
        take_and_answer(page.session, page.team, page.incident, by=page.to, at=page.at)
    said = page.say("call_taken" if is_reachable_by_text(page.to) else "call_taken_not_texted")
    return offer(page.session, page.team, page.incident, to=page.to, row_id=page.row_id, sid=sid, at=page.at, said=said)


def _pass_on(page: PageCall, *, is_new: bool) -> str:
    if is_new:
        actions.pass_on(page.session, page.team, page.incident, by=page.to, at=page.at)
    return _end(page.say("call_passed_on"))


def _words(page: PageCall) -> list[Verb]:
    written = [line.detail for line in received(page.session, page.incident.id) if line.detail.strip()]
    left = _left(page)
    if not written:
        return left or [page.say("call_wrote_nothing")]
    said = f"{page.to.name} was read what the caller wrote."
    record(page.session, page.incident, at=page.at, kind="read", by=page.to.slug, detail=said)
    spoken: Language = "cy" if page.incident.language == "cy" else "en"
    return [page.say("call_wrote"), *(twiml.say(words, spoken) for words in written), *left]


def _left(page: PageCall) -> list[Verb]:
    if not messages_of(page.session, page.incident):
        return []
    here = played(page.session, page.incident, to=page.to, call_id=page.row_id, at=page.at)
    return [page.say("call_message"), *here] if here else [page.say("call_message_not_here")]


def _over(page: PageCall) -> str | None:
    incident = page.incident
    if incident.status == CLOSED:
        return _end(page.say("call_closed"))
    if incident.holder_id in {None, page.to.id} or actions.waits_for_a_holder(page.session, incident):
        return None
    holder = page.session.get_one(Practitioner, incident.holder_id)
    time = clock_time(page.team, incident.acknowledged_at or page.at)
    return _end(page.say("call_already_taken", name=holder.name, time=time))


def _ask(page: PageCall, *prompts: Verb) -> str:
    again = [twiml.gather(page.say("call_keys_again"), action=page.key_url) for _ in range(ASKED_TIMES - 1)]
    first = twiml.gather(*prompts, action=page.key_url)
    return twiml.document(first, *again, page.say("call_goodbye"), twiml.hang_up())


def _end(*verbs: Verb) -> str:
    return twiml.document(*verbs, twiml.hang_up())

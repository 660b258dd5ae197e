"""Two or more things in one instant, in two houses over one PostgreSQL: one outcome, and nobody's answer is lost."""

import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from oncall.calls import page_call
from oncall.clock import ManualClock
from oncall.incidents.models import Incident, TimelineEntry
from oncall.paging import engine
from oncall.paging.models import Outgoing
from oncall.paging.sending.claims import Job, claim
from oncall.paging.sending.receipts import receive
from oncall.paging.sending.settling import settle
from oncall.people.models import Practitioner
from oncall.telephony.codes import Verdict
from oncall.telephony.port import Accepted, Refused
from oncall.texts.callers import Message
from oncall.texts.webhooks import take_in
from oncall.wiring import House, open_house
from tests.databases import Postgres
from tests.journeys.conftest import TEAM
from tests.journeys.world import LINE, World, new_world

TIMES = 30
SAM, ELI = "+447700900001", "+447700900002"
BOTH_PAGED = TEAM.replace(
    "[{page: duty, by: [text, call], wait: 3m}", "[{page: [duty, backup], by: [text, call], wait: 3m}"
)


@dataclass
class Pair:
    """Two houses over one database, and a caller for each repetition."""

    world: World
    other: House
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def text(self, house: House, sender: str, body: str) -> None:
        """Takes in a text in that house."""
        message = Message(key=f"SM{next(self.numbers):032x}", sender=sender, to=LINE, body=body)
        with house.database.transaction() as session:
            take_in(session, message, fields=(), clock=self.world.clock)

    def opened(self) -> tuple[Incident, str]:
        """A new contact from a new number."""
        number = f"+4477009{next(self.numbers) + 10_000:05d}"
        self.text(self.world.house, number, "please ring")
        with self.world.house.database.reading() as session:
            newest = select(Incident).order_by(Incident.id.desc()).limit(1)
            return session.scalars(newest).one(), number

    def page(self, incident: Incident, kind: str, mobile: str) -> UUID:
        """The page of a kind to a practitioner about an incident."""
        with self.world.house.database.reading() as session:
            rows = select(Outgoing).where(Outgoing.incident_id == incident.id, Outgoing.kind == kind)
            return next(row.id for row in session.scalars(rows) if row.to == mobile)

    def presses(self, house: House, row_id: UUID, key: str) -> str:
        """A key on a page call, in that house; gives the document."""
        with house.database.transaction() as session:
            page = page_call.find(session, row_id, key_url="https://line.example/key", at=self.world.clock.now())
            return page_call.key(page, key, call_sid=f"CA{row_id.hex}")

    def now(self, incident: Incident) -> tuple[str | None, int, list[str]]:
        """Who holds it, how many took it, and what practitioners were answered."""
        with self.world.house.database.reading() as session:
            row = session.get_one(Incident, incident.id)
            holder = session.get_one(Practitioner, row.holder_id).name if row.holder_id else None
            takings = select(TimelineEntry).where(
                TimelineEntry.incident_id == row.id, TimelineEntry.kind == "acknowledged"
            )
            answers = select(Outgoing).where(
                Outgoing.kind == "staff_answer", Outgoing.created_at == self.world.clock.now()
            )
            said = [answer.body for answer in session.scalars(answers) if row.ref in answer.body]
            return holder, len(session.scalars(takings).all()), said


@pytest.fixture
def pair(postgres: Postgres, tmp_path: Path, clock: ManualClock) -> Iterator[Pair]:
    with postgres.fresh() as url, new_world(url, clock, tmp_path, BOTH_PAGED) as world:
        other = open_house(world.house.settings, clock=clock)
        yield Pair(world, other)
        other.close()


def together(*works: Callable[[], object]) -> list[object]:
    """Does all of these in one instant; raises what any of them raised."""
    start = threading.Barrier(len(works))

    def begin(work: Callable[[], object]) -> object:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [done.result(timeout=30) for done in [pool.submit(begin, work) for work in works]]


def test_two_who_take_it_in_one_instant_are_told_apart(pair: Pair) -> None:
    """L3: by text and by key, in two processes: exactly one holder, and the other hears who has it."""
    winners = set()
    for _ in range(TIMES):
        incident, _number = pair.opened()
        call = pair.page(incident, "page_call", ELI)
        works = (
            lambda ref=incident.ref: pair.text(pair.world.house, SAM, f"1 {ref}"),
            lambda row=call: pair.presses(pair.other, row, "1"),
        )
        document = str(together(*works)[1])
        holder, takings, said = pair.now(incident)
        assert takings == 1
        if holder == "Sam Rees":
            assert "Sam Rees has it already" in document
            assert any(text.startswith(f"You have {incident.ref}") for text in said)
        else:
            assert "You have it" in document
            assert any("is with Eli Morgan" in text for text in said)
        winners.add(holder)
    assert winners <= {"Sam Rees", "Eli Morgan"}


def test_answers_words_receipts_and_ticks_that_cross_never_wait_for_each_other_in_a_ring(pair: Pair) -> None:
    """L3: whoever needs the escalation and its rows takes them in one order; a ring would cost somebody's answer."""
    for _ in range(TIMES):
        incident, number = pair.opened()
        text = pair.page(incident, "page_text", SAM)
        works = (
            lambda ref=incident.ref: pair.text(pair.world.house, SAM, f"1 {ref}"),
            lambda sender=number: pair.text(pair.other, sender, "are you there?"),
            lambda row=text: _undelivered(pair, row),
            lambda: engine.tick(pair.other.database, pair.world.clock),
        )
        together(*works)
        holder, takings, _said = pair.now(incident)
        assert (holder, takings) == ("Sam Rees", 1)


def _undelivered(pair: Pair, row_id: UUID) -> None:
    with pair.other.database.transaction() as session:
        receive(session, row_id, sid=f"SM{row_id.hex}", status="undelivered", code=30003, at=pair.world.clock.now())


def test_stop_and_a_page_that_is_blocked_cross_without_a_ring(pair: Pair) -> None:
    """L27, L3: a practitioner's STOP and the error it leads to arrive in one instant."""
    for _ in range(10):
        pair.opened()
    jobs = _claimed(pair)
    texts = [job for job in jobs if job.to == SAM and job.way == "text"]
    assert len(texts) == 10
    refused = Refused(code=21610, verdict=Verdict.OPTED_OUT)
    together(
        lambda: pair.text(pair.world.house, SAM, "STOP"),
        *(lambda job=job: _settle(pair, job, refused) for job in texts[:5]),
        *(
            lambda job=job: _settle(pair, job, Accepted(sid=f"SM{job.row_id.hex}", status="queued"))
            for job in texts[5:]
        ),
    )
    assert "opted_out" in pair.world.alarms()
    with pair.world.house.database.reading() as session:
        told = session.scalars(select(Outgoing).where(Outgoing.kind == "lead_notice")).all()
    assert len(told) == 2


def _claimed(pair: Pair) -> list[Job]:
    with pair.other.database.transaction() as session:
        return claim(session, at=pair.world.clock.now(), limit=500)


def _settle(pair: Pair, job: Job, answer: Accepted | Refused) -> bool:
    with pair.other.database.transaction() as session:
        return settle(session, job, answer, at=pair.world.clock.now())


def test_a_row_is_claimed_by_one_process_only(pair: Pair) -> None:
    """L16: due rows are claimed by whoever comes first, each once."""
    for _ in range(12):
        pair.opened()

    def claims(house: House) -> list[UUID]:
        with house.database.transaction() as session:
            return [job.row_id for job in claim(session, at=pair.world.clock.now(), limit=10)]

    for _ in range(6):
        taken = together(lambda: claims(pair.world.house), lambda: claims(pair.other))
        first, second = (set(ids) for ids in taken if isinstance(ids, list))
        assert not first & second


def test_an_escalation_that_is_due_is_moved_on_by_one_process_only(pair: Pair) -> None:
    """L24: two ticks in one instant page once."""
    pair.opened()
    pair.world.jump(minutes=3)
    both = (pair.world.house, pair.other)
    together(*(lambda house=house: engine.tick(house.database, pair.world.clock) for house in both for _ in range(3)))
    with pair.world.house.database.reading() as session:
        second = session.scalars(select(Outgoing).where(Outgoing.kind == "page_text", Outgoing.step == 1)).all()
    assert len(second) == 1

"""Two press 1 in one instant, in two houses over one PostgreSQL: one has the caller, the other hears who."""

import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from oncall.calls.caller.webhooks import note_end, take_in
from oncall.calls.legs import keys, phone
from oncall.calls.legs.webhooks import answer_leg, note_status
from oncall.calls.line import engine
from oncall.calls.line.flow import CallState
from oncall.calls.models import Call, Leg
from oncall.clock import ManualClock
from oncall.incidents.models import Incident, TimelineEntry
from oncall.people.models import Practitioner
from oncall.telephony.inbound import Form
from oncall.wiring import House, open_house
from tests.databases import Postgres
from tests.journeys.conftest import TEAM
from tests.journeys.world import LINE, World, new_world

TIMES = 200
CROSSINGS = 60
BOTH_RUNG = TEAM.replace("ring: [[duty], [duty, backup], [manager]]", "ring: [[duty, backup], [manager]]")


@dataclass
class Rung:
    """A caller on the line, and the two whose phones they ring."""

    sid: str
    call_id: UUID
    incident_id: UUID
    legs: dict[str, UUID]


@dataclass
class Pair:
    """Two houses over one database."""

    world: World
    other: House
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    @property
    def house(self) -> House:
        return self.world.house

    def rings(self) -> Rung:
        """A caller rings, and both phones are lifted."""
        sid = f"CA{next(self.numbers):032x}"
        form = Form((("CallSid", sid), ("From", "anonymous"), ("To", LINE), ("CallStatus", "ringing")))
        with self.house.database.transaction() as session:
            take_in(session, form, clock=self.world.clock)
            call = session.scalars(select(Call).where(Call.sid == sid)).one()
            legs = session.scalars(select(Leg).where(Leg.call_id == call.id)).all()
            names = {leg.id: session.get_one(Practitioner, leg.practitioner_id).slug for leg in legs}
        for leg_id in names:
            with self.house.database.transaction() as session:
                answer_leg(session, leg_id, _about(leg_id), clock=self.world.clock)
        return Rung(sid, call.id, call.incident_id, {slug: leg_id for leg_id, slug in names.items()})

    def presses(self, house: House, leg_id: UUID) -> str:
        """1 is pressed on that phone, and the key arrives at that house."""
        with house.database.transaction() as session:
            return keys.pressed(phone.find(session, leg_id, at=self.world.clock.now()), "1")

    def caller_hangs_up(self, house: House, rung: Rung) -> None:
        with house.database.transaction() as session:
            note_end(session, Form((("CallSid", rung.sid), ("CallStatus", "completed"))), clock=self.world.clock)

    def phone_ends(self, house: House, leg_id: UUID) -> None:
        with house.database.transaction() as session:
            note_status(session, leg_id, _about(leg_id, "completed"), clock=self.world.clock)

    def is_over(self, rung: Rung) -> None:
        """Everybody has hung up, so that both are free for the next."""
        self.caller_hangs_up(self.house, rung)
        for leg_id in rung.legs.values():
            self.phone_ends(self.house, leg_id)

    def takings(self, rung: Rung) -> int:
        with self.house.database.reading() as session:
            taken = select(TimelineEntry).where(
                TimelineEntry.incident_id == rung.incident_id, TimelineEntry.kind == "acknowledged"
            )
            return len(session.scalars(taken).all())

    def holder(self, rung: Rung) -> str | None:
        with self.house.database.reading() as session:
            holder_id = session.get_one(Incident, rung.incident_id).holder_id
            return session.get_one(Practitioner, holder_id).name if holder_id else None

    def state(self, rung: Rung) -> CallState:
        with self.house.database.reading() as session:
            return CallState.from_row(session.get_one(Call, rung.call_id).state)


def _about(leg_id: UUID, status: str = "in-progress") -> Form:
    return Form((("CallSid", f"CA{leg_id.hex}"), ("CallStatus", status)))


@pytest.fixture
def pair(postgres: Postgres, tmp_path: Path, clock: ManualClock) -> Iterator[Pair]:
    with postgres.fresh() as url, new_world(url, clock, tmp_path, BOTH_RUNG) as world:
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


def test_of_two_who_press_1_in_one_instant_one_has_the_caller(pair: Pair) -> None:
    """L3: two hundred times, in two houses."""
    names = {"sam": "Sam Rees", "eli": "Eli Morgan"}
    for _ in range(TIMES):
        rung = pair.rings()
        documents = dict(
            zip(
                names,
                together(
                    partial(pair.presses, pair.house, rung.legs["sam"]),
                    partial(pair.presses, pair.other, rung.legs["eli"]),
                ),
                strict=True,
            )
        )
        assert pair.takings(rung) == 1
        winner = next(slug for slug, name in names.items() if name == pair.holder(rung))
        (loser,) = set(names) - {winner}
        assert "<Conference" in str(documents[winner])
        assert f"{names[winner]} has the call" in str(documents[loser])
        assert len(pair.state(rung).talking) == 1
        pair.is_over(rung)


def test_keys_ticks_and_hang_ups_that_cross_never_wait_for_each_other_in_a_ring(pair: Pair) -> None:
    """Whoever needs a line, its escalation and its rows takes them in one order; a ring would cost a key pressed."""
    for _ in range(CROSSINGS):
        rung = pair.rings()
        together(
            partial(pair.presses, pair.house, rung.legs["sam"]),
            partial(pair.presses, pair.other, rung.legs["eli"]),
            partial(pair.caller_hangs_up, pair.other, rung),
            partial(pair.phone_ends, pair.house, rung.legs["eli"]),
            partial(engine.tick, pair.other.database, pair.world.clock),
        )
        assert pair.takings(rung) == 1
        assert not pair.state(rung).is_held_back
        pair.is_over(rung)

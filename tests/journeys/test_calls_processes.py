"""Two press 1 in one instant, and the keys arrive at two processes of the machine, over one PostgreSQL.

REPEATS in the environment says how often (20 without it).
"""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import UUID

import pytest

from oncall.calls.legs import keys, phone
from oncall.clock import ManualClock
from oncall.settings import Settings
from oncall.wiring import open_house
from tests.databases import Postgres
from tests.journeys.test_calls_at_once import BOTH_RUNG, Pair
from tests.journeys.world import new_world

pytestmark = pytest.mark.process
TIMES = int(os.environ.get("REPEATS", "20"))
WITHIN_S = 30.0
NAMES = {"sam": "Sam Rees", "eli": "Eli Morgan"}


def presser(orders: Connection, start: Barrier, settings: Settings, at: datetime) -> None:
    """A process of its own: told of a phone, it presses 1 on it as the barrier falls, and tells what was answered."""
    house = open_house(settings, clock=ManualClock(at))
    while (leg_id := orders.recv()) is not None:
        start.wait(WITHIN_S)
        with house.database.transaction() as session:
            answer = keys.pressed(phone.find(session, UUID(leg_id), at=at), "1")
        orders.send((os.getpid(), answer))
    house.close()


@contextmanager
def pressers(settings: Settings, at: datetime) -> Iterator[list[Connection]]:
    context = multiprocessing.get_context("spawn")
    start, ends, processes = context.Barrier(2), [], []
    for _ in NAMES:
        mine, theirs = context.Pipe()
        process = context.Process(target=presser, args=(theirs, start, settings, at), daemon=True)
        process.start()
        ends.append(mine)
        processes.append(process)
    try:
        yield ends
    finally:
        for end, process in zip(ends, processes, strict=True):
            end.send(None)
            process.join(WITHIN_S)
            end.close()


def test_of_two_who_press_1_in_one_instant_in_two_processes_one_has_the_caller(
    postgres: Postgres, tmp_path: Path, clock: ManualClock
) -> None:
    """L3."""
    first_of = dict.fromkeys(NAMES, 0)
    with postgres.fresh() as url, new_world(url, clock, tmp_path, BOTH_RUNG) as world:
        pair = Pair(world, world.house)
        with pressers(world.house.settings, clock.now()) as ends:
            for _ in range(TIMES):
                rung = pair.rings()
                for slug, end in zip(NAMES, ends, strict=True):
                    end.send(str(rung.legs[slug]))
                answers = {}
                for slug, end in zip(NAMES, ends, strict=True):
                    assert end.poll(WITHIN_S)
                    answers[slug] = end.recv()
                assert len({pid for pid, _ in answers.values()} | {os.getpid()}) == 3
                assert pair.takings(rung) == 1
                winner = next(slug for slug, name in NAMES.items() if name == pair.holder(rung))
                (loser,) = set(NAMES) - {winner}
                assert "<Conference" in answers[winner][1]
                assert f"{NAMES[winner]} has the call" in answers[loser][1]
                assert len(pair.state(rung).talking) == 1
                first_of[winner] += 1
                pair.is_over(rung)
    assert sum(first_of.values()) == TIMES

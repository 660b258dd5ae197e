"""A tick with a thousand to a hundred thousand open escalations, of which ten are due."""

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert, select, update

from benchmarks.places import a_house, databases
from oncall.clock import ManualClock
from oncall.db.tables import new_id
from oncall.incidents.models import Incident
from oncall.paging import engine
from oncall.paging.models import Escalation
from oncall.paging.policy import EscalationState, Phase
from oncall.people.models import Team
from oncall.people.severity import Severity
from oncall.wiring import House

NOW = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)
SIZES = (1_000, 10_000, 100_000)
DUE = 10
ROUNDS = 15
CHUNK = 2_000


def fill(house: House, team_id: UUID, count: int) -> list[UUID]:
    """Adds open incidents with escalations due in a year; gives their ids."""
    later = NOW + timedelta(days=365)
    state = EscalationState(Severity.URGENT, Phase.PAGING, 0, 1, NOW, later).to_row()
    ids = [new_id() for _ in range(count)]
    for start in range(0, count, CHUNK):
        part = ids[start : start + CHUNK]
        incident = {"team_id": team_id, "ref": "BBBB", "status": "open", "channel": "sms", "severity": "urgent"}
        with house.database.transaction() as session:
            rows = [{"id": i, **incident, "opened_at": NOW, "last_contact_at": NOW} for i in part]
            session.execute(insert(Incident), rows)
            waiting = {"team_id": team_id, "state": state, "version": 1, "due_at": later}
            session.execute(insert(Escalation), [{"id": new_id(), "incident_id": i, **waiting} for i in part])
    return ids


def measure(house: House, ids: list[UUID]) -> float:
    """The median milliseconds of a tick that finds ten due."""
    took = []
    for turn in range(ROUNDS):
        due = ids[turn * DUE : (turn + 1) * DUE]
        with house.database.transaction() as session:
            session.execute(update(Escalation).where(Escalation.incident_id.in_(due)).values(due_at=NOW))
        began = time.perf_counter()
        moved = engine.tick(house.database, house.clock)
        took.append(time.perf_counter() - began)
        if moved != DUE:
            raise RuntimeError(f"moved {moved} on, not {DUE}")
    return statistics.median(took) * 1000


def main() -> None:
    """Prints the medians by size and database."""
    with tempfile.TemporaryDirectory() as home, databases(Path(home)) as addresses:
        for kind, address in addresses.items():
            if len(sys.argv) > 1 and kind not in sys.argv[1:]:
                continue
            house = a_house(address, Path(home), "http://127.0.0.1:1", clock=ManualClock(NOW))
            with house.database.reading() as session:
                team_id = session.scalars(select(Team.id)).one()
            there = 0
            for size in SIZES:
                ids = fill(house, team_id, size - there)
                there = size
                print(f"{kind:12} {size:7} open, {DUE} due: {measure(house, ids):7.1f} ms a tick")
            house.close()


if __name__ == "__main__":
    main()

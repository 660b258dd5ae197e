"""How good a plan is after 15, 30 and 55 seconds: the sample team's twelve weeks, as it is and at its hardest.

At its hardest any of nine people may hold any of three tiers, and three are away for a while. Run with
`python -m benchmarks.plan`; takes some minutes and prints a table.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from oncall.people.teamfile import TeamFile, read
from oncall.people.teamfile.values import LeaveEntry, Moment, PlannerEntry
from oncall.rotas.planning.gathering import Wanted, from_file
from oncall.rotas.planning.making import make

SAMPLE = Path(__file__).parents[1] / "oncall/people/sample.yaml"
LONDON = ZoneInfo("Europe/London")
TWELVE_WEEKS = Wanted(datetime(2026, 11, 30, tzinfo=LONDON), datetime(2027, 2, 22, tzinfo=LONDON))
AWAY = (
    ("sam", "2026-12-20", "2027-01-03"),
    ("carys", "2026-12-23", "2026-12-27"),
    ("ffion", "2027-01-23", "2027-02-01"),
)


def main() -> None:
    """Prints what gave way, in points, and how long the search took."""
    print(f"{'team':<28}{'given':>8}{'took':>8}{'points':>9}  status")
    for name, file in (("as it is", read(SAMPLE)), ("nine for each of three tiers", _hardest(read(SAMPLE)))):
        for seconds in (15, 30, 55):
            outcome = make(from_file(file, TWELVE_WEEKS), seconds=seconds)
            points = sum(cost.points for cost in outcome.costs)
            took = f"{outcome.took_seconds:.1f}"
            print(f"{name:<28}{seconds:>8}{took:>8}{points:>9.1f}  {outcome.found.status}", flush=True)


def _hardest(file: TeamFile) -> TeamFile:
    everybody = tuple(entry.slug for entry in file.staff)
    planner = PlannerEntry(may_hold=dict.fromkeys(file.rota.tiers, everybody))
    leave = tuple(LeaveEntry(person, _moment(start), _moment(end)) for person, start, end in AWAY)
    return replace(file, rota=replace(file.rota, planner=planner, leave=leave))


def _moment(written: str) -> Moment:
    return Moment(written, datetime.fromisoformat(written))


if __name__ == "__main__":
    main()

"""How long `who` takes on a rota with a long past: the value alone, and through a database of either kind.

Run with `python -m benchmarks.who`; needs the PostgreSQL of the test extra for its column, and prints one small table.
"""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from benchmarks.past import NOW, table
from oncall.people.teamfile import TeamFile
from oncall.rotas import answers
from oncall.rotas.written import rota_of
from rota import resolve


def main() -> None:
    """Prints the medians, in milliseconds."""
    table("who", _value, lambda session, team: answers.who(session, team, at=NOW), times=400)


def _value(file: TeamFile) -> Callable[[], object]:
    rota = rota_of(file.rota, zone=ZoneInfo(file.team.time_zone))
    return lambda: resolve.who(rota, NOW)


if __name__ == "__main__":
    main()

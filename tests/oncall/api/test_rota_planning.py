"""A plan for a rota, asked through the API."""

import httpx
import pytest

from oncall.api.rotas.planning import _searching
from oncall.cli.team import store
from tests.oncall.api.conftest import Connect, on_sqlite
from tests.oncall.api.world import World
from tests.oncall.rotas.files import team_file
from tests.oncall.rotas.planning.test_planning import NIGHTS, PLANNER

pytestmark = on_sqlite

PLAN = "/api/v1/teams/torfaen/rota/plan"
WEEK: dict[str, str | int] = {"from": "2026-03-16T00:00", "to": "2026-03-23T00:00Z", "seconds": 5}


@pytest.fixture(autouse=True)
def loaded(world: World) -> None:
    """Torfaen as its file has it."""
    store(world.database, team_file(NIGHTS + PLANNER), at=world.clock.now())


def test_a_plan_or_why_there_is_none(api: httpx.Client) -> None:
    answer = api.get(PLAN, params=WEEK)
    assert answer.status_code == 200
    told = answer.json()
    assert told["team"] == "torfaen"
    assert told["status"] in {"optimal", "feasible"}
    assert set(told["fairness"]) == {"sam", "eli", "mair", "pat"}


@pytest.mark.parametrize(
    "span",
    [
        {"from": "2026-03-16"},
        {"from": "2026-03-16", "to": "2026-03-16"},
        {"from": "2026-03-16", "to": "2030-03-16"},
        {"from": "2026-03-16", "to": "tomorrow"},
        {"from": "2899-12-01", "to": "2900-12-31"},
        {**WEEK, "seconds": 60},
    ],
)
def test_a_span_that_cannot_be_planned(api: httpx.Client, span: dict[str, str | int]) -> None:
    assert api.get(PLAN, params=span).status_code == 422


def test_one_plan_is_made_at_a_time(api: httpx.Client) -> None:
    with _searching:
        answer = api.get(PLAN, params=WEEK)
    assert answer.status_code == 409
    assert api.get(PLAN, params=WEEK).status_code == 200


def test_of_ones_own_team_only(connect: Connect) -> None:
    assert connect("gwent").get(PLAN, params=WEEK).status_code == 404
    assert connect(None).get(PLAN, params=WEEK).status_code == 401

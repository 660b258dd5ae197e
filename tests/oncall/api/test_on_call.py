"""Who is on call, asked through the API."""

from datetime import timedelta

import httpx
import pytest

from tests.oncall.api.conftest import Connect, on_sqlite
from tests.oncall.api.world import World

pytestmark = on_sqlite

ON_CALL = "/api/v1/teams/torfaen/on-call"


def test_who_is_on_call_now(api: httpx.Client) -> None:
    assert api.get(ON_CALL).json() == {
        "team": "torfaen",
        "at": "2026-03-14T02:00:00Z",
        "tiers": {
            "duty": {"person": "eli", "until": "2026-03-14T17:00:00Z", "because": "layer All hours"},
            "backup": None,
        },
    }


@pytest.mark.parametrize(
    ("at", "duty", "backup"),
    [
        ("2026-03-14T16:59:59+00:00", "eli", None),
        ("2026-03-14T17:00:00+00:00", "sam", None),
        ("2026-03-16T09:00:00Z", "eli", "eli"),
        ("2026-03-30T09:30", "eli", "eli"),
        ("2026-03-30T08:30:00Z", "eli", "eli"),
        ("2026-03-30T09:30:00+02:00", "eli", None),
    ],
)
def test_who_is_on_call_at_an_instant(api: httpx.Client, at: str, duty: str, backup: str | None) -> None:
    answer = api.get(ON_CALL, params={"at": at})
    assert answer.status_code == 200
    assert {tier: held and held["person"] for tier, held in answer.json()["tiers"].items()} == {
        "duty": duty,
        "backup": backup,
    }


@pytest.mark.parametrize("at", ["tomorrow", "2026-02-30", "9999-12-31T23:59:59Z", "1773453600"])
def test_an_instant_that_cannot_be_asked(api: httpx.Client, at: str) -> None:
    answer = api.get(ON_CALL, params={"at": at})
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_of_ones_own_team_only(connect: Connect, world: World) -> None:
    world.clock.move(timedelta(hours=1))
    assert connect("gwent").get(ON_CALL).status_code == 404
    assert connect(None).get(ON_CALL).status_code == 401

"""A staff meeting's handover, asked through the API."""

from datetime import timedelta

import httpx
import pytest

from tests.oncall.api.conftest import Connect, on_sqlite
from tests.oncall.api.world import World

pytestmark = on_sqlite

HANDOVER = "/api/v1/teams/torfaen/handover"


def refs(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["ref"] for group in answer.json()["groups"] for one in group["incidents"]]


def test_of_the_next_meeting_unless_a_day_is_named(api: httpx.Client, world: World) -> None:
    ref = world.incident()
    world.incident(team="gwent")
    assert refs(api.get(HANDOVER)) == [ref]
    assert api.get(HANDOVER).json()["meeting_at"] == "2026-03-16T09:30:00+00:00"
    assert refs(api.get(HANDOVER, params={"meeting": "2026-03-16"})) == [ref]
    assert refs(api.get(HANDOVER, params={"meeting": "2026-03-09"})) == []
    world.clock.move(timedelta(days=7))
    assert refs(api.get(HANDOVER)) == [ref], "it is still open"


@pytest.mark.parametrize(
    "meeting", ["2026-03-17", "monday", "2026-02-30", "0001-01-01", "9999-12-31", "1773446400", "2026-03-16T09:30"]
)
def test_a_day_without_a_meeting(api: httpx.Client, meeting: str) -> None:
    answer = api.get(HANDOVER, params={"meeting": meeting})
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_of_ones_own_team_only(connect: Connect) -> None:
    assert connect("gwent").get(HANDOVER).status_code == 404
    assert connect(None).get(HANDOVER).status_code == 401

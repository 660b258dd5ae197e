"""A rota's shifts, asked through the API."""

import httpx
import pytest

from tests.oncall.api.conftest import Connect, on_sqlite

pytestmark = on_sqlite

SHOW = "/api/v1/teams/torfaen/rota/show"


def test_the_shifts_of_a_span_with_their_gaps(api: httpx.Client) -> None:
    answer = api.get(SHOW, params={"from": "2026-03-16T00:00", "to": "2026-03-16T12:00Z"})
    assert answer.status_code == 200
    shown = answer.json()
    assert (list(shown), shown["team"]) == (["team", "from", "to", "tiers"], "torfaen")
    gap, shift = shown["tiers"]["backup"]
    assert gap == {"from": "2026-03-16T00:00:00Z", "to": "2026-03-16T09:00:00Z", "person": None, "because": None}
    assert (shift["person"], shift["from"], shift["to"]) == ("eli", "2026-03-16T09:00:00Z", "2026-03-16T12:00:00Z")


def test_a_plus_that_became_a_blank_is_still_one(api: httpx.Client) -> None:
    answer = api.get(f"{SHOW}?from=2026-03-16T09:00:00+01:00&to=2026-03-16%2012:00+00:00")
    assert (answer.json()["from"], answer.json()["to"]) == ("2026-03-16T08:00:00Z", "2026-03-16T12:00:00Z")


@pytest.mark.parametrize(
    "span",
    [
        {},
        {"from": "2026-03-16", "to": "2026-03-16"},
        {"from": "2026-03-16", "to": "2030-03-16"},
        {"from": "2026-03-16", "to": "tomorrow"},
        {"from": "2899-12-01", "to": "2900-12-31"},
    ],
)
def test_a_span_that_cannot_be_asked(api: httpx.Client, span: dict[str, str]) -> None:
    assert api.get(SHOW, params=span).status_code == 422


def test_of_ones_own_team_only(connect: Connect) -> None:
    assert connect("gwent").get(SHOW, params={"from": "2026-03-16", "to": "2026-03-17"}).status_code == 404
    assert connect(None).get(SHOW, params={"from": "2026-03-16", "to": "2026-03-17"}).status_code == 401

"""A rota's check, asked through the API."""

import httpx
import pytest

from tests.oncall.api.conftest import Connect, on_sqlite

pytestmark = on_sqlite

CHECK = "/api/v1/teams/torfaen/rota/check"
WEEK = {"from": "2026-03-16T00:00", "to": "2026-03-23T00:00Z"}


def test_what_is_wrong_and_what_each_person_holds(api: httpx.Client) -> None:
    answer = api.get(CHECK, params=WEEK)
    assert answer.status_code == 200
    found = answer.json()
    assert list(found) == ["findings", "load"]
    gap = found["findings"][0]
    assert list(gap) == ["kind", "tier", "person", "from", "to", "detail"]
    assert (gap["kind"], gap["tier"], gap["person"], gap["from"]) == ("gap", "backup", None, "2026-03-16T00:00:00Z")
    assert gap["detail"] == "Nobody holds backup for 540 minutes."
    assert set(found["load"]["eli"]) == {"hours", "nights", "weekend_hours", "bank_holiday_hours"}


@pytest.mark.parametrize(
    "span",
    [
        {},
        {"from": "2026-03-16"},
        {"from": "2026-03-16", "to": "2026-03-16"},
        {"from": "2026-03-16", "to": "2026-03-15"},
        {"from": "2026-03-16", "to": "2030-03-16"},
        {"from": "2026-03-16", "to": "tomorrow"},
        {"from": "2899-12-01", "to": "2900-12-31"},
    ],
)
def test_a_span_that_cannot_be_asked(api: httpx.Client, span: dict[str, str]) -> None:
    answer = api.get(CHECK, params=span)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_of_ones_own_team_only(connect: Connect) -> None:
    assert connect("gwent").get(CHECK, params=WEEK).status_code == 404
    assert connect(None).get(CHECK, params=WEEK).status_code == 401

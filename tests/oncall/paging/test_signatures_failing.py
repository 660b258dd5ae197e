"""L29: webhooks that all fail their signature are an alarm, however many were right before."""

import asyncio
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.paging.upkeep import keep_up
from oncall.telephony.inbound import Gate, Unsigned
from oncall.telephony.signature import signature_of
from tests.oncall.paging.outage.standing_by import alarms

PUBLIC, TOKEN = "https://oncall.example", "a-token"
FORM = [("From", "+447700900101"), ("Body", "")]


def knock(gate: Gate, *, token: str | None) -> bool:
    """Whether a webhook signed with this token is let in."""
    body = urlencode(FORM).encode()
    signed = signature_of(f"{PUBLIC}/twilio/sms", FORM, token=token).encode() if token else None
    headers = [(b"x-twilio-signature", signed)] if signed else []
    scope = {"type": "http", "method": "POST", "path": "/twilio/sms", "query_string": b"", "headers": headers}

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    try:
        asyncio.run(gate.form(Request(scope, receive)))
    except Unsigned:
        return False
    return True


@pytest.mark.parametrize(
    ("tokens", "stands"),
    [
        ([], False),
        ([TOKEN], False),
        (["old"] * 2, False),
        (["old"] * 3, True),
        ([TOKEN] * 50 + ["old"] * 3, True),
        (["old"] * 3 + [TOKEN], False),
        (["old"] * 3 + [TOKEN] + ["old"], False),
        ([None] * 9, False),
    ],
)
def test_three_wrong_ones_in_a_row_are_an_alarm(
    database: Database, clock: ManualClock, tokens: list[str | None], stands: bool
) -> None:
    gate = Gate(public_url=PUBLIC, tokens=[TOKEN])
    for token in tokens:
        assert knock(gate, token=token) is (token == TOKEN)
        with database.transaction() as session:
            keep_up(session, failures=gate.failures_in_a_row, passes=gate.passes, at=clock.now())
    assert ("signatures_failing" in alarms(database)) is stands
    assert (gate.passes, gate.failures) == (tokens.count(TOKEN), len(tokens) - tokens.count(TOKEN))

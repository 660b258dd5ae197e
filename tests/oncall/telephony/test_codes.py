"""Codes and statuses: what each means for a page."""

import itertools

import pytest

from oncall.telephony.codes import CODES, Consequences, Verdict, verdict_for
from oncall.telephony.statuses import (
    CALL_RANKS,
    TEXT_RANKS,
    call_has_failed,
    call_is_over,
    call_moves_on,
    text_has_failed,
    text_is_over,
    text_moves_on,
)

EXPECTED = {
    Verdict.CONFIG_ALARM: {20003, 21212, 21606, 21408, 21215, 22005, 30001, 30002, 30029, 30030, 13227, 401, 403},
    Verdict.BENIGN: {20404, 21220},
    Verdict.RETRY: {20429},
    Verdict.RETRY_ONCE: {30008},
    Verdict.DEAD_NUMBER: {21211, 30005, 13224},
    Verdict.BUG: {21602, 21603, 21604, 21617, 21201},
    Verdict.OPTED_OUT: {21610},
    Verdict.OTHER_CHANNEL: {21611, 21612, 21614, 21635, 30003, 30036},
    Verdict.CHECK_NUMBER: {30004, 30006, 30007},
}


def test_l18_every_code_has_its_verdict() -> None:
    assert {verdict: {code for code in CODES if CODES[code] is verdict} for verdict in EXPECTED} == EXPECTED
    assert set(CODES) == set().union(*EXPECTED.values())


@pytest.mark.parametrize("code", [None, 0, -1, 400, 418, 30999, 99999])
def test_l18_an_unknown_code_escalates_and_raises_an_alarm(code: int | None) -> None:
    verdict = verdict_for(code)
    assert verdict is Verdict.ESCALATE
    assert verdict.consequences == Consequences(page_has_failed=True, alarm_is_due=True)


def test_l27_an_opted_out_person_is_marked_and_somebody_is_told() -> None:
    assert verdict_for(21610).consequences == Consequences(person_opted_out=True, alarm_is_due=True)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_what_was_not_processed_leaves_the_page_standing(verdict: Verdict) -> None:
    follows = verdict.consequences
    assert follows.page_has_failed is (verdict is not Verdict.RETRY)
    assert follows.number_is_dead is (verdict is Verdict.DEAD_NUMBER)
    assert follows.person_opted_out is (verdict is Verdict.OPTED_OUT)
    assert follows.may_be_retried is (verdict in {Verdict.RETRY, Verdict.RETRY_ONCE})


@pytest.mark.parametrize("seen", list(itertools.permutations(["queued", "sending", "sent", "delivered"])))
def test_l18_texts_end_delivered_in_whatever_order_callbacks_come(seen: tuple[str, ...]) -> None:
    state: str | None = None
    for status in [*seen, *seen]:
        state = status if text_moves_on(was=state, now=status) else state
    assert state == "delivered"


@pytest.mark.parametrize("seen", list(itertools.permutations(["initiated", "ringing", "in-progress", "completed"])))
def test_calls_end_completed_in_whatever_order_callbacks_come(seen: tuple[str, ...]) -> None:
    state: str | None = None
    for status in [*seen, *seen]:
        state = status if call_moves_on(was=state, now=status) else state
    assert state == "completed"


@pytest.mark.parametrize(
    ("was", "now", "moves"),
    [
        (None, "queued", True),
        (None, "delivered", True),
        (None, "teleported", False),
        ("teleported", "sent", True),
        ("sent", "sent", False),
        ("sent", "queued", False),
        ("delivered", "undelivered", False),
        ("undelivered", "delivered", False),
        ("accepted", "scheduled", True),
    ],
)
def test_a_text_never_moves_back(was: str | None, now: str, moves: bool) -> None:
    assert text_moves_on(was=was, now=now) is moves


def test_which_are_over_and_which_have_failed() -> None:
    assert {one for one in TEXT_RANKS if text_is_over(one)} == {
        "delivered",
        "undelivered",
        "failed",
        "canceled",
        "read",
    }
    assert {one for one in TEXT_RANKS if text_has_failed(one)} == {"undelivered", "failed", "canceled"}
    assert {one for one in CALL_RANKS if call_is_over(one)} == {"completed", "busy", "no-answer", "failed", "canceled"}
    assert {one for one in CALL_RANKS if call_has_failed(one)} == {"failed"}
    assert not text_is_over("teleported")
    assert not call_is_over("teleported")

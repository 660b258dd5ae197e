"""Gaps, leave, one person twice, people who cannot be paged."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rota.checks.findings import in_hours, in_minutes
from rota.patterns import Leave, Override, Rota
from tests.rota import oracle
from tests.rota.checks.rotas import NIGHTS, WEEKENDS, at, layer, report, report_between, rota, told
from tests.rota.strategies import MINUTE, instants, rotas, zones

WHOLE = {"duty": [layer("All hours", "sam", "eli")]}


def test_a_rota_without_a_gap_has_none() -> None:
    assert told(report(rota(WHOLE), "2026-03-01", "2026-11-01"), "gap") == []


def test_l35_an_empty_rota_is_all_gap() -> None:
    found = report(rota({"duty": [], "backup": []}), "2026-03-01", "2026-03-08")
    assert [(one.kind, one.tier, one.person, one.start, one.end, one.detail) for one in found.findings] == [
        ("gap", tier, None, at("2026-03-01"), at("2026-03-08"), f"Nobody holds {tier} for 10080 minutes.")
        for tier in ("backup", "duty")
    ]
    assert found.load == {}


def test_l35_a_rota_without_a_tier_is_all_gap() -> None:
    found = report(rota({}), "2026-03-01", "2026-03-02").findings
    assert [(one.kind, one.tier, one.detail) for one in found] == [
        ("gap", None, "There is no tier to be on, so nobody is, for 1440 minutes.")
    ]


def test_l35_a_gap_is_told_to_the_minute_it_lasts() -> None:
    nights = rota({"duty": [layer("Nights", "sam", "eli", cover=NIGHTS), layer("Weekends", "eli", cover=WEEKENDS)]})
    found = told(report(nights, "2026-03-02T09:00", "2026-03-03T08:59"), "gap")
    assert [one.detail for one in found] == ["Nobody holds duty for 480 minutes."]
    found = told(report(nights, "2026-03-02T16:59:59.5", "2026-03-02T17:00"), "gap")
    assert [one.detail for one in found] == ["Nobody holds duty for 0 minutes and 0.5 seconds."]


@pytest.mark.parametrize(
    ("length", "minutes", "hours"),
    [
        (timedelta(minutes=1), "1 minute", "1 minute"),
        (timedelta(seconds=59), "0 minutes and 59 seconds", "0 minutes and 59 seconds"),
        (timedelta(hours=1), "60 minutes", "1 hour"),
        (timedelta(hours=11, minutes=30), "690 minutes", "11 hours 30 minutes"),
        (timedelta(days=365), "525600 minutes", "8760 hours"),
        (timedelta(0), "0 minutes", "0 minutes"),
        (timedelta(microseconds=1), "0 minutes and 0.000001 seconds", "0 minutes and 0.000001 seconds"),
    ],
)
def test_l35_a_length_is_never_rounded(length: timedelta, minutes: str, hours: str) -> None:
    assert in_minutes(length) == minutes
    assert in_hours(length) == hours


@given(zones.flatmap(lambda zone: st.tuples(rotas(zone=zone), instants(zone=zone))), st.integers(1, 4000))
@settings(deadline=None, max_examples=60)
def test_l35_the_gaps_are_the_minutes_in_which_an_oracle_sees_nobody(
    asked: tuple[Rota, datetime], minutes: int
) -> None:
    one, start = asked
    end = start + minutes * MINUTE
    gaps = told(report_between(one, start, end), "gap")
    seen = oracle.answers(one, "duty", start, end)
    ticked = {start + n * MINUTE for n, answer in enumerate(seen) if answer is None}
    assert {gap.start + n * MINUTE for gap in gaps for n in range((gap.end - gap.start) // MINUTE)} == ticked


def test_leave_is_told_where_the_person_is_on_call() -> None:
    away = [
        Leave("sam", at("2026-03-04"), at("2026-03-06")),
        Leave("sam", at("2026-03-05T12:00"), at("2026-03-12")),
        Leave("mair", at("2026-03-01"), at("2026-03-30")),
        Leave("eli", at("2026-03-02"), at("2026-03-09T17:00")),
    ]
    found = told(report(rota(WHOLE), "2026-03-01", "2026-03-30", leave=away), "leave")
    assert [(one.tier, one.person, one.start, one.end) for one in found] == [
        ("duty", "eli", at("2026-03-02"), at("2026-03-02T17:00")),
        ("duty", "sam", at("2026-03-04"), at("2026-03-09T17:00")),
    ]
    assert found[1].detail == "sam holds duty for 137 hours while on leave. Somebody else is needed."


def test_one_person_in_two_tiers_is_told_once_for_each_stretch_and_pair() -> None:
    both = rota(
        {
            "duty": [layer("All hours", "sam", "eli")],
            "backup": [layer("Backup", "eli", "sam")],
            "manager": [layer("Managers", "pat")],
        },
        [
            Override("backup", "sam", at("2026-03-03"), at("2026-03-04")),
            Override("duty", "sam", at("2026-03-03T12:00"), at("2026-03-03T18:00")),
            Override("manager", "eli", at("2026-03-12"), at("2026-03-13")),
        ],
    )
    found = told(report(both, "2026-03-02T17:00", "2026-03-16T17:00"), "two_tiers")
    assert [(one.tier, one.person, one.start, one.end) for one in found] == [
        ("duty", "sam", at("2026-03-03"), at("2026-03-04")),
        ("duty", "eli", at("2026-03-12"), at("2026-03-13")),
    ]
    assert "sam holds duty and backup at once for 24 hours." in found[0].detail
    assert "eli holds duty and manager at once" in found[1].detail


def test_who_cannot_be_paged_is_told_from_first_to_last() -> None:
    why = {"sam": "has no mobile", "pat": "has no mobile"}
    found = told(report(rota(WHOLE), "2026-03-01", "2026-03-30", unreachable=why), "unreachable")
    assert [(one.tier, one.person, one.start, one.end, one.detail) for one in found] == [
        (None, "sam", at("2026-03-02T17:00"), at("2026-03-23T17:00"), "sam has no mobile.")
    ]


def test_findings_come_the_most_pressing_first() -> None:
    found = report(
        rota({"duty": [layer("Nights", "sam", cover=NIGHTS)]}),
        "2026-03-02",
        "2026-03-30",
        leave=[Leave("sam", at("2026-03-02"), at("2026-03-30"))],
        unreachable={"sam": "has no mobile"},
    )
    kinds = [one.kind.value for one in found.findings]
    assert list(dict.fromkeys(kinds)) == ["gap", "leave", "unreachable"]
    assert [one.start for one in told(found, "gap")] == sorted(one.start for one in told(found, "gap"))

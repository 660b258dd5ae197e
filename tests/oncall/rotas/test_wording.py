"""What people and programs read of a rota."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oncall.rotas.wording import as_show_json, as_who_json, gap_warnings, show_text, who_text
from rota.resolve import Holding, Shift

LONDON = ZoneInfo("Europe/London")
AT = datetime(2026, 3, 28, 20, tzinfo=UTC)
LATER = datetime(2026, 3, 29, 8, tzinfo=UTC)
HELD = {"duty": Holding("sam", LATER, "layer Nights"), "backup": None, "manager": Holding("pat", None, "override")}
SHOWN = {"duty": [Shift(AT, LATER, "sam", "layer Nights"), Shift(LATER, LATER + timedelta(minutes=1), None, None)]}


def test_who_as_json() -> None:
    assert as_who_json("torfaen", HELD, at=AT, zone=LONDON) == {
        "team": "torfaen",
        "at": "2026-03-28T20:00:00+00:00",
        "tiers": {
            "duty": {"person": "sam", "until": "2026-03-29T09:00:00+01:00", "because": "layer Nights"},
            "backup": None,
            "manager": {"person": "pat", "until": None, "because": "override"},
        },
    }


def test_show_as_json() -> None:
    end = LATER + timedelta(minutes=1)
    shown = as_show_json("torfaen", SHOWN, start=AT, end=end, zone=LONDON)
    assert json.loads(json.dumps(shown)) == {
        "team": "torfaen",
        "from": "2026-03-28T20:00:00+00:00",
        "to": "2026-03-29T09:01:00+01:00",
        "tiers": {
            "duty": [
                {
                    "from": "2026-03-28T20:00:00+00:00",
                    "to": "2026-03-29T09:00:00+01:00",
                    "person": "sam",
                    "because": "layer Nights",
                },
                {
                    "from": "2026-03-29T09:00:00+01:00",
                    "to": "2026-03-29T09:01:00+01:00",
                    "person": None,
                    "because": None,
                },
            ]
        },
    }


def test_the_same_as_text() -> None:
    assert who_text("torfaen", HELD, at=AT, zone=LONDON).splitlines() == [
        "torfaen, Sat 28 Mar 2026 20:00 GMT",
        "  duty: sam, until Sun 29 Mar 2026 09:00 BST (layer Nights)",
        "  backup: nobody",
        "  manager: pat, with no end within a year (override)",
    ]
    assert show_text("torfaen", SHOWN, start=AT, end=LATER, zone=LONDON).splitlines() == [
        "torfaen, Sat 28 Mar 2026 20:00 GMT to Sun 29 Mar 2026 09:00 BST",
        "duty:",
        "  Sat 28 Mar 2026 20:00 GMT to Sun 29 Mar 2026 09:00 BST: sam (layer Nights)",
        "  Sun 29 Mar 2026 09:00 BST to Sun 29 Mar 2026 09:01 BST: nobody",
    ]


@pytest.mark.parametrize(
    ("lasts_for", "minutes"),
    [
        (timedelta(minutes=1), "1 minute,"),
        (timedelta(seconds=1), "1 minute,"),
        (timedelta(minutes=1, microseconds=1), "2 minutes,"),
        (timedelta(hours=8), "480 minutes,"),
    ],
)
def test_l35_a_gap_is_told_in_minutes_and_never_rounded_away(lasts_for: timedelta, minutes: str) -> None:
    shown = {"duty": [Shift(AT, AT + lasts_for, None, None)], "backup": SHOWN["duty"][:1]}
    (problem,) = gap_warnings(shown, zone=LONDON)
    assert problem.path == "rota.tiers.duty"
    assert f"for {minutes} from Sat 28 Mar 2026 20:00 GMT to" in problem.wrong


def test_several_gaps_are_one_line() -> None:
    gaps = [Shift(AT + timedelta(days=day), AT + timedelta(days=day, hours=1), None, None) for day in range(3)]
    (problem,) = gap_warnings({"duty": gaps}, zone=LONDON)
    assert "for 180 minutes, in 3 gaps, the first from Sat 28 Mar 2026 20:00 GMT" in problem.wrong

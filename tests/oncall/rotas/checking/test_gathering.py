"""What the check of a rota is given: from a file, and from the database, on both."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from oncall.people.models import Team
from oncall.people.queries import practitioner_by_slug
from oncall.rotas.checking.gathering import check_file, check_team
from oncall.rotas.checking.wording import as_check_json, check_text
from rota.checks.check import Worked
from rota.checks.load import Load
from tests.oncall.rotas.conftest import Load as Loading
from tests.oncall.rotas.files import DAILY, EXAMPLE, team_file

START, END = datetime(2026, 7, 27, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)
RULED = DAILY + "  rules: {daily_rest_hours: 12, nights_in_a_row: 3, standby_is_work: [manager]}\n"
LEAVE = (
    "  leave:\n"
    '    - {person: sam, from: "2026-08-01", to: "2026-08-15"}\n'
    '    - {person: eli, from: "2026-10-25T01:30", to: "2026-10-25T01:45"}\n'
    '    - {person: eli, from: "2899-12-31T15:00-12:00", to: "2899-12-31T20:00-12:00"}\n'
)


@pytest.mark.parametrize("rota", [EXAMPLE, DAILY + LEAVE, RULED])
def test_a_stored_team_is_checked_as_its_file_is(session: Session, load: Loading, rota: str) -> None:
    team = load(rota)
    assert check_team(session, team, start=START, end=END) == check_file(team_file(rota), start=START, end=END)


def test_leave_gaps_and_the_load_of_a_file() -> None:
    report = check_file(team_file(EXAMPLE), start=START, end=END)
    assert {one.kind.value for one in report.findings} >= {"gap", "leave"}
    assert {one.person for one in report.findings if one.kind == "leave"} == {"sam"}
    assert report.load["mair"] == Load(hours=46, nights=0, weekend_hours=10, bank_holiday_hours=1)
    assert report.load["sam"].bank_holiday_hours + report.load["eli"].bank_holiday_hours == 9 + 7


def test_a_teams_rules_are_what_counts(session: Session, load: Loading) -> None:
    report = check_team(session, load(RULED), start=START, end=END)
    assert report.rules.daily_rest_hours == 12
    daily = [one for one in report.findings if one.kind == "daily_rest"]
    assert [(one.person, one.start <= START, one.end >= END) for one in daily] == [("pat", True, True)]
    assert [one.person for one in report.findings if one.kind == "nights"] == ["pat"]


def test_who_cannot_be_paged(session: Session, load: Loading) -> None:
    team = load(DAILY)
    for slug, change in (
        ("sam", {"opted_out_at": START}),
        ("eli", {"number_dead_at": START}),
        ("pat", {"mobile": None}),
    ):
        row = practitioner_by_slug(session, team=team, slug=slug)
        for name, value in change.items():
            setattr(row, name, value)
    session.flush()
    report = check_team(session, team, start=START, end=END)
    said = {one.person: one.detail for one in report.findings if one.kind == "unreachable"}
    assert said == {
        "sam": "sam is on the rota and has stopped our texts, so is paged by call only.",
        "eli": "eli is on the rota with a mobile that does not exist and cannot be paged.",
        "pat": "pat is on the rota without a mobile and cannot be paged.",
    }


def test_leave_that_was_taken_back_clashes_with_nothing(session: Session, load: Loading) -> None:
    load(DAILY + LEAVE)
    team = load(DAILY, at="2026-02-01T00:00")
    assert [one for one in check_team(session, team, start=START, end=END).findings if one.kind == "leave"] == []


def test_work_that_is_handed_in_breaks_rest(session: Session, load: Loading) -> None:
    team = load(DAILY)
    at = START + timedelta(days=3)
    calls = [Worked("sam", at + timedelta(hours=hour), at + timedelta(hours=hour, minutes=20)) for hour in (0, 8, 15)]
    found = check_team(session, team, start=START, end=END, worked=calls)
    assert [(one.person, one.start) for one in found.findings if one.kind == "daily_rest"] == [("sam", at)]
    assert found.knows_work


def test_a_team_without_a_rota_is_all_gap(session: Session) -> None:
    team = Team(
        slug="new", name="New", time_zone="Europe/London", languages=["en"], number="+447700900100", number_index="x",
        staff_meeting={}, escalation={}, voice={}, created_at=START, loaded_at=START,
    )  # fmt: skip
    session.add(team)
    session.flush()
    report = check_team(session, team, start=START, end=END)
    assert [(one.kind.value, one.tier, one.start, one.end) for one in report.findings] == [("gap", None, START, END)]
    assert report.load == {}


@pytest.mark.parametrize("end", [START, START - timedelta(days=1)])
def test_an_empty_span_cannot_be_checked(session: Session, load: Loading, end: datetime) -> None:
    with pytest.raises(ValueError, match="after the start"):
        check_file(team_file(DAILY), start=START, end=end)
    with pytest.raises(ValueError, match="after the start"):
        check_team(session, load(DAILY), start=START, end=end)


def test_what_is_said() -> None:
    zone = ZoneInfo("Europe/London")
    start, end = datetime(2026, 7, 6, 16, tzinfo=UTC), datetime(2026, 7, 7, 9, 20, tzinfo=UTC)
    report = check_file(team_file(EXAMPLE), start=start, end=end)
    said = as_check_json(report, zone=zone)
    assert list(said) == ["findings", "load"]
    assert said["findings"][-1] == {
        "kind": "gap",
        "tier": "duty",
        "person": None,
        "from": "2026-07-07T09:00:00+01:00",
        "to": "2026-07-07T10:20:00+01:00",
        "detail": "Nobody holds duty for 80 minutes.",
    }
    assert said["load"]["sam"] == {"hours": 16, "nights": 1, "weekend_hours": 0, "bank_holiday_hours": 0}
    lines = check_text("torfaen", report, start=start, end=end, zone=zone).splitlines()
    assert lines[0] == "torfaen, Mon 06 Jul 2026 17:00 BST to Tue 07 Jul 2026 10:20 BST: 2 findings"
    assert (
        lines[2] == "  gap, Tue 07 Jul 2026 09:00 BST to Tue 07 Jul 2026 10:20 BST: Nobody holds duty for 80 minutes."
    )
    assert "  sam: hours 16, nights 1, weekend hours 0, bank holiday hours 0" in lines
    assert lines[-1].endswith("Counted as work: nothing, since no work was given to this check.")


def test_the_rules_behind_what_was_found_are_said() -> None:
    zone = ZoneInfo("Europe/London")
    ruled = team_file(RULED)
    lines = check_text("torfaen", check_file(ruled, start=START, end=END), start=START, end=END, zone=zone).splitlines()
    assert [line for line in lines if line.startswith("  daily_rest, daily_rest_hours 12 hours: In the 24 hours")]
    assert [line for line in lines if line.startswith("  weekly_hours, weekly_hours_over_weeks 17 weeks:")]
    assert not [line for line in lines if line.startswith("  unfair,")]
    assert lines[-1].endswith("Counted as work: time on call as manager.")
    alone = check_file(team_file(DAILY.replace("[pat]", "[pat, mair]")), start=START, end=START + timedelta(days=1))
    assert "Rules:" not in check_text("torfaen", alone, start=START, end=START + timedelta(days=1), zone=zone)

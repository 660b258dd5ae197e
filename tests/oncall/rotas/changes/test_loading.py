"""What changes laid, and the team's file: a load keeps it, an export names it, loading that again doubles nothing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from oncall.rotas.actions import export_rota, load_rota
from oncall.rotas.changes.showing.listing import log_json, log_text, standing_changes
from oncall.rotas.checking.gathering import check_team
from oncall.rotas.models import RotaOverride
from rota.checks.findings import Finding
from tests.oncall.rotas.changes.conftest import DAYS, Staff, day
from tests.oncall.rotas.conftest import Load

LATER = "2026-02-02T13:00"
OTHERS = (
    "  overrides:\n"
    '    - {tier: duty, person: pat, from: "2026-02-20T09:00", to: "2026-02-21T09:00"}\n'
    '    - {tier: duty, person: pat, from: "2026-02-03T12:00", to: "2026-02-03T13:00"}\n'
)
FIRST_CHANGED = OTHERS.replace("02-21T09:00", "02-21T10:00")


def rows(staff: Staff) -> int:
    staff.session.flush()
    return staff.session.scalar(select(func.count()).select_from(RotaOverride)) or 0


def test_a_load_of_the_same_file_leaves_it_alone(load: Load, staff: Staff) -> None:
    (change,) = staff.asks("eli", 3, of="sam")
    staff.accepts(change, "sam")
    load(DAYS, at=LATER)
    assert (rows(staff), staff.on(3)) == (1, "sam")
    staff.undoes(change, "eli")
    assert staff.on(3) == "eli"


def test_an_export_names_it_and_loading_that_doubles_nothing_and_can_still_be_undone(staff: Staff) -> None:
    change = staff.swaps("eli", 3, "sam", 5)
    staff.accepts(change, "sam", why="a wedding")
    exported = export_rota(staff.session, staff.team)
    assert [(one.person, one.start.written, one.why) for one in exported.overrides] == [
        ("sam", "2026-02-03T09:00:00+00:00", "a wedding"),
        ("eli", "2026-02-05T09:00:00+00:00", "a wedding"),
    ]
    for hour in (13, 14):
        load_rota(staff.session, staff.team, exported, at=datetime(2026, 2, 2, hour, tzinfo=UTC))
    assert rows(staff) == 2
    assert export_rota(staff.session, staff.team) == exported
    staff.undoes(change, "mair")
    assert (staff.on(3), staff.on(5)) == ("eli", "sam")


@pytest.mark.parametrize("exports", [True, False])
def test_an_older_override_that_is_written_anew_does_not_come_to_lie_over_it(
    load: Load, staff: Staff, exports: bool
) -> None:
    load(DAYS + OTHERS, at="2026-02-02T10:00")
    change = staff.gives("sam", 3, why="all day, with the hour")
    assert staff.on(3) == "sam"
    if exports:
        load_rota(staff.session, staff.team, export_rota(staff.session, staff.team), at=staff.at)
        assert rows(staff) == 3
    load(DAYS + FIRST_CHANGED, at=LATER)
    assert staff.on(3) == "sam", "laid over the file, since the file does not name it"
    staff.passes(hours=2)
    staff.undoes(change, "mair", allows=True, why="pat's hour is known")
    assert [one.person for one in staff.shifts(day(3), day(4))] == ["eli", "pat", "eli"]


def test_a_file_that_names_it_may_lay_something_over_it(staff: Staff, load: Load) -> None:
    change = staff.gives("sam", 3)
    load(
        DAYS + "  overrides:\n"
        '    - {tier: duty, person: sam, from: "2026-02-03T09:00:00+00:00", to: "2026-02-04T09:00:00+00:00"}\n'
        '    - {tier: duty, person: mair, from: "2026-02-03T12:00", to: "2026-02-04T09:00"}\n',
        at=LATER,
    )
    assert [one.person for one in staff.shifts(day(3), day(4))] == ["sam", "mair"]
    staff.passes(hours=2)
    staff.undoes(change, "mair")
    assert [one.person for one in staff.shifts(day(3), day(4))] == ["eli", "mair"]


def test_who_has_left_the_team_holds_nothing_to_come_and_the_file_comes_back_as_it_can_be_loaded(staff: Staff) -> None:
    staff.gives("pat", 3, by="pat", allows=True, why="for the day")
    staff["pat"].is_active = False
    staff.session.flush()
    assert {one.person for one in unreachable(staff)} == {"pat"}
    file = replace(export_rota(staff.session, staff.team), overrides=())  # as it can be loaded without pat
    load_rota(staff.session, staff.team, file, at=datetime(2026, 2, 2, 13, tzinfo=UTC))
    assert (staff.on(3), export_rota(staff.session, staff.team).overrides) == ("eli", ())
    log = log_json(staff.session, staff.team)["log"]
    assert [(one["deed"], one["by"], one["for"], one["tier"]) for one in log] == [
        ("given", "pat", "pat", "duty"),
        ("override removed", "team file", "pat", "duty"),
    ]
    (change,) = standing_changes(staff.session, staff.team, at=staff.at)
    staff["pat"].is_active, staff.at = True, datetime(2026, 2, 2, 14, tzinfo=UTC)
    staff.undoes(change, "pat")
    assert log_json(staff.session, staff.team)["log"][:2] == log


def unreachable(staff: Staff) -> list[Finding]:
    report = check_team(staff.session, staff.team, start=day(3), end=day(4))
    return [one for one in report.findings if one.kind == "unreachable" and one.detail == "pat has left the team."]


def test_the_log_tells_what_loads_changed_and_not_what_they_wrote_anew(load: Load, staff: Staff) -> None:
    load(DAYS + OTHERS, at="2026-02-02T10:00")
    change = staff.gives("sam", 4, why="sick")
    away = '  leave: [{person: eli, from: "2026-02-10", to: "2026-02-11"}]\n'
    load(DAYS.replace("every: 1, unit: day", "every: 2, unit: day") + FIRST_CHANGED + away, at=LATER)
    load(DAYS + FIRST_CHANGED, at="2026-02-02T14:00")
    staff.at = datetime(2026, 2, 2, 15, tzinfo=UTC)
    staff.undoes(change, "mair")
    told = [
        (one["at"][11:13], one["deed"], one["by"], one["for"]) for one in log_json(staff.session, staff.team)["log"]
    ]
    assert [one for one in told if one[1] != "asked" and one[1] != "withdrawn"] == [
        ("10", "override added", "team file", "pat"),
        ("10", "override added", "team file", "pat"),
        ("12", "given", "mair", "sam"),
        ("13", "loaded", "team file", None),
        ("13", "override removed", "team file", "pat"),
        ("13", "override added", "team file", "pat"),
        ("13", "leave added", "team file", "eli"),
        ("14", "loaded", "team file", None),
        ("14", "leave removed", "team file", "eli"),
        ("15", "undone", "mair", "mair"),
    ]
    text = log_text(staff.session, staff.team)
    assert "layers loaded by team file: from 2026-02-02T13:00:00+00:00 on" in text
    assert "leave added by team file for eli: 2026-02-10T00:00:00+00:00 to" in text

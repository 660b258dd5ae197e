"""A plan from a team's file and from the database: what it is asked by, what is said of it, and that it loads."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from oncall.errors import Unusable
from oncall.people.queries import practitioner_by_slug
from oncall.people.teamfile import BadTeamFile, parse, write
from oncall.rotas.actions import export_rota, load_rota
from oncall.rotas.duty import record_duty
from oncall.rotas.models import Leave
from oncall.rotas.planning.gathering import Gathered, NothingToPlan, Wanted, from_file, from_team
from oncall.rotas.planning.making import FaultyPlan, NoSolver, NotPlannable, Outcome, make
from oncall.rotas.planning.wording import as_plan_json, plan_text
from rota.planner.asking import Fancy
from rota.planner.solver import run
from tests.oncall.rotas.conftest import Load as Loading
from tests.oncall.rotas.files import team_file

START, END = datetime(2026, 11, 30, tzinfo=UTC), datetime(2026, 12, 14, tzinfo=UTC)
WANTED = Wanted(START, END)
NIGHTS = """
  tiers:
    duty:
      - layer: Weeknights
        people: [sam, eli]
        turn: {every: 1, unit: week, at: "17:00", starts: 2026-01-05}
        cover: [{days: [mon, tue, wed, thu], from: "17:00", to: "09:00"}]
      - layer: Weekends
        people: [eli, sam]
        turn: {every: 1, unit: week, at: "17:00", starts: 2026-01-09}
        cover: [{from: "fri 17:00", to: "mon 09:00"}]
    manager:
      - layer: Managers
        people: [pat]
        turn: {every: 1, unit: week, at: "09:00", starts: 2026-01-05}
"""
PLANNER = """
  planner:
    may_hold: {duty: [sam, eli, mair]}
    wishes:
      - {person: sam, wish: rather_not, from: "2026-12-04T12:00", to: "2026-12-07"}
      - {person: eli, wish: would_like, days: [mon], tier: duty}
    weights: {moved: 0}
    days_in_a_row: 6
"""
LEAVE = '  leave: [{person: sam, from: "2026-12-01", to: "2026-12-09"}]\n'


def _made(rota: str, **wanted: Any) -> Outcome:
    return make(from_file(team_file(rota), replace(WANTED, **wanted)), seconds=60)


def test_who_may_hold_a_tier_if_the_file_does_not_say_stands_in_it_or_leads() -> None:
    ask = from_file(team_file(NIGHTS), WANTED).ask
    assert ask.may_hold == {"duty": ("sam", "eli"), "manager": ("pat", "mair")}
    assert from_file(team_file(NIGHTS + PLANNER), WANTED).ask.may_hold["duty"] == ("sam", "eli", "mair")


def test_the_files_planner_is_what_a_plan_is_asked_by(tmp_path: Path) -> None:
    more = tmp_path / "wishes.yaml"
    more.write_text("wishes:\n- {person: pat, wish: rather_not, from: 2026-12-05, to: 2026-12-06}\n")
    ask = from_file(team_file(NIGHTS + PLANNER), replace(WANTED, wishes=more)).ask
    assert ask.days_in_a_row == 6
    assert (ask.weights.moved, ask.weights.split) == (0, 25)
    assert [(wish.person, wish.fancy, wish.days, wish.tier) for wish in ask.wishes] == [
        ("sam", Fancy.RATHER_NOT, None, None),
        ("eli", Fancy.WOULD_LIKE, frozenset({0}), "duty"),
        ("pat", Fancy.RATHER_NOT, None, None),
    ]
    assert ask.wishes[0].start == datetime(2026, 12, 4, 12, tzinfo=UTC)
    more.write_text("- {person: pat, wish: would_like, days: [sun]}\n")
    assert from_file(team_file(NIGHTS), replace(WANTED, wishes=more)).ask.wishes[0].days == frozenset({6})


@pytest.mark.parametrize(
    ("written", "wrong"),
    [("- {person: nobody, wish: rather_not}", BadTeamFile), (None, Unusable), ("sam", BadTeamFile)],
)
def test_wishes_that_cannot_be_read_are_refused(tmp_path: Path, written: str | None, wrong: type[Exception]) -> None:
    more = tmp_path / "wishes.yaml"
    if written is not None:
        more.write_text(written)
    with pytest.raises(wrong):
        from_file(team_file(NIGHTS), replace(WANTED, wishes=more))


def test_a_plan_is_told_and_reads_back_as_a_file() -> None:
    outcome = _made(NIGHTS + PLANNER + LEAVE)
    told = as_plan_json(outcome)
    assert json.loads(json.dumps(told)) == told
    assert list(told) == [
        *("team", "from", "to", "status", "ended_early", "seconds", "layers", "overrides", "shifts", "fairness"),
        *("soft", "because"),
    ]
    assert told["status"] in {"optimal", "feasible"}
    assert set(told["fairness"]) == {"sam", "eli", "mair", "pat"}
    assert set(told["fairness"]["sam"]["after"]) == {"hours", "nights", "weekend_hours", "bank_holiday_hours"}
    hours = sum(one["after"]["hours"] for one in told["fairness"].values())
    assert hours == 2 * (4 * 16 + 64) + 2 * 168
    assert all({"rule", "weight", "cost", "amount"} <= set(one) for one in told["soft"])
    assert outcome.proposed is not None
    added = [layer["layer"] for layers in told["layers"].values() for layer in layers]
    text = write(outcome.proposed)
    assert parse(text) == outcome.proposed
    assert all(name in text for name in added)
    shown = plan_text(outcome)
    assert "Weeknights: eli" in shown or "Weeknights: mair" in shown
    assert "Shares, of the 17 weeks before and of this plan:" in shown


def test_why_there_is_no_plan_is_told() -> None:
    outcome = _made(NIGHTS + LEAVE, tiers=["duty"])
    told = as_plan_json(outcome)
    assert (told["status"], told["layers"], told["overrides"], told["fairness"]) == ("infeasible", {}, [], {})
    assert told["shifts"] == {"duty": []}
    assert any(
        "duty" in line and "sam is on leave" in line and "eli would be on call" in line for line in told["because"]
    )
    assert "no plan keeps every rule" in plan_text(outcome)
    assert outcome.proposed is None


def test_whoever_has_no_mobile_is_not_planned() -> None:
    file = team_file(NIGHTS + PLANNER)
    staff = tuple(replace(one, mobile=None) if one.slug == "mair" else one for one in file.staff)
    outcome = make(from_file(replace(file, staff=staff), replace(WANTED, tiers=["duty"])), seconds=60)
    assert "mair" not in {shift["person"] for shift in as_plan_json(outcome)["shifts"]["duty"]}
    assert "mair is on the rota without a mobile and cannot be paged, so is not planned." in plan_text(outcome)


def test_a_search_that_is_cut_short_says_so() -> None:
    outcome = make(from_file(team_file(NIGHTS), WANTED), seconds=0)
    assert as_plan_json(outcome)["status"] == "unknown"
    assert "The time given ended the search" in plan_text(outcome)


def test_a_stored_team_is_planned_as_its_file_is(session: Session, load: Loading) -> None:
    team = load(NIGHTS + PLANNER + LEAVE)
    stored, read = from_team(session, team, WANTED), from_file(team_file(NIGHTS + PLANNER + LEAVE), WANTED)
    assert stored.ask == replace(read.ask, present=stored.ask.present)
    outcome = make(stored, seconds=60)
    assert outcome.proposed is not None
    load_rota(session, team, outcome.proposed.rota, at=datetime(2026, 11, 1, tzinfo=UTC))
    assert export_rota(session, team) == outcome.proposed.rota, "it loads, and comes back"


def test_who_really_was_on_duty_and_imported_leave_count(session: Session, load: Loading) -> None:
    """The record says eli, though the rota as it is now says otherwise."""
    team = load(NIGHTS, at="2026-06-01T00:00")
    for week in range(20):
        record_duty(session, team, at=datetime(2026, 6, 1, tzinfo=UTC) + timedelta(weeks=week))
    only_sam = team_file(NIGHTS.replace("[eli, sam]", "[sam]").replace("[sam, eli]", "[sam]"))
    load_rota(session, team, only_sam.rota, at=START - timedelta(days=1))
    imported = Leave(
        team_id=team.id,
        practitioner_id=_id_of(session, team, "eli"),
        from_at=START,
        to_at=END,
        written={"from": "2026-11-30", "to": "2026-12-14"},
        position=0,
        created_at=START - timedelta(days=1),
        source="calendar",
        source_key="1",
    )
    session.add(imported)
    session.flush()
    ask = from_team(session, team, WANTED).ask
    past = [shift for shift in ask.present["duty"] if shift.end < START]
    assert {shift.person for shift in past} == {"sam", "eli", None}
    assert [(one.person, one.start, one.end) for one in ask.leave] == [("eli", START, END)]


def _id_of(session: Session, team: Any, slug: str) -> Any:
    found = practitioner_by_slug(session, team=team, slug=slug)
    assert found is not None
    return found.id


@pytest.mark.parametrize("tiers", [["nights"], ["duty", "nights"], ["backup"]])
def test_tiers_that_cannot_be_planned_are_refused(tiers: list[str]) -> None:
    with pytest.raises(NothingToPlan):
        from_file(team_file(NIGHTS.replace("  tiers:\n", "  tiers:\n    backup: []\n")), replace(WANTED, tiers=tiers))


@pytest.mark.parametrize("days", [0, 400])
def test_a_span_that_cannot_be_planned_is_refused(days: int) -> None:
    with pytest.raises(NotPlannable, match="a year at most"):
        _made(NIGHTS, end=START + timedelta(days=days))


def test_a_span_in_which_no_turn_begins_is_refused() -> None:
    with pytest.raises(NotPlannable, match="No turn"):
        _made(NIGHTS, tiers=["duty"], end=START + timedelta(hours=1))


def _missing(name: str) -> Callable[[str], Any]:
    def load(_module: str) -> Any:
        raise ModuleNotFoundError(name=name)

    return load


def _gathered() -> Gathered:
    return from_file(team_file(NIGHTS), replace(WANTED, tiers=["duty"]))


def test_without_the_solver_it_is_said_how_to_have_it() -> None:
    with pytest.raises(NoSolver, match=r"mist-oncall\[planner\]"):
        make(_gathered(), seconds=1, solver=_missing("ortools.sat"))
    with pytest.raises(ModuleNotFoundError):
        make(_gathered(), seconds=1, solver=_missing("numpy"))


class _Careless:
    """A search that gives everything to one person."""

    def search(self, scales: Any, **_: Any) -> run.Found:
        plan = {piece.number: "sam" for piece in scales.world.pieces}
        return run.Found(run.Status.FEASIBLE, plan, ended_early=False)


def test_a_plan_that_breaks_a_rule_is_shown_to_nobody() -> None:
    with pytest.raises(FaultyPlan):
        make(_gathered(), seconds=1, solver=lambda _: _Careless())


def test_cover_of_every_form_is_written_as_it_was() -> None:
    forms = """
  tiers:
    duty:
      - layer: Noons
        people: [sam, eli, mair]
        turn: {every: 1, unit: day, at: "09:00", starts: 2026-01-01}
        cover: [{days: [mon, wed], from: "12:00", hours: 4}, {from: "18:00", hours: 1}, {from: "20:00", to: "21:00"}]
  planner: {days_in_a_row: 60, wishes: [{person: sam, wish: rather_not, from: "2026-11-30", to: "2026-12-06"}]}
"""
    told = as_plan_json(_made(forms))
    assert [layer["cover"] for layer in told["layers"]["duty"]] == 2 * [
        [
            {"days": ["mon", "wed"], "from": "12:00", "hours": 4},
            {"from": "18:00", "hours": 1},
            {"from": "20:00", "to": "21:00"},
        ]
    ]

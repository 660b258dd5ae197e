"""What is refused because of the rota that would come of it, and what a lead may allow; on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from oncall.rotas.changes.absence import give_leave
from oncall.rotas.changes.answering import accept
from oncall.rotas.changes.laying.weighing import CannotBePaged, WouldBreak
from oncall.rotas.changes.policy import NeedsLead, NeedsReason
from oncall.rotas.rest.owing import owe, owed, settle
from rota.checks.check import Worked
from tests.oncall.rotas.changes.conftest import AT, DAYS, Staff, day
from tests.oncall.rotas.conftest import Load

NIGHTS = DAYS + "  rules: {nights_in_a_row: 1}\n"
WORK = DAYS + "  rules: {standby_is_work: [duty], daily_rest_hours: 11, weekly_rest_hours: 24}\n"
OFFICE = """
  tiers:
    duty:
      - layer: Office
        people: [sam, eli]
        turn: {every: 1, unit: day, at: "09:00", starts: 2026-02-02}
        cover: [{from: "09:00", to: "17:00"}]
  rules: {standby_is_work: [duty], weekly_hours: 44, weekly_hours_warning: 36, weekly_hours_over_weeks: 1}
"""
HALF = DAYS + "    backup: []\n"


def kinds(refused: pytest.ExceptionInfo[WouldBreak]) -> set[str]:
    return set(refused.value.kinds)


def test_somebody_on_leave_is_refused_and_a_lead_may_allow_it_with_a_reason(staff: Staff) -> None:
    give_leave(staff.session, staff.team, day(3), day(5), staff.doing("sam"))
    (change,) = staff.asks("eli", 3, of="sam")
    with pytest.raises(WouldBreak, match="sam holds duty for 24 hours while on leave") as refused:
        staff.accepts(change, "sam")
    assert kinds(refused) == {"leave"}
    with pytest.raises(NeedsLead):
        staff.accepts(change, "sam", allows=True, why="I want to")
    with pytest.raises(NeedsReason):
        staff.accepts(change, "sam", by="mair", allows=True, why=" ")
    assert (change.state, staff.on(3)) == ("open", "eli")
    staff.accepts(change, "sam", by="mair", allows=True, why="nobody else is there")
    assert staff.on(3) == "sam"


def test_somebody_who_stopped_our_texts_is_refused_unless_allowed(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3, of="sam")
    staff["sam"].opted_out_at = AT
    with pytest.raises(WouldBreak, match="stopped our texts") as refused:
        staff.accepts(change, "sam")
    assert kinds(refused) == {"unreachable"}
    staff.accepts(change, "sam", by="pat", allows=True, why="he is rung")
    assert staff.on(3) == "sam"


@pytest.mark.parametrize("what", [{"number_dead_at": AT}, {"mobile": None, "mobile_index": None}])
def test_somebody_who_cannot_be_paged_at_all_is_never_put_on(staff: Staff, what: dict[str, object]) -> None:
    for name, value in what.items():
        setattr(staff["sam"], name, value)
    staff.session.flush()
    with pytest.raises(CannotBePaged, match="cannot be paged"):
        staff.gives("sam", 3, allows=True, why="please")
    assert staff.on(3) == "eli"


def test_one_person_in_two_tiers_is_refused(staff: Staff) -> None:
    with pytest.raises(WouldBreak) as refused:
        staff.gives("pat", 3)
    assert kinds(refused) == {"two_tiers"}


def test_too_many_nights_in_a_row_are_refused(load: Load, staff: Staff) -> None:
    load(NIGHTS, at="2026-01-02T00:00")
    (change,) = staff.asks("eli", 3, of="sam")
    with pytest.raises(WouldBreak, match="nights in a row") as refused:
        staff.accepts(change, "sam")
    assert kinds(refused) == {"nights"}
    (other,) = staff.asks("sam", 5, of="eli")
    with pytest.raises(WouldBreak):
        staff.accepts(other, "eli")


def test_rest_of_a_day_is_refused_where_standby_is_work(load: Load, staff: Staff) -> None:
    load(WORK, at="2026-01-02T00:00")
    (change,) = staff.asks("eli", 3, of="sam")
    with pytest.raises(WouldBreak) as refused:
        staff.accepts(change, "sam")
    assert "daily_rest" in kinds(refused)


def test_an_average_that_is_only_near_the_most_refuses_nothing_and_one_above_it_does(load: Load, staff: Staff) -> None:
    load(OFFICE, at="2026-01-02T00:00")
    for number in (3, 5):
        assert staff.on_at(day(number)) == "eli"
    first, second = staff.asks("eli", 3, 6, of="sam")
    staff.accepts(first, "sam")
    with pytest.raises(WouldBreak, match="the most is 44") as refused:
        staff.accepts(second, "sam")
    assert kinds(refused) == {"weekly_hours"}


def test_what_was_really_worked_counts_where_it_is_known(load: Load, staff: Staff) -> None:
    load(OFFICE, at="2026-01-02T00:00")
    (change,) = staff.asks("eli", 3, of="sam")
    night = Worked("sam", day(3) - timedelta(hours=5), day(3))
    with pytest.raises(WouldBreak) as refused:
        accept(staff.session, staff.team, change.code, replace(staff.doing("sam"), worked=[night]))
    assert "weekly_hours" in kinds(refused)
    staff.accepts(change, "sam")


def test_what_was_wrong_before_does_not_stand_in_the_way_of_what_makes_it_no_worse(staff: Staff) -> None:
    give_leave(staff.session, staff.team, day(3), day(7), staff.doing("eli"))
    (change,) = staff.asks("mair", 4, of="sam")
    staff.accepts(change, "sam")
    assert (staff.on(3), staff.on(4)) == ("eli", "sam"), "Eli's clash stays as it was"


def test_undoing_what_fills_a_gap_is_refused_and_a_lead_may_allow_it(load: Load, staff: Staff) -> None:
    load(HALF, at="2026-01-02T00:00")
    change = staff.gives("sam", 3, tier="backup")
    assert staff.on(3, "backup") == "sam"
    with pytest.raises(WouldBreak, match="Nobody holds backup for 1440 minutes") as refused:
        staff.undoes(change, "mair")
    assert kinds(refused) == {"gap"}
    assert (change.state, staff.on(3, "backup")) == ("applied", "sam")
    staff.undoes(change, "mair", allows=True, why="no backup that day")
    assert staff.on(3, "backup") is None


def test_undoing_is_refused_when_whom_it_restores_cannot_do_it(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3, of="sam")
    staff.accepts(change, "sam")
    give_leave(staff.session, staff.team, day(3), day(4), staff.doing("eli"))
    with pytest.raises(WouldBreak) as refused:
        staff.undoes(change, "eli")
    assert kinds(refused) == {"leave"}
    staff["eli"].is_active = False
    with pytest.raises(CannotBePaged, match="has left the team"):
        staff.undoes(change, "mair", allows=True, why="please")
    assert staff.on(3) == "sam"


def test_nobody_takes_on_duty_within_rest_they_are_owed_until_it_is_settled_or_a_lead_allows_it(staff: Staff) -> None:
    night = [Worked("sam", AT + timedelta(hours=15), AT + timedelta(hours=15, minutes=40))]
    owe(staff.session, staff.team, night, at=AT + timedelta(hours=16))  # worked until 03:40: rest runs to 14:40
    (change,), (later,) = staff.asks("eli", 3, of="sam"), staff.asks("mair", 4, of="sam")
    with pytest.raises(WouldBreak, match=r"sam is owed rest until Tue 03 Feb 2026 14:40 GMT, .* 03:40 GMT") as refused:
        staff.accepts(change, "sam")
    assert kinds(refused) == {"daily_rest"}
    staff.accepts(later, "sam")
    staff.undoes(later, "mair")
    (owed_rest,) = owed(staff.session, staff.team, since=AT.date())
    settle(staff.session, staff.team, owed_rest.id, by=staff["pat"], how="in lieu", at=AT + timedelta(hours=16))
    staff.accepts(change, "sam")
    assert staff.on(3) == "sam"

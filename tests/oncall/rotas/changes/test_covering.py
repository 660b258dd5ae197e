"""Cover, swaps and overrides, from the asking to the undoing, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from oncall.db.tables import AppendOnlyViolation
from oncall.people.reach import is_reachable_by_text
from oncall.rotas.changes.answering import approve, withdraw
from oncall.rotas.changes.asking import candidates
from oncall.rotas.changes.laying.pieces import Stretch
from oncall.rotas.changes.models import RotaLogEntry
from oncall.rotas.changes.policy import (
    BadChange,
    NeedsLead,
    NoSuchChange,
    NotAsked,
    NotHeld,
    Over,
    TakenByOther,
)
from oncall.rotas.changes.settling.lapsing import expire
from oncall.rotas.changes.showing.listing import change_json, changes_text, log_json, log_text, standing_changes
from oncall.rotas.models import RotaOverride
from tests.oncall.rotas.changes.conftest import AT, Staff, day


def test_a_colleague_who_was_asked_takes_it_and_both_are_told(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3, of="sam")
    assert (change.tier, change.from_at, change.to_at, change.due_at) == ("duty", day(3), day(4), day(3))
    assert staff.on(3) == "eli"
    staff.accepts(change, "sam")
    assert (staff.on(2), staff.on(3), staff.on(4)) == ("sam", "sam", "mair")
    assert staff.notices(change) == [("sam", "asked_cover"), ("sam", "covered_taker"), ("eli", "covered_holder")]
    (row,) = staff.session.scalars(select(RotaOverride)).all()
    assert (row.change_id, row.created_at, row.why) == (change.id, AT, None)


def test_everyone_is_whoever_stands_in_the_tier_is_not_on_and_can_be_texted(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3)
    assert [slug for slug, _ in staff.notices(change)] == ["sam", "mair"]
    staff["sam"].opted_out_at = AT
    assert not is_reachable_by_text(staff["sam"])
    span = Stretch("duty", day(3), day(4))
    assert [one.slug for one in candidates(staff.session, staff.team, span, staff["eli"])] == ["mair"]
    managers = Stretch("manager", day(3), day(4))
    assert [one.slug for one in candidates(staff.session, staff.team, managers, staff["pat"])] == ["mair"]


def test_the_first_has_it_and_the_second_hears_so(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3)
    staff.accepts(change, "sam")
    with pytest.raises(TakenByOther):
        staff.accepts(change, "mair")
    with pytest.raises(Over):
        staff.accepts(change, "sam")
    assert staff.on(3) == "sam"


def test_only_who_was_asked_may_take_it_and_never_the_one_who_asks(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3, of="sam")
    for person in ("pat", "eli"):
        with pytest.raises(NotAsked):
            staff.accepts(change, person, by="sam")
    with pytest.raises(NotAsked):
        staff.accepts(change, "eli", by="mair")
    staff.accepts(change, "pat", by="mair", why="nobody else", allows=True)
    assert staff.on(3) == "pat"
    with pytest.raises(NoSuchChange):
        staff.accepts(type(change)(code="0000"), "sam")


def test_only_ones_own_time_to_come_can_be_asked_for(staff: Staff) -> None:
    with pytest.raises(NotHeld):
        staff.asks("eli", 4)
    with pytest.raises(BadChange):
        staff.asks("eli", 1)
    with pytest.raises(BadChange):
        staff.asks("eli", 3, of="eli")
    assert [change.from_at for change in staff.asks("sam", 2, 7)] == [AT, day(5)], "what has begun, from now on"


def test_what_has_begun_is_covered_from_now_on_and_what_was_stays(staff: Staff) -> None:
    (change,) = staff.asks("sam", 2, of="eli")
    assert change.due_at == day(3)
    staff.passes(hours=2)
    staff.accepts(change, "eli")
    begun = staff.shifts(day(2), day(3))
    assert [(one.start, one.person) for one in begun] == [(day(2), "sam"), (staff.at, "eli")]


def test_when_all_have_said_no_the_one_who_asked_and_the_leads_hear_it(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3, of="sam mair")
    staff.declines(change, "sam")
    staff.declines(change, "sam")
    assert change.state == "open"
    staff.declines(change, "mair")
    assert change.state == "declined"
    told = staff.notices(change)[2:]
    assert told.count(("eli", "nobody_can")) == 1
    assert {("mair", "lead_nobody_can"), ("pat", "lead_nobody_can")} < set(told)
    with pytest.raises(Over):
        staff.declines(change, "sam")
    with pytest.raises(Over):
        staff.accepts(change, "sam")


def test_withdrawing_is_for_the_one_who_asked_or_a_lead(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3, of="sam")
    with pytest.raises(NotHeld):
        withdraw(staff.session, staff.team, change.code, staff.doing("sam"))
    withdraw(staff.session, staff.team, change.code, staff.doing("eli"))
    assert staff.notices(change)[-1] == ("sam", "withdrawn")
    with pytest.raises(Over):
        withdraw(staff.session, staff.team, change.code, staff.doing("eli"))
    with pytest.raises(Over):
        staff.accepts(change, "sam")


def test_at_its_start_it_expires_and_leads_are_told_once(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3, of="sam")
    assert expire(staff.session, staff.team, at=day(3) - timedelta(seconds=1)) == 0
    staff.at = day(3)
    with pytest.raises(Over):
        staff.accepts(change, "sam")
    assert expire(staff.session, staff.team, at=day(3)) == 1
    assert expire(staff.session, staff.team, at=day(3)) == 0
    assert staff.notices(change)[1:] == [("eli", "expired"), ("mair", "lead_expired"), ("pat", "lead_expired")]
    assert (change.state, staff.on(3)) == ("expired", "eli")


def test_a_swap_puts_each_on_the_others_day(staff: Staff) -> None:
    change = staff.swaps("eli", 3, "sam", 5)
    assert staff.notices(change) == [("sam", "asked_swap")]
    staff.accepts(change, "sam")
    assert (staff.on(3), staff.on(5)) == ("sam", "eli")
    assert staff.notices(change)[1:] == [("sam", "swapped_taker"), ("eli", "swapped_holder")]
    for person in ("eli", "sam"):
        with pytest.raises(NeedsLead):
            staff.undoes(change, person)
    staff.undoes(change, "mair")
    assert (staff.on(3), staff.on(5)) == ("eli", "sam")


@pytest.mark.parametrize(("number", "colleague", "other"), [(3, "eli", 6), (3, "sam", 3), (1, "sam", 5)])
def test_a_swap_that_makes_no_sense(staff: Staff, number: int, colleague: str, other: int) -> None:
    with pytest.raises(BadChange):
        staff.swaps("eli", number, colleague, other)


def test_a_swap_of_what_is_not_theirs(staff: Staff) -> None:
    for number, other in ((4, 5), (3, 6)):
        with pytest.raises(NotHeld):
            staff.swaps("eli", number, "sam", other)


def test_what_is_no_longer_theirs_when_it_is_accepted_is_refused(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3, of="sam")
    staff.gives("mair", 3)
    with pytest.raises(NotHeld):
        staff.accepts(change, "sam")
    assert (change.state, staff.on(3)) == ("open", "mair")


def test_a_lead_has_the_last_word_where_the_team_wants_it(approved: Staff) -> None:
    (change,) = approved.asks("eli", 3, of="sam")
    approved.accepts(change, "sam")
    assert (change.state, approved.on(3)) == ("accepted", "eli")
    assert set(approved.notices(change)[1:]) == {
        ("mair", "lead_wanted"),
        ("pat", "lead_wanted"),
        ("sam", "waits_for_lead"),
    }
    with pytest.raises(NeedsLead):
        approve(approved.session, approved.team, change.code, approved.doing("eli"))
    approve(approved.session, approved.team, change.code, approved.doing("pat"))
    assert (change.state, approved.on(3)) == ("applied", "sam")
    with pytest.raises(Over):
        approve(approved.session, approved.team, change.code, approved.doing("pat"))


def test_a_lead_may_refuse_and_it_may_run_out(approved: Staff) -> None:
    (change,) = approved.asks("eli", 3, of="sam")
    approved.accepts(change, "sam")
    approved.declines(change, "pat")
    assert (change.state, approved.notices(change)[-2:]) == (
        "refused",
        [("sam", "lead_refused"), ("eli", "lead_refused")],
    )
    other = approved.swaps("eli", 3, "sam", 5)
    approved.accepts(other, "sam")
    assert ("pat", "lead_wanted_swap") in approved.notices(other)
    assert expire(approved.session, approved.team, at=day(3)) == 1
    assert ("sam", "expired") in approved.notices(other)
    assert approved.on(5) == "sam"


def test_what_a_lead_accepts_for_somebody_needs_no_other_word(approved: Staff) -> None:
    (change,) = approved.asks("eli", 3, of="sam")
    approved.accepts(change, "sam", by="pat")
    assert (change.state, approved.on(3)) == ("applied", "sam")


def test_an_override_is_a_leads_to_give_and_tells_who_goes_and_who_comes(staff: Staff) -> None:
    with pytest.raises(NeedsLead):
        staff.gives("sam", 3, by="sam")
    with pytest.raises(BadChange):
        staff.gives("sam", 1)
    with pytest.raises(BadChange):
        staff.gives("sam", 3, tier="backup")
    change = staff.gives("sam", 3, why="eli rang in")
    assert staff.on(3) == "sam"
    assert staff.notices(change) == [("sam", "given_to"), ("eli", "given_off")]
    staff.undoes(change, "pat")
    assert (staff.on(3), staff.notices(change)[-1]) == ("eli", ("sam", "undone_given"))


def test_undoing_is_for_whose_duty_it_was_and_only_what_is_to_come(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3, of="sam")
    staff.accepts(change, "sam")
    with pytest.raises(NeedsLead):
        staff.undoes(change, "sam")
    staff.at = day(3) + timedelta(hours=4)
    staff.undoes(change, "eli")
    assert [(one.start, one.person) for one in staff.shifts(day(3), day(4))] == [(day(3), "sam"), (staff.at, "eli")]
    (second,) = staff.asks("eli", 6, of="sam")
    staff.accepts(second, "sam")
    staff.at = day(7)
    with pytest.raises(Over, match="past"):
        staff.undoes(second, "eli")
    assert staff.on(6) == "sam"


def test_the_log_keeps_who_for_whom_when_and_why_and_is_never_changed(staff: Staff) -> None:
    staff.gives("sam", 3, why="eli is ill")
    (change,) = staff.asks("mair", 4, of="eli")
    staff.accepts(change, "eli", by="pat", why="she said so by phone")
    log = log_json(staff.session, staff.team)["log"]
    assert [(one["deed"], one["by"], one["for"], one["why"]) for one in log] == [
        ("given", "mair", "sam", "eli is ill"),
        ("asked", "mair", "mair", None),
        ("accepted", "pat", "eli", "she said so by phone"),
    ]
    assert [one["from"] for one in log][:1] == ["2026-02-03T09:00:00+00:00"]
    assert "override" in log_text(staff.session, staff.team)
    assert "accepted by pat for eli" in log_text(staff.session, staff.team)
    row = staff.session.scalars(select(RotaLogEntry)).first()
    assert row is not None
    assert b"ill" not in (row.why_sealed or b"")
    row.deed = "nothing"
    with pytest.raises(AppendOnlyViolation):
        staff.session.flush()
    staff.session.rollback()


def test_what_stands_is_shown_soonest_first(staff: Staff) -> None:
    swap = staff.swaps("eli", 6, "sam", 5)
    (change,) = staff.asks("eli", 3)
    staff.declines(change, "mair")
    staff.session.flush()
    shown = [change_json(staff.session, staff.team, one) for one in standing_changes(staff.session, staff.team, at=AT)]
    assert [one["code"] for one in shown] == [change.code, swap.code]
    assert (shown[0]["asked"], shown[0]["declined"], shown[0]["in_return"]) == (["mair", "sam"], ["mair"], None)
    assert shown[1]["in_return"]["from"] == "2026-02-05T09:00:00+00:00"
    said = changes_text(shown)
    assert f"{change.code} cover, open: duty, 2026-02-03T09:00:00+00:00" in said
    assert "in return for duty, 2026-02-05" in said
    assert standing_changes(staff.session, staff.team, at=day(8)) == []

"""Leave by hand and from a file: it blocks assignment, asks for cover at once, and is taken back; on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from oncall.rotas.changes.absence import NoSuchLeave, ask_for_cover, give_leave, take_leave_back
from oncall.rotas.changes.laying.weighing import WouldBreak
from oncall.rotas.changes.models import RotaChange
from oncall.rotas.changes.policy import BadChange
from oncall.rotas.changes.showing.listing import leave_json, log_json
from tests.oncall.rotas.changes.conftest import AT, DAYS, Staff, day
from tests.oncall.rotas.conftest import Load

SAM_AWAY = '  leave: [{person: sam, from: "2026-02-05T09:00", to: "2026-02-09T09:00"}]\n'


def asked(staff: Staff) -> list[RotaChange]:
    staff.session.flush()
    return list(staff.session.scalars(select(RotaChange).order_by(RotaChange.from_at)))


def test_leave_asks_for_cover_of_each_shift_it_touches_and_only_of_what_it_touches(staff: Staff) -> None:
    leave = give_leave(staff.session, staff.team, day(3), day(6).replace(hour=12), staff.doing("eli", by="pat"))
    assert [(one.from_at, one.to_at, one.state) for one in asked(staff)] == [
        (day(3), day(4), "open"),
        (day(6), day(6).replace(hour=12), "open"),
    ]
    assert staff.notices(asked(staff)[0]) == [("sam", "asked_away"), ("mair", "asked_away")]
    shown = leave_json(staff.session, staff.team, leave)
    assert (shown["person"], len(shown["changes"]), shown["changes"][0]["is_for_leave"]) == ("eli", 2, True)
    assert [(one["deed"], one["by"], one["for"]) for one in log_json(staff.session, staff.team)["log"]] == [
        ("leave added", "pat", "eli"),
        ("asked", "service", "eli"),
        ("asked", "service", "eli"),
    ]
    staff.accepts(asked(staff)[0], "sam")
    assert staff.on(3) == "sam"
    with pytest.raises(WouldBreak):
        staff.gives("eli", 4)


def test_leave_that_begins_now_asks_for_what_is_left_and_past_leave_is_refused(staff: Staff) -> None:
    give_leave(staff.session, staff.team, day(1), day(3), staff.doing("sam"))
    assert [(one.from_at, one.to_at, one.due_at) for one in asked(staff)] == [(AT, day(3), day(3))]
    with pytest.raises(BadChange):
        give_leave(staff.session, staff.team, day(1), day(2), staff.doing("eli"))
    with pytest.raises(BadChange):
        give_leave(staff.session, staff.team, day(5), day(4), staff.doing("eli"))


def test_where_nobody_is_free_the_leads_are_told(staff: Staff) -> None:
    for slug in ("sam", "eli", "mair"):
        staff[slug].opted_out_at = AT
    staff.session.flush()
    give_leave(staff.session, staff.team, day(3), day(10), staff.doing("pat"))
    (change,) = asked(staff)
    assert change.tier == "manager"
    assert staff.notices(change) == [("mair", "lead_nobody_to_ask"), ("pat", "lead_nobody_to_ask")]


def test_leave_taken_back_is_no_longer_asked_about_but_what_was_taken_stays(staff: Staff) -> None:
    give_leave(staff.session, staff.team, day(3), day(7), staff.doing("eli"))
    first, second = asked(staff)
    staff.accepts(first, "sam")
    take_leave_back(staff.session, staff.team, day(3), day(7), staff.doing("eli"))
    assert [(first.state, staff.on(3)), (second.state, staff.on(6))] == [("applied", "sam"), ("withdrawn", "eli")]
    with pytest.raises(NoSuchLeave):
        take_leave_back(staff.session, staff.team, day(3), day(7), staff.doing("eli"))
    staff.undoes(first, "eli")
    assert staff.on(3) == "eli"


def test_new_leave_of_a_file_asks_once_and_that_of_the_first_file_does_not(load: Load, staff: Staff) -> None:
    staff.team = load(DAYS + SAM_AWAY, slug="gwent", number=2, at="2026-02-02T12:00")
    assert asked(staff) == []
    staff.team = load(DAYS, at="2026-02-02T12:00")
    load(DAYS + SAM_AWAY, at="2026-02-02T13:00")
    assert [(one.from_at, one.to_at) for one in asked(staff)] == [(day(5), day(6)), (day(8), day(9))]
    load(DAYS + SAM_AWAY, at="2026-02-02T14:00")
    assert [one.state for one in asked(staff)] == ["open", "open"]
    load(DAYS, at="2026-02-02T15:00")
    assert [one.state for one in asked(staff)] == ["withdrawn", "withdrawn"]
    assert log_json(staff.session, staff.team)["log"][-1]["by"] == "service"


def test_leave_by_hand_is_no_files_business_and_is_asked_about_once(load: Load, staff: Staff) -> None:
    leave = give_leave(staff.session, staff.team, day(3), day(4), staff.doing("eli"))
    load(DAYS, at="2026-02-02T13:00")
    assert leave.removed_at is None
    assert ask_for_cover(staff.session, staff.team, [leave], at=staff.at) == []


def test_what_is_asked_already_is_not_asked_again_because_of_other_leave(staff: Staff) -> None:
    give_leave(staff.session, staff.team, day(3), day(4), staff.doing("eli"))
    give_leave(staff.session, staff.team, day(3), day(7), staff.doing("eli"))
    assert [(one.from_at, one.to_at) for one in asked(staff)] == [(day(3), day(4)), (day(6), day(7))]


def test_leave_without_end_is_asked_about_a_year_ahead(staff: Staff) -> None:
    give_leave(staff.session, staff.team, day(3), datetime(2899, 1, 1, tzinfo=UTC), staff.doing("eli"))
    changes = asked(staff)
    assert len(changes) == 122
    assert max(one.to_at for one in changes) <= AT + timedelta(days=366)


def test_what_other_leave_still_asks_for_is_asked_when_the_first_is_taken_back(staff: Staff) -> None:
    give_leave(staff.session, staff.team, day(3), day(7), staff.doing("eli"))
    give_leave(staff.session, staff.team, day(6), day(8), staff.doing("eli"))
    take_leave_back(staff.session, staff.team, day(3), day(7), staff.doing("eli"))
    assert [(one.from_at, one.state) for one in asked(staff)] == [
        (day(3), "withdrawn"),
        (day(6), "withdrawn"),
        (day(6), "open"),
    ]

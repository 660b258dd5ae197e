"""What comes to nothing by itself, and what is too far ahead to be asked or changed; on both databases."""

from datetime import timedelta

import pytest

from oncall.rotas.changes.asking import Wanted, ask_cover, ask_swap, give_override
from oncall.rotas.changes.laying.pieces import Stretch
from oncall.rotas.changes.policy import TooFarAhead
from oncall.rotas.changes.settling.lapsing import drop_moot, expire
from tests.oncall.rotas.changes.conftest import AT, Staff, day


def test_what_somebody_else_has_come_to_hold_is_no_longer_asked_and_no_lead_hears_of_it(staff: Staff) -> None:
    (change,) = staff.asks("eli", 3, of="sam")
    (other,) = staff.asks("eli", 3)
    staff.accepts(other, "mair")
    (part,) = staff.asks("mair", 4)
    assert drop_moot(staff.session, staff.team, at=staff.at) == 1
    assert drop_moot(staff.session, staff.team, at=staff.at) == 0
    assert (change.state, part.state) == ("withdrawn", "open")
    assert staff.notices(change) == [("sam", "asked_cover"), ("sam", "moot")]
    assert expire(staff.session, staff.team, at=day(3)) == 0


def test_without_anything_asked_nothing_is_moot(staff: Staff) -> None:
    assert drop_moot(staff.session, staff.team, at=staff.at) == 0


def test_nothing_is_asked_or_changed_further_ahead_than_can_be_weighed(staff: Staff) -> None:
    far = AT + timedelta(days=367)
    with pytest.raises(TooFarAhead):
        ask_cover(staff.session, staff.team, Wanted(start=AT, end=far), staff.doing("sam"))
    farther = AT + timedelta(days=3 * 366 + 1)
    with pytest.raises(TooFarAhead):
        give_override(staff.session, staff.team, Stretch("duty", far, farther), staff.doing("sam", by="mair"))
    with pytest.raises(TooFarAhead):
        ask_swap(
            staff.session,
            staff.team,
            Stretch("duty", day(5), day(6)),
            Stretch("duty", day(6), farther),
            staff["eli"],
            staff.doing("sam"),
        )

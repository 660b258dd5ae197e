"""What holds after any asks, answers and undoings: one person a tier, no new gap, nothing past is touched."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from oncall.db.database import Database
from oncall.errors import OnCallError
from oncall.people.actions import load_people
from oncall.people.queries import team_by_slug
from oncall.rotas import answers
from oncall.rotas.actions import load_rota
from oncall.rotas.changes.models import RotaChange
from rota.resolve import Shift
from tests.databases import KEYRING, copy_of
from tests.oncall.rotas.changes.conftest import AT, DAYS, Staff, day
from tests.oncall.rotas.files import team_file

END = day(12)
PEOPLE = ("sam", "eli", "mair", "pat")
PERSON, DAY = st.sampled_from(PEOPLE), st.integers(3, 10)
STEPS = st.one_of(
    st.tuples(st.just("cover"), PERSON, DAY, PERSON, DAY),
    st.tuples(st.just("swap"), PERSON, DAY, PERSON, DAY),
    st.tuples(st.just("give"), PERSON, DAY, PERSON, DAY),
    st.tuples(st.just("undo"), PERSON, DAY, PERSON, DAY),
    st.tuples(st.just("wait"), PERSON, DAY, PERSON, DAY),
)
Step = tuple[str, str, int, str, int]
Shown = dict[str, tuple[Shift, ...]]


@pytest.fixture(scope="module")
def built(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database(copy_of(sqlite_template, tmp_path_factory.mktemp("always")), KEYRING)
    with opened.transaction() as session:
        file = team_file(DAYS)
        load_rota(session, load_people(session, file, at=AT - timedelta(days=9)), file.rota, at=AT - timedelta(days=9))
    yield opened
    opened.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=7))
def test_shifts_never_overlap_never_gain_a_gap_and_undoing_restores_them(built: Database, steps: list[Step]) -> None:
    with built.transaction() as session:
        staff = _staff(session)
        first = _shown(staff)
        laid: list[RotaChange] = []
        for step in steps:
            before = _shown(staff)
            with suppress(OnCallError):
                _take(staff, step, laid)
            shown = _shown(staff)
            _check_whole(shown)
            assert _until(shown, staff) == _until(before, staff), "what was is as it was"
        for change in reversed([change for change in laid if change.state == "applied"]):
            staff.undoes(change, "mair")
        assert _from(_shown(staff), staff) == _from(first, staff)
        session.rollback()


def _take(staff: Staff, step: Step, laid: list[RotaChange]) -> None:
    what, person, number, other, another = step
    holder, theirs = (staff.on_at(day(one)) or "" for one in (number, another))
    match what:
        case "wait":
            staff.passes(hours=1)
        case "cover":
            (change,) = staff.asks(holder, number, of=other)
            laid.append(staff.accepts(change, other))
        case "swap":
            laid.append(staff.accepts(staff.swaps(holder, number, theirs, another), theirs))
        case "give":
            laid.append(staff.gives(person, number))
        case _:
            if laid and laid[-1].state == "applied":
                staff.undoes(laid.pop(), "mair")


def _staff(session: Session) -> Staff:
    team = team_by_slug(session, slug="torfaen")
    assert team is not None
    return Staff(session, team)


def _shown(staff: Staff) -> Shown:
    staff.session.flush()
    return answers.show(staff.session, staff.team, start=AT - timedelta(days=1), end=END)


def _check_whole(shown: Shown) -> None:
    for tier, shifts in shown.items():
        assert all(one.end == other.start for one, other in pairwise(shifts)), tier
        assert all(shift.person for shift in shifts if shift.start >= day(2)), tier


def _until(shown: Shown, staff: Staff) -> list[tuple[str, Shift]]:
    cut = [(tier, one) for tier, shifts in shown.items() for one in shifts if one.start < staff.at]
    return [(tier, one._replace(end=min(one.end, staff.at))) for tier, one in cut]


def _from(shown: Shown, staff: Staff) -> list[tuple[str, Shift]]:
    cut = [(tier, one) for tier, shifts in shown.items() for one in shifts if one.end > staff.at]
    return [(tier, one._replace(start=max(one.start, staff.at))) for tier, one in cut]

"""Two who take the same duty in the same instant: one has it, the other is told; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy.orm import Session

from oncall.db.database import Database
from oncall.people.actions import load_people
from oncall.people.queries import team_by_slug
from oncall.rotas.actions import load_rota
from oncall.rotas.changes.doing import move, named
from oncall.rotas.changes.policy import Deed, State, TakenByOther
from tests.oncall.rotas.changes.conftest import AT, DAYS, Staff, day
from tests.oncall.rotas.files import team_file

TIMES = 5


def test_of_two_who_accept_at_once_one_has_it(database: Database) -> None:
    with database.transaction() as session:
        file = team_file(DAYS)
        load_rota(session, load_people(session, file, at=AT), file.rota, at=AT)
    for _ in range(TIMES):
        _one_has_it(database)


def test_a_state_is_left_once_even_by_somebody_who_looked_before(database: Database) -> None:
    with database.transaction() as session:
        file = team_file(DAYS)
        load_rota(session, load_people(session, file, at=AT), file.rota, at=AT)
        (change,) = _staff(session).asks("eli", 3)
        taker = _staff(session)["sam"].id
        session.flush()
        assert move(session, change, Deed.ACCEPT, State.APPLIED, at=AT, taker_id=taker)
        assert not move(session, change, Deed.ACCEPT, State.APPLIED, at=AT, taker_id=_staff(session)["mair"].id)
        assert not move(session, change, Deed.EXPIRE, State.EXPIRED, at=AT)
        session.refresh(change)
        assert (change.taker_id, change.state) == (taker, State.APPLIED)


def _one_has_it(database: Database) -> None:
    with database.transaction() as session:
        staff = _staff(session)
        code = staff.asks("eli", 3, of="sam mair")[0].code
    together = Barrier(2)

    def takes(slug: str) -> bool:
        together.wait(timeout=10)
        try:
            with database.transaction() as session:
                here = _staff(session)
                here.accepts(named(session, here.team, code), slug)
        except TakenByOther:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        took = dict(zip(("sam", "mair"), both.map(takes, ("sam", "mair")), strict=True))
    assert sorted(took.values()) == [False, True]
    with database.transaction() as session:
        staff = _staff(session)
        change = named(session, staff.team, code)
        winner = next(slug for slug, has_it in took.items() if has_it)
        assert change.taker_id == staff[winner].id
        assert staff.on(3) == winner
        assert [one.start for one in staff.shifts(day(3), day(4))] == [day(3)]
        staff.undoes(change, "eli")


def _staff(session: Session) -> Staff:
    team = team_by_slug(session, slug="torfaen")
    assert team is not None
    return Staff(session, team)

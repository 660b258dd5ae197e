"""What the tests of changes ask for: a team whose four people take turns on duty by the day, and deeds in short."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.people.models import Practitioner, Team
from oncall.people.queries import practitioner_by_slug
from oncall.rotas import answers
from oncall.rotas.changes.answering import accept, decline, undo
from oncall.rotas.changes.asking import Wanted, ask_cover, ask_swap, give_override
from oncall.rotas.changes.doing import Doing
from oncall.rotas.changes.laying.pieces import Stretch
from oncall.rotas.changes.models import RotaChange, RotaNotice
from rota.resolve import Shift
from tests.oncall.rotas.conftest import Load

AT = datetime(2026, 2, 2, 12, tzinfo=UTC)  # a Monday; Sam has it until Tuesday 09:00
DAYS = """
  tiers:
    duty:
      - layer: Days
        people: [sam, eli, mair]
        turn: {every: 1, unit: day, at: "09:00", starts: 2026-02-02}
    manager:
      - layer: Managers
        people: [pat]
        turn: {every: 1, unit: week, at: "09:00", starts: 2026-01-05}
"""
APPROVED = DAYS + "  changes: {approve: lead}\n"


def day(number: int) -> datetime:
    """09:00 on a day of February 2026: sam on the 2nd, eli on the 3rd, mair on the 4th, sam on the 5th …"""
    return datetime(2026, 2, number, 9, tzinfo=UTC)


@dataclass
class Staff:
    """A team and deeds of its people at an instant that a test moves."""

    session: Session
    team: Team
    at: datetime = AT

    def __getitem__(self, slug: str) -> Practitioner:
        found = practitioner_by_slug(self.session, team=self.team, slug=slug)
        assert found is not None
        return found

    def doing(self, person: str, *, by: str | None = None, why: str | None = None, allows: bool = False) -> Doing:
        """What somebody does now."""
        return Doing(by=self[by or person], person=self[person], at=self.at, why=why, allows=allows)

    def asks(self, person: str, first: int, last: int | None = None, *, of: str = "") -> list[RotaChange]:
        """Somebody asks for their days to be covered, by one colleague or by everyone."""
        asked = [self[slug] for slug in of.split()]
        wanted = Wanted(start=day(first), end=day(last or first + 1), of=asked)
        return ask_cover(self.session, self.team, wanted, self.doing(person))

    def swaps(self, person: str, number: int, colleague: str, other: int) -> RotaChange:
        """Somebody asks to swap a day for a colleague's."""
        own, theirs = (Stretch("duty", day(one), day(one + 1)) for one in (number, other))
        return ask_swap(self.session, self.team, own, theirs, self[colleague], self.doing(person))

    def gives(
        self, person: str, first: int, *, last: int | None = None, tier: str = "duty", **how: object
    ) -> RotaChange:
        """A lead puts somebody on."""
        doing = self.doing(person, **{"by": "mair", **how})  # type: ignore[arg-type]
        return give_override(self.session, self.team, Stretch(tier, day(first), day(last or first + 1)), doing)

    def accepts(self, change: RotaChange, person: str, **how: object) -> RotaChange:
        """Somebody takes it."""
        return accept(self.session, self.team, change.code, self.doing(person, **how))  # type: ignore[arg-type]

    def declines(self, change: RotaChange, person: str, **how: object) -> RotaChange:
        """Somebody cannot."""
        return decline(self.session, self.team, change.code, self.doing(person, **how))  # type: ignore[arg-type]

    def undoes(self, change: RotaChange, person: str, **how: object) -> RotaChange:
        """Somebody takes it off again."""
        return undo(self.session, self.team, change.code, self.doing(person, **how))  # type: ignore[arg-type]

    def on(self, number: int, tier: str = "duty") -> str | None:
        """Who holds a day from end to end."""
        (shift,) = self.shifts(day(number), day(number + 1), tier)
        return shift.person

    def on_at(self, at: datetime) -> str | None:
        """Who holds duty at an instant."""
        return self.shifts(at, at + timedelta(hours=1))[0].person

    def shifts(self, start: datetime, end: datetime, tier: str = "duty") -> tuple[Shift, ...]:
        """The tier's shifts."""
        self.session.flush()
        return answers.show(self.session, self.team, start=start, end=end)[tier]

    def notices(self, change: RotaChange) -> list[tuple[str, str]]:
        """Who is to be told what of a change."""
        self.session.flush()
        found = select(RotaNotice.sentence, Practitioner.slug).join(
            Practitioner, Practitioner.id == RotaNotice.practitioner_id
        )
        ordered = found.where(RotaNotice.change_id == change.id).order_by(RotaNotice.id)
        return [(slug, sentence) for sentence, slug in self.session.execute(ordered)]

    def passes(self, **time: float) -> None:
        """Time goes by."""
        self.at += timedelta(**time)


@pytest.fixture
def staff(session: Session, load: Load) -> Staff:
    """A team where nobody has the last word."""
    return Staff(session, load(DAYS))


@pytest.fixture
def approved(session: Session, load: Load) -> Staff:
    """A team where a lead has the last word."""
    return Staff(session, load(APPROVED))

"""The rota's `planner`: who may hold which tier, what people wish for, and what the team weighs how.

Nothing is reckoned here; a plan is made elsewhere.
"""

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from oncall.people.teamfile.form import readers
from oncall.people.teamfile.form.field import Field, Missing
from oncall.people.teamfile.form.instants import instant
from oncall.people.teamfile.sections.names import Known, said
from oncall.people.teamfile.sections.persons import A_STAFF
from oncall.people.teamfile.values import DAYS, FANCIES, WEIGHTS, PlannerEntry, WishEntry

MOST_POINTS = 1_000
MOST_DAYS = 366
A_TIER = "a tier of the rota"


def read_planner(field: Field, known: Known, zone: ZoneInfo) -> PlannerEntry:
    """The team's own planner; each key may be left out."""
    keys = field.keys("", "may_hold wishes weights days_in_a_row")
    return PlannerEntry(
        may_hold=readers.optional(keys["may_hold"], lambda listed: _may_hold(listed, known)) or {},
        wishes=read_wishes(said(keys["wishes"]), known, zone),
        weights=readers.optional(keys["weights"], _weights) or {},
        days_in_a_row=readers.optional(keys["days_in_a_row"], lambda days: readers.whole(days, most=MOST_DAYS)),
    )


def read_wishes(field: Field, known: Known, zone: ZoneInfo) -> tuple[WishEntry, ...]:
    """A list of wishes."""
    return readers.items(field, lambda item: _wish(item, known, zone), least=0)


def _may_hold(field: Field, known: Known) -> Mapping[str, tuple[str, ...]]:
    tiers = field.entries("write a tier, and who may hold it")
    for tier, listed in tiers.items():
        if known.tiers is not None and tier not in known.tiers:
            listed.refuse("name a tier that the rota has", "is no tier of this rota")
    return {
        tier: readers.items(listed, lambda item: readers.names(item, known.staff, A_STAFF), once=True)
        for tier, listed in tiers.items()
    }


def _weights(field: Field) -> Mapping[str, int]:
    keys = field.keys("", " ".join(WEIGHTS))
    return {name: _points(keys[name]) for name in WEIGHTS if keys[name].is_there}


def _points(field: Field) -> int:
    if type(field.value) is int and 0 <= field.value <= MOST_POINTS:
        return field.value
    field.refuse(f"write a whole number from 0 to {MOST_POINTS}")
    return 0


def _wish(field: Field, known: Known, zone: ZoneInfo) -> WishEntry:
    keys = field.keys("person wish", "from to days tier")
    if keys["from"].is_there != keys["to"].is_there:
        gone = keys["to" if keys["from"].is_there else "from"]
        replace(gone, value=Missing.NEEDED).refuse("write both from and to, or neither")
    start, end = (readers.optional(keys[key], readers.moment) for key in ("from", "to"))
    if start and end and start.written and end.written and instant(end, zone) <= instant(start, zone):
        keys["to"].refuse("write a later one", "is not after from")
    return WishEntry(
        person=readers.names(keys["person"], known.staff, A_STAFF),
        wish=readers.one_of(keys["wish"], FANCIES),
        start=start,
        end=end,
        days=readers.optional(
            keys["days"], lambda listed: readers.items(listed, lambda day: readers.one_of(day, DAYS), once=True)
        ),
        tier=readers.optional(keys["tier"], lambda tier: readers.names(tier, known.tiers, A_TIER)),
    )

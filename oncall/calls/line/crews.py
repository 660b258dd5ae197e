"""Who can be rung for a caller just now, and in which order: what the caller prefers sorts, and never excludes."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from oncall.calls.line.flow import Crew, Pattern
from oncall.calls.line.scene import Line
from oncall.calls.models import Leg
from oncall.incidents.restricting import is_kept_from
from oncall.paging.cover import LONGEST_CALL, cover, on_a_call
from oncall.paging.ladders import duration
from oncall.paging.policy import Cover, Reach
from oncall.people.models import Contact, Practitioner, Team


def pattern_of(team: Team) -> Pattern:
    """The team's times for a caller who waits."""
    return Pattern(duration(team.voice["ring_for"]), duration(team.voice["promise_after"]))


def crew_of(line: Line) -> Crew:
    """Who can be rung now. Who is on a call of ours, or being rung for another caller, is passed over."""
    here = cover(line.session, line.team, at=line.at, incident=line.incident)
    groups = [[here.tiers.get(tier) for tier in group] for group in line.team.voice["ring"]]
    known = {reach.person for reach in [*here.everyone(), here.holder] if reach}
    busy = _busy(line, {UUID(person) for person in known})
    order = _order(line, known)
    return Crew(
        groups=tuple(_free([reach for reach in group if reach], busy, order) for group in groups),
        leads=_free(here.leads, busy, order),
        is_anybody_busy=any(reach and reach.person in busy for group in groups for reach in group),
        others=frozenset(_free(_others(line, here), busy, order)),
    )


def _others(line: Line, here: Cover) -> list[Reach]:
    """The holder, and whoever had the caller last, though neither may be on the rota any more."""
    first = line.state.first if line.call.state else None
    found = [here.holder] if here.holder else []
    if first and all(reach.person != first for reach in found):
        person = line.practitioner(first)
        if is_kept_from(line.incident, person):
            return found
        talking = on_a_call(line.session, [person.id], at=line.at)
        has_number = person.is_active and person.mobile is not None and person.number_dead_at is None
        found.append(Reach(first, by_call=has_number, on_call_with_us=bool(talking)))
    return found


def _free(reaches: Sequence[Reach], busy: Collection[str], order: Sequence[str]) -> tuple[str, ...]:
    free = {r.person for r in reaches if r.by_call and not r.on_leave and r.person not in busy}
    return tuple(person for person in order if person in free) + tuple(sorted(free - set(order)))


def _busy(line: Line, people: Collection[UUID]) -> set[str]:
    """On a call of ours, or rung for another caller and not let go yet, for any team that has their mobile."""
    person, here = aliased(Practitioner), aliased(Practitioner)
    with_leg = select(person.id).join(here, here.mobile_index == person.mobile_index)
    rung = with_leg.join(Leg, Leg.practitioner_id == here.id).where(
        person.id.in_(people),
        Leg.ended_at.is_(None),
        Leg.dropped_at.is_(None),
        Leg.call_id != line.call.id,
        Leg.rung_at > line.at - LONGEST_CALL,
    )
    talking = on_a_call(line.session, people, at=line.at)
    return {str(one) for one in [*talking, *line.session.scalars(rung)]}


def _order(line: Line, people: Collection[str]) -> list[str]:
    """Whom the caller prefers, then who speaks their language, then who gives the guidance they prefer."""
    contact = line.contact
    wanted = select(Practitioner).where(Practitioner.id.in_([UUID(person) for person in people]))
    found = list(line.session.scalars(wanted.order_by(Practitioner.position)))
    styles = {p.guidance for p in _preferred(line, contact)} - {None}

    def rank(person: Practitioner) -> tuple[int, bool, bool]:
        prefers = contact.prefers if contact else []
        place = prefers.index(person.slug) if person.slug in prefers else len(prefers)
        speaks = line.call.language is None or line.call.language in person.languages
        return (place, not speaks, bool(styles) and person.guidance not in styles)

    return [str(person.id) for person in sorted(found, key=rank)]


def _preferred(line: Line, contact: Contact | None) -> list[Practitioner]:
    if contact is None or not contact.prefers:
        return []
    named = select(Practitioner).where(Practitioner.team_id == line.team.id, Practitioner.slug.in_(contact.prefers))
    return list(line.session.scalars(named))

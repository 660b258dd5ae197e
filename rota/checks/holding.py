"""What is wrong with who holds what: a tier that nobody holds, leave, one person twice, people who cannot be paged.

One rule: each stretch is told once, as long as it lasts. All shifts lie in the span that is asked about.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from operator import attrgetter

from rota.checks.findings import Finding, Kind, in_hours, in_minutes
from rota.patterns import Leave
from rota.resolve import Shift
from rota.spans import Span, cut, join

Shown = Mapping[str, Sequence[Shift]]
Spans = list[Span[None]]


def gaps(shown: Shown) -> Iterator[Finding]:
    """Where nobody holds a tier, to the minute."""
    for tier, shifts in shown.items():
        for shift in shifts:
            if shift.person is None:
                detail = f"Nobody holds {tier} for {in_minutes(shift.end - shift.start)}."
                yield Finding(Kind.GAP, tier, None, shift.start, shift.end, detail)


def leave_clashes(shown: Shown, leave: Iterable[Leave]) -> Iterator[Finding]:
    """Where somebody holds a tier while they are away."""
    away: dict[str, list[Span[None]]] = {}
    for one in sorted(leave, key=attrgetter("start")):
        away.setdefault(one.person, []).append(Span(one.start, one.end, None))
    for tier, person, held in _each(shown):
        for clash in overlaps(held, join(away.get(person, []))):
            detail = f"{person} holds {tier} for {in_hours(clash.end - clash.start)} while on leave."
            yield Finding(Kind.LEAVE, tier, person, clash.start, clash.end, f"{detail} Somebody else is needed.")


def two_tiers(shown: Shown) -> Iterator[Finding]:
    """Where one person holds two tiers at once, so that paging the second wakes nobody new."""
    held = {(tier, person): spans for tier, person, spans in _each(shown)}
    people = list(dict.fromkeys(person for _, person in held))
    for one, other in combinations(shown, 2):
        for person in people:
            for twice in overlaps(held.get((one, person), []), held.get((other, person), [])):
                detail = f"{person} holds {one} and {other} at once for {in_hours(twice.end - twice.start)}."
                told = f"{detail} If they do not answer, {other} is nobody else."
                yield Finding(Kind.TWO_TIERS, one, person, twice.start, twice.end, told)


def unreachable(shown: Shown, why: Mapping[str, str]) -> Iterator[Finding]:
    """Who is on the rota and cannot be paged; `why` has the reason by person, as it follows their name."""
    for person, held in held_by_person(shown).items():
        if person in why:
            detail = f"{person} {why[person]}."
            yield Finding(Kind.UNREACHABLE, None, person, held[0].start, held[-1].end, detail)


def held_by_person(shown: Shown) -> dict[str, Spans]:
    """When each person holds anything: sorted and joined."""
    held: dict[str, Spans] = {}
    for _, person, spans in _each(shown):
        held.setdefault(person, []).extend(spans)
    return {person: join(sorted(spans)) for person, spans in held.items()}


def overlaps(one: Spans, other: Spans) -> Spans:
    """Where both are."""
    return [both for span in one for both in cut(other, span.start, span.end)]


def _each(shown: Shown) -> Iterator[tuple[str, str, Spans]]:
    """Each tier and person who holds it at any time, with when."""
    for tier, shifts in shown.items():
        held: dict[str, Spans] = {}
        for shift in shifts:
            if shift.person is not None:
                held.setdefault(shift.person, []).append(Span(shift.start, shift.end, None))
        yield from ((tier, person, join(spans)) for person, spans in held.items())

"""What counts as work: pure, from what is on record of people's calls and of their deeds for a caller.

Work is each call of ours, from its ring to its end; and each contact, from the ring that led to it to the last thing
somebody is on record for doing about it, as long as no more than an hour lies between one thing and the next.
Being on call is none. Where the record comes from is left to who asks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rota.checks.check import Worked
from rota.spans import Span, join

WorkedSpell = Worked
PAUSES_FOR = timedelta(hours=1)
"""A pause longer than this is rest, and what follows it begins anew."""
LEAST = timedelta(minutes=1)
"""A single text is work too."""


@dataclass(frozen=True)
class Contact:
    """One person's deeds about one caller: when each was done, and when their phone rang for it before."""

    person: str
    deeds: tuple[datetime, ...]
    rings: tuple[datetime, ...] = ()


def spells_of(calls: Iterable[WorkedSpell], contacts: Iterable[Contact]) -> list[WorkedSpell]:
    """All that was worked, each person's spells joined and in order."""
    by_person: dict[str, list[Span[None]]] = {}
    for one in [*calls, *(spell for contact in contacts for spell in _stretches(contact))]:
        if one.start < one.end:
            by_person.setdefault(one.person, []).append(Span(one.start, one.end, None))
    return [
        Worked(person, span.start, span.end)
        for person, spans in sorted(by_person.items())
        for span in join(sorted(spans, key=lambda span: (span.start, span.end)))
    ]


def _stretches(contact: Contact) -> Iterator[WorkedSpell]:
    begins: datetime | None = None
    last: datetime | None = None
    for deed in sorted(contact.deeds):
        if begins is None or last is None or deed - last > PAUSES_FOR:
            if begins is not None and last is not None:
                yield Worked(contact.person, begins, max(last, begins + LEAST))
            begins = _ring_before(contact, deed)
        last = deed
    if begins is not None and last is not None:
        yield Worked(contact.person, begins, max(last, begins + LEAST))


def _ring_before(contact: Contact, deed: datetime) -> datetime:
    """When the phone rang or buzzed for it, if that was a while ago at most; the deed itself otherwise."""
    return max((ring for ring in contact.rings if deed - PAUSES_FOR <= ring <= deed), default=deed)

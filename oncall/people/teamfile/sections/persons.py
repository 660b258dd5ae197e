"""The sections `staff`, `young_people` and `contacts`: the team, whom it stands behind, who may ring or text."""

import re
from collections.abc import Iterator
from datetime import date

from oncall.people.teamfile.form import readers
from oncall.people.teamfile.form.field import Field
from oncall.people.teamfile.sections.names import Known, refuse_repeats, said, slugs_of
from oncall.people.teamfile.sections.team import language, languages
from oncall.people.teamfile.values import (
    GUIDANCE,
    KINDS,
    ROLES,
    ContactEntry,
    Plan,
    StaffEntry,
    TeamEntry,
    YoungPersonEntry,
)

A_STAFF = "somebody among staff"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def read_staff(section: Field) -> tuple[StaffEntry, ...]:
    """The practitioners, at least one."""
    refuse_repeats(slugs_of(section), section.problems)
    return readers.items(section, _staff)


def _staff(field: Field) -> StaffEntry:
    keys = field.keys("slug name role languages", "mobile email guidance")
    return StaffEntry(
        slug=readers.slug(keys["slug"]),
        name=readers.text(keys["name"]),
        role=readers.one_of(keys["role"], ROLES),
        languages=languages(keys["languages"]),
        mobile=readers.optional(keys["mobile"], readers.number),
        email=readers.optional(keys["email"], _email),
        guidance=readers.optional(keys["guidance"], lambda field: readers.one_of(field, GUIDANCE)),
    )


def _email(field: Field) -> str:
    value = readers.text(field, "an email address")
    if value and not _EMAIL.fullmatch(value):
        field.refuse("write it like sam@example.org", "is no email address")
    return value


def read_young_people(section: Field, known: Known, today: date | None) -> tuple[YoungPersonEntry, ...]:
    """The young people; none, where the section was left out. Nobody is born after `today`."""
    refuse_repeats(slugs_of(section), section.problems)

    def young_person(field: Field) -> YoungPersonEntry:
        keys = field.keys("slug known_as born lead key_worker", "plan")
        return YoungPersonEntry(
            slug=readers.slug(keys["slug"]),
            known_as=readers.text(keys["known_as"]),
            born=_born(keys["born"], today),
            lead=readers.names(keys["lead"], known.staff, A_STAFF),
            key_worker=readers.names(keys["key_worker"], known.staff, A_STAFF),
            plan=readers.optional(keys["plan"], read_plan),
        )

    return readers.items(said(section), young_person, least=0)


def _born(field: Field, today: date | None) -> date:
    born = readers.day(field)
    if today is not None and born > today:
        field.refuse("write the day of birth", "is in the future")
    return born


def read_plan(field: Field) -> Plan:
    """What was agreed for a young person."""
    keys = field.keys("formulation helps avoid")
    return Plan(
        formulation=_words(keys["formulation"]),
        helps=readers.items(keys["helps"], _words, least=0),
        avoid=readers.items(keys["avoid"], _words, least=0),
    )


def _words(field: Field) -> str:
    return readers.text(field, lines=True)


def read_contacts(section: Field, known: Known) -> tuple[ContactEntry, ...]:
    """The contacts; none, where the section was left out."""
    refuse_repeats(slugs_of(section), section.problems)

    def staff(field: Field) -> str:
        return readers.names(field, known.staff, A_STAFF)

    def young_person(field: Field) -> str:
        return readers.names(field, known.young_people, "a young person")

    def contact(field: Field) -> ContactEntry:
        keys = field.keys("slug name kind phones language", "cares_for prefers")
        return ContactEntry(
            slug=readers.slug(keys["slug"]),
            name=readers.text(keys["name"]),
            kind=readers.one_of(keys["kind"], KINDS),
            phones=readers.items(keys["phones"], readers.number, least=0),
            language=language(keys["language"]),
            cares_for=readers.items(said(keys["cares_for"]), young_person, least=0, once=True),
            prefers=readers.items(said(keys["prefers"]), staff, least=0, once=True),
        )

    return readers.items(said(section), contact, least=0)


def numbers(
    team: TeamEntry, staff: tuple[StaffEntry, ...], contacts: tuple[ContactEntry, ...]
) -> Iterator[tuple[str, str]]:
    """Every number of the file at its path: each may stand in it once."""
    yield "team.number", team.number
    for index, practitioner in enumerate(staff):
        yield f"staff[{index}].mobile", practitioner.mobile or ""
    for index, contact in enumerate(contacts):
        for place, phone in enumerate(contact.phones):
            yield f"contacts[{index}].phones[{place}]", phone

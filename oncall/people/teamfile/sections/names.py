"""The names a team file gives, gathered before anything refers to them, and what may stand in it only once.

One rule: names are taken as they stand, even where their entry is wrong, so that one error does not make ten. Where a
whole part cannot be read its names are None, and nothing is said of what refers to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from oncall.people.teamfile.form.document import Value
from oncall.people.teamfile.form.field import Field, Missing
from oncall.people.teamfile.problems import Problem

Names = frozenset[str] | None


@dataclass(frozen=True)
class Known:
    """The names that other parts of the file may use."""

    staff: Names
    young_people: Names
    tiers: Names


def known(document: Value) -> Known:
    """The names in a whole document."""
    rota = _at(document, "rota")
    tiers = _at(rota, "tiers")
    return Known(
        staff=_slugs(_at(document, "staff")),
        young_people=_slugs(_at(document, "young_people") or []),
        tiers=frozenset(tiers) if isinstance(tiers, dict) else None,
    )


def _at(value: Value, key: str) -> Value:
    return value.get(key) if isinstance(value, dict) else None


def _slugs(value: Value) -> Names:
    if not isinstance(value, list):
        return None
    slugs = [_at(entry, "slug") for entry in value]
    return frozenset(slug for slug in slugs if isinstance(slug, str))


def refuse_repeats(found: Iterable[tuple[str, str]], problems: list[Problem]) -> None:
    """Notes each (path, value) whose value stood at an earlier path; empty values are no values."""
    first: dict[str, str] = {}
    for path, value in found:
        if value and first.setdefault(value, path) != path:
            problems.append(Problem(path, f"is the same as {first[value]}", "give each its own"))


def slugs_of(section: Field) -> Iterable[tuple[str, str]]:
    """The path and the slug of every entry of a list."""
    entries = section.value if isinstance(section.value, list) else []
    for index, entry in enumerate(entries):
        slug = _at(entry, "slug")
        if isinstance(slug, str):
            yield f"{section.path}[{index}].slug", slug


def said(section: Field) -> Field:
    """The section, or an empty list where it was left out."""
    return Field([], section.path, section.problems) if section.value is Missing.UNSAID else section

"""What is allowed in a team file but ought to be known: it is said, and the file is loaded all the same.

Gaps in cover are not seen here: they are reckoned from the rota.
"""

from collections.abc import Iterator

from oncall.people.models import LEAD_ROLES
from oncall.people.teamfile.problems import Problem
from oncall.people.teamfile.values import TeamFile


def warnings(file: TeamFile) -> list[Problem]:
    """Tiers without a layer, people on the rota without a mobile, and no lead who could be paged."""
    return [*_empty_tiers(file), *_without_mobile(file), *_no_lead(file)]


def _empty_tiers(file: TeamFile) -> Iterator[Problem]:
    for name, layers in file.rota.tiers.items():
        if not layers:
            yield Problem(f"rota.tiers.{name}", "has no layer, so nobody is on it", "write a layer for it")


def _without_mobile(file: TeamFile) -> Iterator[Problem]:
    layers = [layer for tier in file.rota.tiers.values() for layer in tier]
    on_rota = {person for layer in layers for person in layer.people}
    on_rota |= {override.person for override in file.rota.overrides}
    for index, practitioner in enumerate(file.staff):
        if practitioner.slug in on_rota and practitioner.mobile is None:
            wrong = f"{practitioner.slug} is on the rota without a mobile and cannot be paged"
            yield Problem(f"staff[{index}].mobile", wrong, "write their mobile's number")


def _no_lead(file: TeamFile) -> Iterator[Problem]:
    if not any(practitioner.role in LEAD_ROLES and practitioner.mobile for practitioner in file.staff):
        wrong = "has no clinical lead or service manager with a mobile, to page when nobody else can be"
        yield Problem("staff", wrong, "name one")

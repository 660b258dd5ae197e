"""Gathers what a plan is asked for: from a team's file alone, or from the database and who was on duty.

One rule: nothing is decided here. Who may hold a tier is who the team's file says, and if it does not, who stands in
the tier's layers now; leads and managers may hold a tier named `manager`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from oncall.errors import Unusable
from oncall.people.filing import team_file
from oncall.people.models import LEAD_ROLES, Team
from oncall.people.queries import practitioners
from oncall.people.teamfile import BadTeamFile, TeamFile
from oncall.people.teamfile.form import document
from oncall.people.teamfile.form.field import Field
from oncall.people.teamfile.sections.names import Known
from oncall.people.teamfile.sections.planner import read_wishes
from oncall.people.teamfile.values import DAYS, WishEntry
from oncall.rotas import answers, queries
from oncall.rotas.actions import export_rota
from oncall.rotas.checking.gathering import holidays_near, rules_of, why_unreachable
from oncall.rotas.checking.wording import NO_MOBILE
from oncall.rotas.written import instant_of, leave_of, rota_of
from rota import resolve
from rota.checks.holding import Shown
from rota.local_time import instant
from rota.patterns import Leave
from rota.planner.asking import LOOKS_BACK_WEEKS, Ask, Fancy, Weights, Wish

MANAGERS = "manager"
_BACK = timedelta(weeks=LOOKS_BACK_WEEKS + 2)
_AHEAD = timedelta(weeks=4)


class NothingToPlan(Unusable):
    """There is no tier to plan: name tiers the rota has, with people who may hold them."""


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a plan: the turns that begin in a span, of all tiers or of some; wishes beside the file's."""

    start: datetime
    end: datetime
    tiers: Collection[str] = ()
    wishes: Path | None = None


@dataclass(frozen=True)
class Gathered:
    """What a plan is asked for, and the team's file as it stands."""

    file: TeamFile
    ask: Ask


def from_file(file: TeamFile, wanted: Wanted) -> Gathered:
    """A plan for a team as its file has it. Raises NothingToPlan, BadTeamFile."""
    start, end = instant(wanted.start), instant(wanted.end)
    zone = ZoneInfo(file.team.time_zone)
    present = resolve.show(rota_of(file.rota, zone=zone), start - _BACK, max(start, end) + _AHEAD)
    barred = {entry.slug: NO_MOBILE for entry in file.staff if entry.mobile is None}
    return Gathered(file, _ask(file, wanted, present=present, leave=leave_of(file.rota, zone=zone), barred=barred))


def from_team(session: Session, team: Team, wanted: Wanted) -> Gathered:
    """A plan for a stored team, after who was on duty. Raises NothingToPlan, BadTeamFile."""
    start, end = instant(wanted.start), instant(wanted.end)
    file = team_file(session, team, rota=export_rota(session, team))
    present = answers.show(session, team, start=start - _BACK, end=max(start, end) + _AHEAD)
    away = queries.leave_between(session, team_id=team.id, start=start - _BACK, end=max(start, end) + _AHEAD)
    leave = tuple(Leave(*one) for one in away if one.start < one.end)
    barred = {one.slug: why for one in practitioners(session, team=team) if (why := why_unreachable(one))}
    return Gathered(file, _ask(file, wanted, present=present, leave=leave, barred=barred))


def _ask(file: TeamFile, wanted: Wanted, *, present: Shown, leave: Collection[Leave], barred: Mapping[str, str]) -> Ask:
    zone, planner = ZoneInfo(file.team.time_zone), file.rota.planner
    wishes = [*planner.wishes, *_more_wishes(file, wanted, zone)]
    unknown = [tier for tier in wanted.tiers if tier not in file.rota.tiers]
    may_hold = {tier: people for tier, people in _may_hold(file).items() if tier in wanted.tiers or not wanted.tiers}
    if unknown or not may_hold:
        raise NothingToPlan
    ask = Ask(
        zone,
        instant(wanted.start),
        instant(wanted.end),
        rota_of(file.rota, zone=zone).tiers,
        may_hold,
        present,
        leave=leave,
        barred=barred,
        wishes=tuple(_wish(wish, zone) for wish in wishes),
        rules=rules_of(file.rota.rules),
        weights=Weights(**planner.weights),
        bank_holidays=holidays_near(wanted.start - _BACK, wanted.end + _AHEAD),
    )
    return ask if planner.days_in_a_row is None else replace(ask, days_in_a_row=planner.days_in_a_row)


def _may_hold(file: TeamFile) -> dict[str, tuple[str, ...]]:
    """By tier, without the tiers that nobody may hold."""
    found: dict[str, tuple[str, ...]] = {}
    for tier, layers in file.rota.tiers.items():
        standing = [person for layer in layers for person in layer.people]
        leads = [entry.slug for entry in file.staff if entry.role in LEAD_ROLES] if tier == MANAGERS else []
        people = file.rota.planner.may_hold.get(tier) or tuple(dict.fromkeys([*standing, *leads]))
        if people:
            found[tier] = people
    return found


def _more_wishes(file: TeamFile, wanted: Wanted, zone: ZoneInfo) -> Sequence[WishEntry]:
    """The wishes of a file of their own: a list, or `wishes` with a list."""
    if wanted.wishes is None:
        return ()
    try:
        value, problems = document.load(wanted.wishes.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise Unusable("The file of wishes cannot be read; name a file in UTF-8.") from None
    listed = value["wishes"] if isinstance(value, dict) and set(value) == {"wishes"} else value
    known = Known(
        staff=frozenset(entry.slug for entry in file.staff), young_people=None, tiers=frozenset(file.rota.tiers)
    )
    wishes = read_wishes(Field(listed, "wishes", problems), known, zone)
    if problems:
        raise BadTeamFile(problems)
    return wishes


def _wish(entry: WishEntry, zone: ZoneInfo) -> Wish:
    return Wish(
        entry.person,
        Fancy(entry.wish),
        start=instant_of(entry.start, zone=zone) if entry.start else None,
        end=instant_of(entry.end, zone=zone) if entry.end else None,
        days=frozenset(DAYS.index(day) for day in entry.days) if entry.days else None,
        tier=entry.tier,
    )

"""Gathers what the check of a rota needs: from a team's file alone, or from the database.

One rule: nothing is judged here; shifts are the one resolver's, and where there is a record of who was on duty, that
lies on top. Worked spells are handed in by whoever knows of incidents.
"""

import json
from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from oncall.people.models import Practitioner, Team
from oncall.people.queries import practitioners
from oncall.people.reach import is_reachable_by_call, is_reachable_by_text
from oncall.people.teamfile import TeamFile
from oncall.people.teamfile.stored import rules_from_json
from oncall.people.teamfile.values import RulesEntry
from oncall.rotas import answers, queries
from oncall.rotas.checking.bank_holidays import bank_holidays
from oncall.rotas.checking.wording import HAS_LEFT, NO_MOBILE, NO_SUCH_MOBILE, NO_TEXTS
from oncall.rotas.written import layers_in, leave_of, rota_of
from rota import resolve
from rota.checks.check import Question, Report, Worked, check, reach
from rota.checks.rules import Rules
from rota.local_time import instant
from rota.patterns import Leave, Rota

_A_DAY_OR_TWO = timedelta(days=2)  # the date may be another one in the team's zone


def check_file(file: TeamFile, *, start: datetime, end: datetime) -> Report:
    """The check of a team's rota as its file has it, which knows of no work. ValueError if the span is empty."""
    return check(question_of(file, rota_of(file.rota, zone=ZoneInfo(file.team.time_zone)), start=start, end=end))


def question_of(file: TeamFile, rota: Rota, *, start: datetime, end: datetime) -> Question:
    """What is checked of a file, with its rota as the values that are reckoned with."""
    start, end = _span(start, end)
    zone, rules = rota.zone, rules_of(file.rota.rules)
    return Question(
        zone,
        start,
        end,
        resolve.show(rota, *reach(start, end, zone=zone, values=rules)),
        rota.tiers,
        leave=leave_of(file.rota, zone=zone),
        unreachable={entry.slug: NO_MOBILE for entry in file.staff if entry.mobile is None},
        bank_holidays=holidays_near(start, end),
        rules=rules,
    )


def check_team(
    session: Session, team: Team, *, start: datetime, end: datetime, worked: Collection[Worked] = ()
) -> Report:
    """The check of a stored team's rota. ValueError if the span is empty."""
    return check(question_of_team(session, team, start=start, end=end, worked=worked))


def question_of_team(
    session: Session, team: Team, *, start: datetime, end: datetime, worked: Collection[Worked] = ()
) -> Question:
    """What is checked of a stored team."""
    start, end = _span(start, end)
    newest = queries.newest(session, team_id=team.id)
    rules = rules_of(rules_from_json(json.loads(newest.document))) if newest else Rules()
    zone = ZoneInfo(team.time_zone)
    begins, ends = reach(start, end, zone=zone, values=rules)
    away = queries.leave_between(session, team_id=team.id, start=start, end=end)
    return Question(
        zone,
        start,
        end,
        answers.show(session, team, start=begins, end=ends),
        layers_in(newest.document) if newest else {},
        leave=[Leave(*one) for one in away if one.start < one.end],
        unreachable=_unreachable(session, team),
        worked=worked,
        bank_holidays=holidays_near(start, end),
        rules=rules,
    )


def _unreachable(session: Session, team: Team) -> dict[str, str]:
    """Why people cannot be paged, by slug; also those who have left the team."""
    present = practitioners(session, team=team)
    left = set(queries.slugs(session, team_id=team.id).values()) - {one.slug for one in present}
    return dict.fromkeys(left, HAS_LEFT) | {one.slug: why for one in present if (why := why_unreachable(one))}


def rules_of_team(session: Session, team: Team) -> Rules:
    """The rules of a stored team."""
    newest = queries.newest(session, team_id=team.id)
    return rules_of(rules_from_json(json.loads(newest.document))) if newest else Rules()


def rules_of(entry: RulesEntry) -> Rules:
    """A team's rules, as far as its file sets them."""
    return Rules(**entry.values, standby_is_work=frozenset(entry.standby_is_work))


def _span(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    start, end = instant(start), instant(end)
    if end <= start:
        raise ValueError("the end lies after the start")
    return start, end


def holidays_near(start: datetime, end: datetime) -> frozenset[date]:
    """The bank holidays of a span, by any clock."""
    return bank_holidays((start - _A_DAY_OR_TWO).date(), (end + _A_DAY_OR_TWO).date())


def why_unreachable(practitioner: Practitioner) -> str | None:
    """Why somebody cannot be paged, as it follows their name; None if they can."""
    if practitioner.mobile_sealed is None:
        return NO_MOBILE
    if not is_reachable_by_call(practitioner):
        return NO_SUCH_MOBILE
    return None if is_reachable_by_text(practitioner) else NO_TEXTS

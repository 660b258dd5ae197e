"""What a change would break: the check of the rota as it would be, against the check of it as it is.

One rule: only what is new counts, so a rota that has a fault already can still be changed elsewhere; an unequal load is
for leads to see, and refuses nothing. Both rotas are the one resolver's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from oncall.people.models import Practitioner, Team
from oncall.rotas import queries
from oncall.rotas.changes.doing import Doing
from oncall.rotas.changes.laying.pieces import Piece, Stretch
from oncall.rotas.changes.laying.resting import rest_cut_short
from oncall.rotas.changes.policy import ChangeRefused
from oncall.rotas.checking.gathering import question_of_team
from oncall.rotas.checking.wording import NO_TEXTS
from oncall.rotas.models import RotaOverride
from oncall.rotas.written import layers_in, override_of
from rota import resolve
from rota.checks.check import Question, check
from rota.checks.findings import Finding, Kind
from rota.patterns import Override, Rota
from rota.resolve import Shift
from rota.spans import Span, cut, holes, join, overlay

REST = {Kind.DAILY_REST, Kind.WEEKLY_REST, Kind.WEEKLY_HOURS, Kind.NIGHTS}
COUNTED = {Kind.GAP, Kind.LEAVE, Kind.TWO_TIERS, *REST}
Shown = dict[str, tuple[Shift, ...]]
Spans = list[Span[tuple[str | None, str | None]]]


class WouldBreak(ChangeRefused):
    """The rota that would come of it breaks a rule. A lead may allow it, and says why."""

    sentence: ClassVar[str] = "refused_would_break"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.kinds = [finding.kind.value for finding in findings]
        told = " ".join(finding.detail for finding in findings)
        super().__init__(f"That is refused. {told} A lead may allow it, and says why.")


class CannotBePaged(ChangeRefused):
    """Somebody who cannot be paged at all cannot be put on duty, by nobody's leave."""

    sentence: ClassVar[str] = "refused_cannot_be_paged"

    def __init__(self, finding: Finding) -> None:
        self.kinds = [finding.kind.value]
        super().__init__(f"That is refused. {finding.detail}")


def refuse_if_broken(session: Session, team: Team, pieces: Sequence[Piece], doing: Doing) -> None:
    """Raises WouldBreak, CannotBePaged if these pieces may not be laid over the rota."""
    added = [Override(piece.tier, piece.person.slug, piece.start, piece.end) for piece in pieces]
    places = [Stretch(piece.tier, piece.start, piece.end) for piece in pieces]
    _judge(list(weigh(session, team, places, doing, added=added)), doing)


def refuse_if_not_undoable(
    session: Session, team: Team, change_id: UUID, places: Sequence[Stretch], doing: Doing
) -> None:
    """Raises WouldBreak, CannotBePaged if what a change hides may not come back."""
    _judge(list(weigh(session, team, places, doing, without=change_id)), doing)


def weigh(
    session: Session,
    team: Team,
    places: Sequence[Stretch],
    doing: Doing,
    *,
    added: Sequence[Override] = (),
    without: UUID | None = None,
) -> Iterator[Finding]:
    """What would be wrong that is not wrong already, with these overrides added and those of a change taken off."""
    start, end = min(place.start for place in places), max(place.end for place in places)
    at = doing.at
    before = question_of_team(session, team, start=start, end=end, worked=doing.worked)
    before = replace(before, rules=replace(before.rules, weekly_hours_warning=before.rules.weekly_hours + 1))
    standing = list(_standing(session, team, at))
    kept = [override for override, change_id in standing if without is None or change_id != without]
    after = replace(before, shown=_shown(before, _rota(session, team, [*kept, *added]), at))
    yield from _cannot_be_paged(after, places)
    yield from rest_cut_short(session, team, added)
    known = check(before).findings
    if without is not None:  # rest that the team's own plan does not give is not taken by undoing
        own = _rota(session, team, [override for override, change_id in standing if change_id is None])
        plan = check(replace(before, shown=_shown(before, own, at))).findings
        known = (*known, *(finding for finding in plan if finding.kind in REST))
    yield from _news(known, after)


def _judge(found: Sequence[Finding], doing: Doing) -> None:
    doing.check_may_allow()
    for finding in found:
        if finding.kind is Kind.UNREACHABLE and not finding.detail.endswith(f"{NO_TEXTS}."):
            raise CannotBePaged(finding)
    if found and not doing.allows:
        raise WouldBreak(found)


def _standing(session: Session, team: Team, at: datetime) -> Iterator[tuple[Override, UUID | None]]:
    """The overrides that stand and are not past, in their order, each with the change that laid it."""
    found = (
        select(RotaOverride, Practitioner.slug)
        .join(Practitioner, Practitioner.id == RotaOverride.practitioner_id)
        .where(RotaOverride.team_id == team.id, RotaOverride.removed_at.is_(None), RotaOverride.to_at > at)
        .order_by(RotaOverride.position, RotaOverride.id)
    )
    for row, slug in session.execute(found):
        override = override_of(tier=row.tier, person=slug, start=row.from_at, end=row.to_at)
        if override is not None:
            yield override, row.change_id


def _rota(session: Session, team: Team, overrides: Sequence[Override]) -> Rota:
    newest = queries.newest(session, team_id=team.id)
    return Rota(ZoneInfo(team.time_zone), layers_in(newest.document) if newest else {}, tuple(overrides))


def _shown(question: Question, rota: Rota, at: datetime) -> Shown:
    """What was shown, with the rota as it would be from now on over it."""
    shown = {tier: tuple(shifts) for tier, shifts in question.shown.items()}
    ends = max((shifts[-1].end for shifts in shown.values() if shifts), default=at)
    if ends <= at:
        return shown
    for tier, planned in resolve.show(rota, at, ends).items():
        shown[tier] = tuple(_shift(span) for span in join(overlay(_spans(planned), _spans(shown.get(tier, ())))))
    return shown


def _spans(shifts: Sequence[Shift]) -> Spans:
    return [Span(shift.start, shift.end, (shift.person, shift.because)) for shift in shifts]


def _shift(span: Span[tuple[str | None, str | None]]) -> Shift:
    return Shift(span.start, span.end, *span.held)


def _cannot_be_paged(after: Question, places: Sequence[Stretch]) -> Iterator[Finding]:
    """Whoever would hold one of these places and cannot be paged, or not by text."""
    for place in places:
        for span in cut(_spans(after.shown.get(place.tier, ())), place.start, place.end):
            person = span.held[0]
            if person is not None and (why := after.unreachable.get(person)) is not None:
                yield Finding(Kind.UNREACHABLE, place.tier, person, span.start, span.end, f"{person} {why}.")


def _news(known: Sequence[Finding], after: Question) -> Iterator[Finding]:
    """What is found of the rota as it would be and is not known already, or not for so long."""
    for finding in check(after).findings:
        if finding.kind in COUNTED:
            same = [one for one in known if _about(one) == _about(finding)]
            told = join(sorted(Span(one.start, one.end, None) for one in same))
            if any(holes(cut(told, finding.start, finding.end), finding.start, finding.end)):
                yield finding


def _about(finding: Finding) -> tuple[Kind, str | None, str | None]:
    return finding.kind, finding.tier, finding.person

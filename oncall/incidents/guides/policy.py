"""Which step of a guide comes next, and what fits as an answer: pure.

One rule: nothing is ever barred. Any step may be answered at any time, and again; the guide only says what comes first.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from oncall.errors import Unusable
from oncall.incidents.guides.catalogue import INSTANT, YES_NO, Guide, Step

YES, NO = "yes", "no"


class DoesNotFit(Unusable):
    """That does not answer this step."""


def asked_now(guide: Guide, confirmed: Collection[str]) -> list[Step]:
    """The steps that are asked as things stand: once what a later phase waits for is so, the earlier ones are over."""
    reached = [phase for phase, flag in guide.only_once.items() if flag in confirmed]
    if reached:
        return [step for step in guide.steps if step.phase in reached]
    return [step for step in guide.steps if step.phase not in guide.only_once]


def next_step(guide: Guide, answers: Mapping[str, str], *, confirmed: Collection[str]) -> str | None:
    """The step that comes next; None when every one that is asked has been answered."""
    steps = asked_now(guide, confirmed)
    names = [step.step for step in steps]
    passed_over: set[str] = set()
    for place, step in enumerate(steps):
        target = step.goes_to.get(answers.get(step.step, ""))
        if target in names:
            passed_over.update(names[place + 1 : names.index(target)])
    in_order = [name for name in names if name not in passed_over] + [name for name in names if name in passed_over]
    return next((name for name in in_order if name not in answers), None)


def fitted(step: Step, answer: str, *, zone: ZoneInfo) -> str:
    """The answer as it is kept: an instant with its offset, yes or no in small letters. Raises DoesNotFit."""
    said = answer.strip()
    if step.kind == YES_NO:
        if said.lower() not in {YES, NO}:
            raise DoesNotFit(f"{step.step} is answered with yes or no.")
        return said.lower()
    if step.kind == INSTANT:
        try:
            at = datetime.fromisoformat(said)
            return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC).isoformat()
        except (ValueError, OverflowError):
            raise DoesNotFit(f"{step.step} is answered with a time: 2026-11-24T21:40.") from None
    return answer


def does(step: Step, answer: str) -> str | None:
    """The task that this answer marks as done."""
    return None if step.kind == YES_NO and answer != YES else step.does

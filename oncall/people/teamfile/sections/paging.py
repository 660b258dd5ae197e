"""The sections `escalation` and `voice`: whom to page in what order, and who is rung while a caller waits."""

from collections.abc import Mapping

from oncall.people.severity import Severity
from oncall.people.teamfile.form import readers
from oncall.people.teamfile.form.field import Field
from oncall.people.teamfile.sections.names import Known
from oncall.people.teamfile.sections.rota import A_TIER
from oncall.people.teamfile.values import WAYS, SeverityRule, Step, Voice

MOST_PRESSING_FIRST = tuple(reversed(Severity))


def read_escalation(section: Field, known: Known) -> Mapping[str, SeverityRule]:
    """The rule for each severity, the most pressing first."""
    keys = section.keys(" ".join(MOST_PRESSING_FIRST))
    return {severity.value: _rule(keys[severity.value], known) for severity in MOST_PRESSING_FIRST}


def _rule(field: Field, known: Known) -> SeverityRule:
    keys = field.keys("contact_within steps")
    return SeverityRule(
        contact_within=readers.duration(keys["contact_within"]),
        steps=readers.items(keys["steps"], lambda item: _step(item, known)),
    )


def _step(field: Field, known: Known) -> Step:
    keys = field.keys("page by wait")
    return Step(
        page=_page(keys["page"], known),
        by=readers.items(keys["by"], lambda item: readers.one_of(item, WAYS), once=True),
        wait=readers.duration(keys["wait"]),
    )


def _page(field: Field, known: Known) -> tuple[str, ...]:
    """One tier by itself, or a list of tiers paged together."""
    if isinstance(field.value, list):
        return _tiers(field, known)
    return (readers.names(field, known.tiers, A_TIER),)


def _tiers(field: Field, known: Known) -> tuple[str, ...]:
    return readers.items(field, lambda item: readers.names(item, known.tiers, A_TIER), once=True)


def read_voice(section: Field, known: Known) -> Voice:
    """The groups that are rung one after another, each a list of tiers rung together."""
    keys = section.keys("ring ring_for promise_after")
    return Voice(
        ring=readers.items(keys["ring"], lambda group: _tiers(group, known)),
        ring_for=readers.duration(keys["ring_for"]),
        promise_after=readers.duration(keys["promise_after"]),
    )

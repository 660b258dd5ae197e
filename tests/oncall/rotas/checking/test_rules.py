"""A team's file may set the rules there are, and no others."""

from oncall.people.teamfile.values import RULES
from rota.checks.rules import ROWS


def test_a_file_may_set_every_rule_and_no_other() -> None:
    assert {row.key: row.most for row in ROWS} == RULES

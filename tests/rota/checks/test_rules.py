"""Every rule is a row that says what it asks, where that is from and what for; a team's own value is what counts."""

from dataclasses import fields
from pathlib import Path

from rota.checks.findings import Kind
from rota.checks.rules import ROWS, Rules


def test_each_value_has_its_row_and_starts_from_it() -> None:
    values = {field.name: field.default for field in fields(Rules) if field.name != "standby_is_work"}
    assert {row.key: row.value for row in ROWS} == values
    assert len({row.key for row in ROWS}) == len(ROWS)
    assert Rules(daily_rest_hours=12).value(ROWS[0]) == 12


def test_each_row_explains_itself() -> None:
    for row in ROWS:
        assert 1 <= row.value <= row.most
        assert row.explanation.endswith(".")
        assert len(row.explanation) > 40
        assert row.source
        assert row.kind in Kind


def test_each_row_stands_in_the_page_on_a_teams_file() -> None:
    page = (Path(__file__).parents[3] / "docs" / "team-file.md").read_text(encoding="utf-8")
    for row in ROWS:
        assert f"| `{row.key}` | {row.value} {row.unit} | {row.explanation} | {row.source} |\n" in page

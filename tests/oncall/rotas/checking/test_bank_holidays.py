"""The bank holidays that the load of a rota counts."""

from datetime import date

import pytest

from oncall.rotas.checking.bank_holidays import bank_holidays


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, {"01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-26", "12-28"}),
        (2027, {"01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-25", "12-26", "12-27", "12-28"}),
        (2022, {"01-01", "01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-25", "12-26",
                "12-27"}),
    ],
)  # fmt: skip
def test_the_days_of_a_year(year: int, days: set[str]) -> None:
    found = bank_holidays(date(year, 1, 1), date(year, 12, 31))
    assert {f"{day:%m-%d}" for day in found} == days


def test_both_ends_are_included_and_nothing_beyond() -> None:
    assert bank_holidays(date(2026, 12, 25), date(2027, 1, 1)) == {
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2026, 12, 28),
        date(2027, 1, 1),
    }
    assert bank_holidays(date(2026, 11, 1), date(2026, 11, 30)) == frozenset()

"""The bank holidays of England and Wales, as dates.

One rule: a day that falls on a weekend and is kept on a later one counts on both, since both are asked of whoever holds
them. The dates are the `holidays` package's; one proclaimed at short notice comes with its next release.
"""

from datetime import date

from holidays import country_holidays

COUNTRIES = ("ENG", "WLS")


def bank_holidays(first: date, last: date) -> frozenset[date]:
    """Those from `first` to `last`, both included."""
    years = range(first.year, last.year + 1)
    return frozenset(
        day
        for country in COUNTRIES
        for day in country_holidays("GB", subdiv=country, years=years)
        if first <= day <= last
    )

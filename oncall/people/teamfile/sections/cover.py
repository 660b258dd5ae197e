"""The `cover` of a layer: when it applies, in one of three forms."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import time

from oncall.people.teamfile.form import readers
from oncall.people.teamfile.form.field import Field, Missing
from oncall.people.teamfile.values import DAYS, CoverEntry, DailyCoverEntry, HoursCoverEntry, WeeklyCoverEntry

MOST_HOURS = 100_000
_WEEKLY = re.compile(rf"({'|'.join(DAYS)}) (.*)", re.DOTALL)


def read_cover(field: Field) -> CoverEntry:
    """One window."""
    keys = field.keys("from", "days to hours")
    _refuse_all_but_one_end(keys)
    if keys["hours"].is_there:
        return HoursCoverEntry(
            start=readers.time_of_day(keys["from"]),
            hours=readers.whole(keys["hours"], most=MOST_HOURS),
            days=_days(keys["days"]),
        )
    if _is_weekly(keys["from"]) or _is_weekly(keys["to"]):
        return _weekly(keys)
    return DailyCoverEntry(
        start=readers.time_of_day(keys["from"]), end=readers.time_of_day(keys["to"]), days=_days(keys["days"])
    )


def _refuse_all_but_one_end(keys: Mapping[str, Field]) -> None:
    if keys["to"].is_there and keys["hours"].is_there:
        keys["hours"].refuse("write exactly one of to and hours", "stands beside to")
    elif keys["from"].value is not Missing.UNSAID and not keys["to"].is_there and not keys["hours"].is_there:
        replace(keys["to"], value=Missing.NEEDED).refuse("write exactly one of to and hours")


def _is_weekly(field: Field) -> bool:
    return isinstance(field.value, str) and _WEEKLY.fullmatch(field.value) is not None


def _weekly(keys: Mapping[str, Field]) -> WeeklyCoverEntry:
    if keys["days"].is_there:
        keys["days"].refuse("leave it out: from names the day", "does not go with a weekly window")
    start_day, start = _day_and_time(keys["from"])
    end_day, end = _day_and_time(keys["to"])
    return WeeklyCoverEntry(start_day, start, end_day, end)


def _day_and_time(field: Field) -> tuple[str, time]:
    match = _WEEKLY.fullmatch(field.value) if isinstance(field.value, str) else None
    if match is None:
        field.refuse('write a day and a time in quotes, like "fri 17:00"', "has no day, though its window is weekly")
        return DAYS[0], time(0)
    return match[1], readers.time_of_day(replace(field, value=match[2]))


def _days(field: Field) -> tuple[str, ...] | None:
    return readers.optional(
        field, lambda field: readers.items(field, lambda item: readers.one_of(item, DAYS), once=True)
    )

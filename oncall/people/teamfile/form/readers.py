"""How each kind of value is read from a field.

One rule: a reader never raises. What it cannot use it notes, with what would be right, and gives back an empty value
that nobody gets to see, since the file is refused as a whole.
"""

import re
from collections.abc import Callable, Collection, Hashable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from oncall.people.teamfile.form.document import Ambiguous
from oncall.people.teamfile.form.field import Field
from oncall.people.teamfile.values import Duration, Moment
from oncall.telephony.numbers import is_number

T = TypeVar("T", bound=Hashable)
V = TypeVar("V")
LONGEST = timedelta(days=31)
MOST_ITEMS = 10_000
EARLIEST, LATEST = 1900, 2900
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_DURATION = re.compile(r"([1-9][0-9]{0,6})([smh])")
_HOUR_AND_MINUTE = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_MOMENT = re.compile(
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}([T ]{_HOUR_AND_MINUTE}(:[0-5][0-9])?(Z|[-+]{_HOUR_AND_MINUTE})?)?"
)
_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1)}


def text(field: Field, what: str = "text", *, lines: bool = False) -> str:
    """Text that is not blank and has no control characters; `lines`: it may have several lines."""
    right = f"write {what}" + (", in quotes" if isinstance(field.value, int | date | Ambiguous) else "")
    if not isinstance(field.value, str):
        field.refuse(right)
    elif not field.value.strip():
        field.refuse(right, "is blank")
    elif (_CONTROL_BUT_LINES if lines else _CONTROL).search(field.value):
        field.refuse("leave them out", "has control characters")
    else:
        return field.value
    return ""


def slug(field: Field) -> str:
    """A short name for use in the file and in addresses."""
    value = text(field, "a short name like yp-07")
    if value and not _SLUG.fullmatch(value):
        field.refuse("use up to 64 letters a to z, figures, - and _", "is no short name")
    return value


def one_of(field: Field, choices: Collection[str], what: str | None = None) -> str:
    """One of a few words; `what` says what they are, where they are too many to name."""
    right = f"write {what}" if what else f"write one of {', '.join(choices)}"
    if isinstance(field.value, str) and field.value not in choices:
        field.refuse(right, f"is {_quoted(field.value)}")
    elif not isinstance(field.value, str):
        field.refuse(right)
    return field.value if isinstance(field.value, str) else ""


def names(field: Field, known: Collection[str] | None, whom: str) -> str:
    """The name of something elsewhere in the file; `known` None: that part cannot be read, so nothing is said here."""
    value = text(field, f"the name of {whom}")
    if value and known is not None and value not in known:
        field.refuse(f"write the name of {whom}", f"is {_quoted(value)}, which names nothing in this file")
    return value


def number(field: Field) -> str:
    """A telephone number in E.164."""
    right = 'write it with + and the country\'s number, in quotes: "+447700900001"'
    if isinstance(field.value, str) and not is_number(field.value):
        field.refuse(right, "is no telephone number in E.164")
    elif not isinstance(field.value, str):
        field.refuse(right)
    return field.value if isinstance(field.value, str) else ""


def whole(field: Field, *, most: int) -> int:
    """A whole number from 1 on."""
    if type(field.value) is not int:
        field.refuse("write a whole number from 1 on")
        return 1
    if not 1 <= field.value <= most:
        field.refuse(f"write a whole number from 1 to {most}", f"is {field.value}")
    return field.value


def time_of_day(field: Field) -> time:
    """A time of day, written `"17:00"`."""
    right = 'write a time from "00:00" to "23:59", in quotes'
    if not isinstance(field.value, str):
        field.refuse(right)
    elif not re.fullmatch(_HOUR_AND_MINUTE, field.value):
        field.refuse(right, f"is {_quoted(field.value)}, which is no time of day")
    else:
        return time.fromisoformat(field.value)
    return time(0)


def day(field: Field) -> date:
    """A date, written 2026-01-05."""
    right = "write a date like 2026-01-05"
    value = field.value
    if isinstance(value, str):
        value = _parsed(value) if len(value) == len("2026-01-05") else None
        if value is None:
            field.refuse(right, "is no date that exists")
    if not isinstance(value, date):
        if not isinstance(field.value, str):
            field.refuse(right)
        return date(2000, 1, 1)
    if not EARLIEST <= value.year < LATEST:
        field.refuse(f"write a date between {EARLIEST} and {LATEST}", "is out of reach")
    return value


def duration(field: Field) -> Duration:
    """A length of time, at least a second."""
    right = "write a duration like 30s, 3m or 2h"
    if not isinstance(field.value, str):
        field.refuse(right)
    elif not (match := _DURATION.fullmatch(field.value)):
        field.refuse(right, f"is {_quoted(field.value)}, which is no duration")
    elif (lasts_for := int(match[1]) * _UNITS[match[2]]) > LONGEST:
        field.refuse(f"write one of at most {LONGEST.days * 24}h", f"is {field.value}, which is too long")
    else:
        return Duration(field.value, lasts_for)
    return Duration("1s", timedelta(seconds=1))


def moment(field: Field) -> Moment:
    """An instant: a date, or a date and a time, with or without offset."""
    right = 'write it like "2026-12-24T17:00"'
    written = field.value.isoformat() if isinstance(field.value, date) else field.value
    if not isinstance(written, str):
        field.refuse(right)
    elif not _MOMENT.fullmatch(written) or (value := _parsed_moment(written)) is None:
        field.refuse(right, f"is {_quoted(written)}, which is no date or time that exists")
    elif not 2000 <= value.year < LATEST:
        field.refuse(f"write one between 2000 and {LATEST}", "is out of reach")
    else:
        return Moment(written, value)
    return Moment("", datetime.max)  # noqa: DTZ901 - nobody sees it


def items(field: Field, read: Callable[[Field], T], *, least: int = 1, once: bool = False) -> tuple[T, ...]:
    """A list, each item read by `read`; `once`: none may stand in it twice."""
    if not isinstance(field.value, list):
        field.refuse("write a list")
        return ()
    if len(field.value) > MOST_ITEMS:
        field.refuse(f"write at most {MOST_ITEMS}", f"is a list of {len(field.value)}")
        return ()
    if len(field.value) < least:
        field.refuse("name at least one", "is an empty list")
    found: list[T] = []
    seen: set[T] = set()
    for index, value in enumerate(field.value):
        item = replace(field, value=value, path=f"{field.path}[{index}]")
        found.append(read(item))
        if once and found[-1] in seen:
            item.refuse("name it once", "stands here twice")
        seen.add(found[-1])
    return tuple(found)


def optional(field: Field, read: Callable[[Field], V]) -> V | None:
    """What `read` makes of the field; None where it was left out."""
    return read(field) if field.is_there else None


def _parsed(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _parsed_moment(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _quoted(value: str) -> str:
    return repr(value if len(value) <= 60 else value[:60] + "…")

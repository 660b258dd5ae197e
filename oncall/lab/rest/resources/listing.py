"""Lists of a resource: filters by instant, pages, and the fresh rows a lagging list does not show yet."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from oncall.lab.exchange.refusals import Refused
from oncall.lab.rest.request import Answer, Request, as_json

Row = Mapping[str, Any]


def is_within(request: Request, name: str, *, at: datetime) -> bool:
    """Whether an instant fits `name` (its day), `name<` and `name>` (days, or instants to the second, inclusive)."""
    whole = at.replace(microsecond=0)
    checks: list[tuple[str, Callable[[datetime, datetime], bool]]] = [
        (name, lambda start, _: start.date() == whole.date()),
        (f"{name}<", lambda start, end: whole < end),
        (f"{name}>", lambda start, end: whole >= start),
    ]
    return all(check(*_bounds(request.asked(key))) for key, check in checks if request.asked(key))


def _bounds(raw: str) -> tuple[datetime, datetime]:
    """The first instant a filter value covers, and the first after it."""
    try:
        start = datetime.fromisoformat(raw)
    except ValueError as error:
        raise Refused(20001, "Invalid date") from error
    start = start.astimezone(UTC) if start.tzinfo else start.replace(tzinfo=UTC)
    return start, start + (timedelta(days=1) if len(raw) == len("2026-01-01") else timedelta(seconds=1))


def page(request: Request, name: str, rows: Sequence[Row], *, path: str) -> Answer:
    """One page of rows under `name`, with the addresses of its neighbours."""
    size = _asked_number(request, "PageSize", 50, most=1000)
    number = _asked_number(request, "Page", 0, most=10**6)
    shown = rows[number * size : (number + 1) * size]
    kept = [(key, value) for key, value in request.query if key not in {"Page", "PageSize", "PageToken"}]

    def address(place: int) -> str:
        return f"{path}?{urlencode([*kept, ('PageSize', size), ('Page', place)])}"

    content = {
        name: list(shown),
        "page": number,
        "page_size": size,
        "start": number * size,
        "end": number * size + max(len(shown) - 1, 0),
        "uri": address(number),
        "first_page_uri": address(0),
        "next_page_uri": address(number + 1) if (number + 1) * size < len(rows) else None,
        "previous_page_uri": address(number - 1) if number else None,
    }
    return as_json(200, content)


def _asked_number(request: Request, name: str, default: int, *, most: int) -> int:
    raw = request.asked(name)
    if raw and not raw.isdigit():
        raise Refused(20001, f"Invalid {name}")
    return min(int(raw), most) if raw else default

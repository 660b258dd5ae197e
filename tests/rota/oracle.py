"""A second reckoning of a rota, minute by minute, by looking at a clock on the wall: what the properties are held to.

One rule: it shares no code and no idea with `rota`: it lists what the clock shows each minute and ticks the minutes
off. It answers for rotas whose every time is a whole minute.
"""

from bisect import bisect_left
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from rota.patterns import CoverWindow, DailyCover, HoursCover, Layer, Rota, Unit, WeeklyCover

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
BEFORE = timedelta(days=10)  # longer than any window the strategies make, and the longest clock change
AFTER = timedelta(days=2)

Answer = tuple[str, str] | None


class Wall:
    """What the clock shows in each minute of a stretch."""

    def __init__(self, zone: ZoneInfo, start: datetime, end: datetime) -> None:
        self.start = start
        count = (end - start) // MINUTE
        shown = [(start + n * MINUTE).astimezone(zone).replace(tzinfo=None) for n in range(count)]
        self.first, self.last = min(shown), max(shown)
        self._reached = list(accumulate(shown, max))
        self._last_minute = {wall: minute for minute, wall in enumerate(shown)}

    def begins(self, wall: datetime) -> int:
        """The first minute that shows it or anything later."""
        return bisect_left(self._reached, wall)

    def ends(self, wall: datetime) -> int:
        """The last minute that shows it, else the first that shows anything later."""
        return self._last_minute.get(wall, bisect_left(self._reached, wall))


def answers(rota: Rota, tier: str, start: datetime, end: datetime) -> list[Answer]:
    """Who holds a tier, and why, in each minute of `[start, end)`."""
    wall = Wall(rota.zone, start - BEFORE, end + AFTER)
    offset, count = BEFORE // MINUTE, (end - start) // MINUTE
    board: list[Answer] = [None] * (offset + count)
    for layer in rota.tiers[tier]:
        person_in = _turns(layer, rota.zone, wall)
        for minute in _covered(layer, wall, len(board)):
            person = person_in(minute)
            if person is not None:
                board[minute] = (person, f"layer {layer.name}")
    for override in rota.overrides:
        if override.tier == tier:
            first = max((override.start - wall.start) // MINUTE, 0)
            for minute in range(first, min((override.end - wall.start) // MINUTE, len(board))):
                board[minute] = (override.person, "override")
    return board[offset : offset + count]


def _covered(layer: Layer, wall: Wall, count: int) -> set[int]:
    if not layer.cover:
        return set(range(count))
    minutes: set[int] = set()
    for window in layer.cover:
        day = wall.first.date()
        while day <= wall.last.date():
            minutes.update(_window_on(day, window, wall))
            day += DAY
    return {minute for minute in minutes if minute < count}


def _window_on(day: date, window: CoverWindow, wall: Wall) -> range:
    match window:
        case HoursCover(start=start, hours=hours, days=days):
            first = wall.begins(datetime.combine(day, start))
            return range(first, first + 60 * hours) if day.weekday() in days else range(0)
        case DailyCover(start=start, end=end, days=days):
            last_day = day if end > start else day + DAY
        case WeeklyCover(start_day=start_day, start=start, end_day=end_day, end=end):
            days = frozenset({start_day})
            last_day = day + DAY * ((end_day - start_day) % 7)
            if (last_day, end) <= (day, start):
                last_day += 7 * DAY
    if day.weekday() not in days:
        return range(0)
    return range(wall.begins(datetime.combine(day, start)), wall.ends(datetime.combine(last_day, end)))


def _turns(layer: Layer, zone: ZoneInfo, wall: Wall) -> Callable[[int], str | None]:
    """By minute: who has the turn; found by counting the handovers made."""
    turn = layer.turn
    if turn.unit is Unit.HOUR:
        first = _first_showing(datetime.combine(turn.starts, turn.at), zone)
        return lambda minute: _by_hours(layer, (wall.start + minute * MINUTE - first) // MINUTE)
    days = turn.every * (7 if turn.unit is Unit.WEEK else 1)
    made_before, made_in = 0, []
    handover = datetime.combine(turn.starts, turn.at)
    while handover <= wall.last:
        if handover <= wall.first:
            made_before += 1
        else:
            made_in.append(wall.begins(handover))
        handover += days * DAY

    def person(minute: int) -> str | None:
        made = made_before + sum(1 for at in made_in if at <= minute)
        return layer.people[(made - 1) % len(layer.people)] if made else None

    return person


def _by_hours(layer: Layer, minutes: int) -> str | None:
    number = minutes // (60 * layer.turn.every)
    return None if minutes < 0 else layer.people[number % len(layer.people)]


def _first_showing(wall: datetime, zone: ZoneInfo) -> datetime:
    at = datetime.combine(wall.date(), time(0), tzinfo=UTC) - 2 * DAY
    while at.astimezone(zone).replace(tzinfo=None) < wall:
        at += MINUTE
    return at

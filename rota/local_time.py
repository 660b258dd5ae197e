"""Wall clock to instant and back: the whole of what a clock change does to a rota.

One rule: whatever begins on the wall clock begins at the first instant the clock shows that time, or has just skipped
it; whatever ends there ends at the last. So what meets on the wall clock never leaves a gap. Instants are aware and in
UTC, wall-clock times naive. What a wall-clock time is for is left to those who ask.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2900, 1, 1, tzinfo=UTC)

_REMEMBERED = 8192  # a check of a year asks for some two thousand, most of them several times
_BEGINNING_OF_TIME = datetime.min.replace(tzinfo=UTC)
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@lru_cache(maxsize=_REMEMBERED)
def begins_at(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which a clock in `zone` shows `wall`, or the first after the gap that skips it."""
    first = _utc(wall, zone, fold=0)
    return first if _shows(first, wall, zone) else _end_of_gap(wall, zone, latest=first)


@lru_cache(maxsize=_REMEMBERED)
def ends_at(wall: datetime, zone: ZoneInfo) -> datetime:
    """The last instant at which a clock in `zone` shows `wall`, or the first after the gap that skips it."""
    last = _utc(wall, zone, fold=1)
    return last if _shows(last, wall, zone) else begins_at(wall, zone)


def wall_clock(at: datetime, zone: ZoneInfo) -> datetime:
    """What a clock in `zone` shows at an instant: naive."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def instant(at: datetime) -> datetime:
    """The same instant in UTC. ValueError for a naive one, and for one no rota can be asked about."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its offset")
    if not EARLIEST <= at < LATEST:
        raise ValueError(f"an instant lies between the years {EARLIEST.year} and {LATEST.year}")
    return at.astimezone(UTC)


def _utc(wall: datetime, zone: ZoneInfo, *, fold: int) -> datetime:
    """`wall` read with the offset of before (fold 0) or after (fold 1) a clock change; clamped to what can be told."""
    try:
        return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    except OverflowError:
        return _BEGINNING_OF_TIME if wall.year == 1 else _END_OF_TIME


def _shows(at: datetime, wall: datetime, zone: ZoneInfo) -> bool:
    return at in {_BEGINNING_OF_TIME, _END_OF_TIME} or wall_clock(at, zone) == wall


def _end_of_gap(wall: datetime, zone: ZoneInfo, *, latest: datetime) -> datetime:
    """The clock change that skips `wall`: on a whole second, and after what the later offset makes of it."""
    second = timedelta(seconds=1)
    before = _utc(wall, zone, fold=1)
    before -= before.microsecond * timedelta(microseconds=1)
    low, high = 0, (latest - before) // second + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if wall_clock(before + middle * second, zone) < wall else (low, middle)
    return before + high * second

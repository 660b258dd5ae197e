"""Half-open spans of time, each with what it holds: cut, overlay, join.

One rule: a list of spans is sorted and no two overlap, unless a function says that it puts that right. Who stands in a
span, and why, is nothing to this module.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_start = attrgetter("start")
_end = attrgetter("end")


class Span(NamedTuple, Generic[T]):
    """From `start` up to, not including, `end`."""

    start: datetime
    end: datetime
    held: T


def cut(spans: Sequence[Span[T]], start: datetime, end: datetime) -> list[Span[T]]:
    """The parts of the spans that lie in `[start, end)`."""
    first = bisect_right(spans, start, key=_end)
    last = bisect_left(spans, end, key=_start)
    found = list(spans[first:last])
    if found and found[0].start < start:
        found[0] = Span(start, found[0].end, found[0].held)
    if found and end < found[-1].end:
        found[-1] = Span(found[-1].start, end, found[-1].held)
    return found


def holes(spans: Iterable[Span[T]], start: datetime, end: datetime) -> Iterator[Span[None]]:
    """What spans that lie in `[start, end)` leave open of it."""
    for span in spans:
        if start < span.start:
            yield Span(start, span.start, None)
        start = span.end
    if start < end:
        yield Span(start, end, None)


def overlay(top: Sequence[Span[T]], under: Iterable[Span[T]]) -> list[Span[T]]:
    """Both together; where they overlap, the top one stays."""
    if not top:
        return sorted(under, key=_start)
    seen = [
        Span(hole.start, hole.end, span.held)
        for span in under
        for hole in holes(cut(top, span.start, span.end), span.start, span.end)
    ]
    return sorted([*top, *seen], key=_start)


def overlay_all(spans: Sequence[Span[T]]) -> list[Span[T]]:
    """Spans that may overlap, each lying over those before it."""
    if len(spans) <= 1:
        return list(spans)
    middle = len(spans) // 2
    return overlay(overlay_all(spans[middle:]), overlay_all(spans[:middle]))


def join(spans: Iterable[Span[T]]) -> list[Span[T]]:
    """Neighbours that meet and hold the same become one; so do such as overlap, sorted by their start."""
    joined: list[Span[T]] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last is not None and last.held == span.held and span.start <= last.end:
            joined[-1] = Span(last.start, max(last.end, span.end), last.held)
        else:
            joined.append(span)
    return joined

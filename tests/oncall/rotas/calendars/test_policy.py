"""What is told anew in a calendar: nothing while nothing changes, and every change with a higher sequence."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall.rotas.calendars.policy import (
    AHEAD_FOR,
    BACK_FOR,
    CANCELLED_FOR,
    Held,
    Told,
    Window,
    held,
    told_anew,
    window,
)
from rota import resolve
from rota.patterns import Rota
from tests.rota import strategies

NOW = datetime(2026, 10, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
COVERS = window(NOW)
SAM, ELI, MAIR = (UUID(int=number) for number in (1, 2, 3))
IDS = {"sam": SAM, "eli": ELI, "mair": MAIR}

Known = dict[tuple[str, datetime], Told]


def shift(start: int, end: int, who: UUID = SAM, tier: str = "duty") -> Held:
    """A shift, in hours from now."""
    return Held(tier, NOW + start * HOUR, NOW + end * HOUR, who)


def told(known: Known, *shifts: Held, at: datetime = NOW) -> Known:
    """What is known once these shifts have been told."""
    anew = told_anew([*known.values()], shifts, covers=window(at), at=at)
    return {**known, **{one.shift.key: one for one in anew}}


def state(known: Known) -> list[tuple[int, int, UUID, int, bool]]:
    ordered = sorted(known.values(), key=lambda one: one.shift.start)
    return [
        (
            (one.shift.start - NOW) // HOUR,
            (one.shift.end - NOW) // HOUR,
            one.shift.holder_id,
            one.sequence,
            one.cancelled_at is not None,
        )
        for one in ordered
    ]


def test_what_has_not_changed_is_not_told_anew() -> None:
    known = told({}, shift(0, 8), shift(8, 16, ELI))
    assert state(known) == [(0, 8, SAM, 0, False), (8, 16, ELI, 0, False)]
    assert told_anew([*known.values()], [shift(0, 8), shift(8, 16, ELI)], covers=COVERS, at=NOW + HOUR) == []


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ([shift(0, 9)], [(0, 9, SAM, 1, False)]),
        ([shift(0, 8, ELI)], [(0, 8, ELI, 1, False)]),
        ([shift(1, 8)], [(0, 8, SAM, 1, True), (1, 8, SAM, 0, False)]),
        (
            [shift(0, 3), shift(3, 5, ELI), shift(5, 8)],
            [(0, 3, SAM, 1, False), (3, 5, ELI, 0, False), (5, 8, SAM, 0, False)],
        ),
        ([], [(0, 8, SAM, 1, True)]),
    ],
)  # fmt: skip
def test_a_change_keeps_the_event_and_raises_its_sequence(
    then: list[Held], expected: list[tuple[int, int, UUID, int, bool]]
) -> None:
    assert state(told(told({}, shift(0, 8)), *then, at=NOW + HOUR)) == expected


def test_what_comes_back_is_the_same_event_told_higher_still() -> None:
    known = told({}, shift(0, 8))
    known = told(known)
    assert state(known) == [(0, 8, SAM, 1, True)]
    assert state(told(known)) == [(0, 8, SAM, 1, True)]
    known = told(known, shift(0, 8))
    assert state(known) == [(0, 8, SAM, 2, False)]


def test_a_cancelled_event_is_shown_for_a_while() -> None:
    (one,) = told(told({}, shift(100, 108))).values()
    assert one.is_shown(NOW)
    assert one.is_shown(NOW + CANCELLED_FOR - HOUR)
    assert not one.is_shown(NOW + CANCELLED_FOR)
    assert Told(shift(0, 8), 0, NOW).is_shown(NOW + 10 * CANCELLED_FOR)


def test_what_lies_outside_the_window_is_neither_told_nor_cancelled() -> None:
    before, after = int((COVERS.start - NOW) / HOUR), int((COVERS.end - NOW) / HOUR)
    known = told({}, shift(before - 8, before), shift(before - 4, before + 1), shift(after, after + 1))
    assert [row[:2] for row in state(known)] == [(before - 4, before + 1)]
    moved = told_anew([*known.values()], [], covers=window(NOW + 7 * DAY), at=NOW + 7 * DAY)
    assert moved == []


def test_two_tiers_that_begin_together_are_two_events() -> None:
    known = told({}, shift(0, 8), shift(0, 8, ELI, "backup"))
    assert len(known) == 2


def test_a_shift_without_an_end_keeps_its_identity_while_the_window_moves_on() -> None:
    known: Known = {}
    for week in range(60):
        at = NOW + 7 * week * DAY
        covers = window(at)
        endless = Held("manager", covers.asked_from, covers.asked_to, MAIR)
        known = told(known, endless, at=at)
    (one,) = known.values()
    assert one.shift.start == window(NOW).asked_from
    assert one.sequence == 59
    other = told(known, Held("manager", covers.asked_from, covers.asked_to, SAM), at=at)
    assert [(one.shift.holder_id, one.cancelled_at is None) for one in other.values()] == [(MAIR, False), (SAM, True)]


@given(st.integers(0, 10 * 366 * 24 * 60))
def test_the_window_reaches_far_enough_and_moves_on_once_a_week(minutes: int) -> None:
    at = NOW + timedelta(minutes=minutes)
    covers = window(at)
    assert covers.start <= at - BACK_FOR
    assert at + AHEAD_FOR < covers.end
    assert covers.start.weekday() == covers.end.weekday() == 0
    assert window(covers.start + BACK_FOR) == covers


def test_a_shift_of_less_than_a_second_is_none() -> None:
    tick = timedelta(microseconds=1)
    assert held("duty", NOW, NOW + tick, SAM) is None
    assert held("duty", NOW + tick, NOW + HOUR - tick, SAM) == Held("duty", NOW, NOW + HOUR - timedelta(seconds=1), SAM)


def _shifts(rota: Rota, covers: Window) -> list[Held]:
    shown = resolve.show(rota, covers.asked_from, covers.asked_to)
    found = (
        held(tier, one.start, one.end, IDS[one.person])
        for tier, shifts in shown.items()
        for one in shifts
        if one.person is not None
    )
    return [one for one in found if one]


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_after_any_changes_of_any_rota_the_calendar_is_the_rota_and_sequences_only_grow(data: st.DataObject) -> None:
    zone = data.draw(strategies.zones)
    at = data.draw(strategies.instants(zone=zone))
    known: Known = {}
    for _ in range(3):
        rota = data.draw(strategies.rotas(zone=zone))
        covers = Window(at - 10 * DAY, at + 20 * DAY)
        shifts = _shifts(rota, covers)
        anew = told_anew([*known.values()], shifts, covers=covers, at=at)
        for one in anew:
            before = known.get(one.shift.key)
            assert before is None or one.sequence == before.sequence + 1
            assert one.changed_at == at
        known.update({one.shift.key: one for one in anew})
        live = {one.shift for one in known.values() if one.cancelled_at is None and covers.touches(one.shift)}
        assert {_cut(one, covers) for one in live} == {_cut(one, covers) for one in shifts if covers.touches(one)}
        assert told_anew([*known.values()], shifts, covers=covers, at=at) == []
        at += data.draw(st.sampled_from([timedelta(0), HOUR, DAY]))


def _cut(one: Held, covers: Window) -> Held:
    return one._replace(start=max(one.start, covers.start), end=min(one.end, covers.end))

"""Rotas, zones and instants for the properties."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from rota.patterns import CoverWindow, DailyCover, HoursCover, Layer, Override, Rota, Turn, Unit, WeeklyCover

MINUTE = timedelta(minutes=1)

# Whole hours, half hours, quarters, whole days; north and south, at midnight and at odd hours, and no change at all.
ZONES = [
    "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/New_York", "America/Nuuk", "America/St_Johns",
    "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza", "Asia/Kathmandu", "Asia/Tehran", "Australia/Lord_Howe",
    "Europe/Dublin", "Europe/London", "Pacific/Apia", "Pacific/Chatham", "UTC",
]  # fmt: skip

# A clock change in each, to start a stretch near.
CHANGES = {
    "Africa/Cairo": (2024, 4, 26), "Africa/Casablanca": (2026, 2, 15), "America/Havana": (2025, 11, 2),
    "America/New_York": (2026, 3, 8), "America/Nuuk": (2023, 3, 26), "America/St_Johns": (2010, 11, 7),
    "Antarctica/Troll": (2026, 3, 29), "Asia/Beirut": (2024, 10, 27), "Asia/Gaza": (2026, 3, 28),
    "Asia/Kathmandu": (1986, 1, 1), "Asia/Tehran": (2022, 9, 22), "Australia/Lord_Howe": (2026, 4, 5),
    "Europe/Dublin": (2026, 10, 25), "Europe/London": (2026, 10, 25), "Pacific/Apia": (2011, 12, 30),
    "Pacific/Chatham": (2026, 9, 27), "UTC": (2026, 3, 29),
}  # fmt: skip

zones = st.sampled_from(ZONES)
people = st.lists(st.sampled_from(["sam", "eli", "mair"]), min_size=1, max_size=4).map(tuple)
times = st.one_of(
    st.sampled_from([time(0), time(0, 30), time(1, 30), time(2, 0), time(2, 30), time(9), time(17), time(23, 30)]),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
)
weekdays = st.one_of(st.just(frozenset(range(7))), st.frozensets(st.integers(0, 6), min_size=1))
windows: st.SearchStrategy[CoverWindow] = st.one_of(
    st.builds(DailyCover, start=times, end=times, days=weekdays),
    st.builds(WeeklyCover, start_day=st.integers(0, 6), start=times, end_day=st.integers(0, 6), end=times),
    st.builds(HoursCover, start=times, hours=st.one_of(st.integers(1, 30), st.integers(150, 200)), days=weekdays),
)


@st.composite
def instants(draw: st.DrawFn, *, zone: str, within: int = 8) -> datetime:
    """A whole minute within so many days of a clock change in the zone."""
    near = datetime(*CHANGES[zone], tzinfo=UTC)
    return near + draw(st.integers(-within * 1440, within * 1440)) * MINUTE


@st.composite
def turns(draw: st.DrawFn, *, near: date) -> Turn:
    """A turn that began up to some months before a day, or begins soon after it."""
    unit = draw(st.sampled_from(Unit))
    every = draw(st.integers(1, 30) if unit is Unit.HOUR else st.integers(1, 3))
    return Turn(
        every, unit, draw(times), near + timedelta(days=draw(st.one_of(st.integers(-5, 5), st.integers(-90, 5))))
    )


@st.composite
def rotas(draw: st.DrawFn, *, zone: str) -> Rota:
    """A rota of one tier, `duty`, with anything the team's file can say."""
    near = date(*CHANGES[zone])
    layers = tuple(
        Layer(f"L{number}", draw(people), draw(turns(near=near)), tuple(draw(st.lists(windows, max_size=3))))
        for number in range(draw(st.integers(0, 3)))
    )
    overrides = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(instants(zone=zone, within=5))
        end = start + draw(st.integers(1, 3000)) * MINUTE
        overrides.append(Override("duty", draw(st.sampled_from(["sam", "eli", "mair"])), start, end))
    return Rota(ZoneInfo(zone), {"duty": layers}, tuple(overrides))

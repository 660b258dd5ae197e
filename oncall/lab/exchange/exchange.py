"""The telephone company as a whole: its records under one lock, its clock, and the running of what is due.

An event's own instant is `now` while it runs, so that a clock moved on by an hour still sees the hour in its order.
No webhook is delivered with the lock held.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from oncall.clock import Clock
from oncall.lab.conferences.room import Room
from oncall.lab.exchange.records import Message, Number, Phone
from oncall.lab.exchange.schedule import Event, Schedule
from oncall.lab.functions.hosted import Hosted
from oncall.lab.journal import Entry, Journal
from oncall.lab.recordings.recording import Recording
from oncall.lab.voice.leg import Leg
from oncall.lab.webhooks.courier import Courier
from oncall.lab.webhooks.delivery import Answer, Delivery
from oncall.lab.webhooks.mischief import Mischiefs

Submit = Callable[[Callable[[], None]], object]


@dataclass(frozen=True, slots=True)
class Settings:
    """How the company behaves: calls started a second, how long lists lag behind, whether media is redirected.

    The rest only a real account can settle, so that a test may run each reading:
    `acts_on_hanging_up`: a caller's hang-up still asks the action of their `<Dial>` or `<Record>`;
    `music_when_alone`: one left alone in a conference hears its music again;
    `others_ring_until_accepted`: of several rung, the others ring on while the first to answer is asked;
    `rings_on_after_declining`: numbers rung in turn go on to the next also after one who answered and declined;
    `unanswered_end_as`: the status of those let go unanswered (`canceled` or `no-answer`);
    `declined_counts_as`: the `DialCallStatus` of one who declined (`completed` or `no-answer`);
    `says_if_not_joined`: `DialBridged` is there also when it is false;
    `whisper_fails_into`: what a whisper that cannot be had leads to (`bridge`, `drop` or `fallback`).
    """

    calls_per_second: float = 1.0
    list_lag: timedelta = timedelta(0)
    redirects_media: bool = False
    recordings_ready_after: timedelta = timedelta(seconds=2)
    acts_on_hanging_up: bool = True
    music_when_alone: bool = False
    others_ring_until_accepted: bool = False
    rings_on_after_declining: bool = False
    unanswered_end_as: str = "canceled"
    declined_counts_as: str = "completed"
    says_if_not_joined: bool = True
    whisper_fails_into: Literal["bridge", "drop", "fallback"] = "bridge"


@dataclass(slots=True)
class Records:
    """Everything remembered, each by its SID or number."""

    numbers: dict[str, Number] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    legs: dict[str, Leg] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    hosted: dict[str, Hosted] = field(default_factory=dict)
    phones: dict[str, Phone] = field(default_factory=dict)
    opted_out: set[tuple[str, str]] = field(default_factory=set)


class Exchange:
    """State, time and events; what the events do is told in `texts`, `voice` and `twiml`."""

    def __init__(self, *, clock: Clock, account_sid: str, tokens: list[str], seed: int | None = None) -> None:
        self.clock = clock
        self.account_sid = account_sid
        self.tokens = tokens
        self.settings = Settings()
        self.base_url = "https://api.twilio.com"
        self.lock = threading.RLock()
        self.closing = threading.Event()
        self.records = Records()
        self.schedule = Schedule()
        self.journal = Journal()
        self.mischiefs = Mischiefs()
        self.last_call_started_at: datetime | None = None
        self._random = Random(seed)  # noqa: S311 (order and names in tests, no secret)
        self._courier = Courier(token=lambda: self.tokens[0], journal=self.journal, random=self._random)
        self._running = threading.RLock()

    def close(self) -> None:
        """Ends every answer that is being held back, and the connections to the service."""
        self.closing.set()
        self._courier.close()

    def new_sid(self, prefix: str) -> str:
        return f"{prefix}{self._random.getrandbits(128):032x}"

    def number_of_account(self, number: str) -> Number | None:
        return next((n for n in self.records.numbers.values() if n.number == number), None)

    def phone(self, number: str) -> Phone:
        """The phone with this number; every number has one."""
        with self.lock:
            return self.records.phones.setdefault(number, Phone(number))

    def warn(self, code: int, *, about: str, at: datetime) -> None:
        """What the telephone company would put in its debugger."""
        self.journal.write(Entry(at=at, kind="warning", direction="inside", about=about, response={"code": code}))

    def note(self, what: str, *, about: str, at: datetime) -> None:
        """What happened on a handset, without its words."""
        self.journal.write(Entry(at=at, kind="handset", direction="inside", about=about, request={"what": what}))

    def send(self, delivery: Delivery, *, at: datetime) -> None:
        """Schedules a webhook, with whatever mischief is planned for it."""
        named = replace(delivery, idempotency_token=f"{self._random.getrandbits(128):032x}")
        for delay, shaped in self.mischiefs.shape(named):
            self.schedule.add(at + delay, shaped, about=delivery.about)

    def run_due(self, *, submit: Submit | None = None) -> int:
        """Runs everything due by now in order and gives how much ran; deliveries go to `submit` if one is given."""
        ran = 0
        with self._running:
            while (event := self.schedule.take_due(self.clock.now())) is not None:
                self._run(event, submit)
                ran += 1
        return ran

    def hurry(self, about: str) -> None:
        """Runs the next change about a SID at once, and the webhook that comes of it, wherever the clock stands."""
        for is_delivery in (False, True):
            event = self.schedule.take_next_about(about, is_delivery=is_delivery)
            if event is not None:
                self._run(replace(event, at=self.clock.now()), None)

    def _run(self, event: Event, submit: Submit | None) -> None:
        action = event.action
        if isinstance(action, Delivery):
            delivery = action
            if submit is None:
                self._deliver(delivery, event.at, lambda: event.at)
            else:
                submit(lambda: self._deliver(delivery, event.at, self.clock.now))
            return
        with self.lock:
            action(event.at)

    def _deliver(self, delivery: Delivery, at: datetime, answered_at: Callable[[], datetime]) -> None:
        answer = self._first_answer(delivery, at)
        if delivery.on_answer is not None:
            with self.lock:
                delivery.on_answer(answer, answered_at())

    def _first_answer(self, delivery: Delivery, at: datetime) -> Answer:
        if delivery.copies_at_once == 1:
            return self._courier.deliver(delivery, at=at)
        with ThreadPoolExecutor(max_workers=delivery.copies_at_once) as pool:
            tries = [pool.submit(self._courier.deliver, delivery, at=at) for _ in range(delivery.copies_at_once)]
            return next(each.result() for each in tries)

    @contextmanager
    def at_now(self) -> Iterator[datetime]:
        """The lock, and the present instant: for what a request or a handset does."""
        with self.lock:
            yield self.clock.now()

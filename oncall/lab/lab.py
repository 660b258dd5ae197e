"""The lab: one telephone company in memory, its numbers and handsets, and the time that passes in it.

Nothing happens by itself: `run_due` does what is due by the clock, in order, and a `LabRunner` calls it in real time.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from oncall.clock import Clock
from oncall.lab.conferences.room import Room
from oncall.lab.exchange.exchange import Exchange, Settings
from oncall.lab.exchange.records import Number
from oncall.lab.functions.hosted import Hosted, Variable
from oncall.lab.handsets import Handset
from oncall.lab.journal import Journal
from oncall.lab.recordings.recording import Recording
from oncall.lab.rest.faults import Fault, Faults
from oncall.lab.webhooks.mischief import Mischief


class Lab:
    """A telephone company of one account.

    `auth_token` may be several, comma-separated: the first signs webhooks, each is accepted by the API.
    """

    def __init__(self, *, clock: Clock, account_sid: str, auth_token: str, seed: int | None = None) -> None:
        tokens = [token.strip() for token in auth_token.split(",")]
        self.exchange = Exchange(clock=clock, account_sid=account_sid, tokens=tokens, seed=seed)
        self.faults = Faults()

    def close(self) -> None:
        """Lets go of held-back answers and connections."""
        self.exchange.close()

    @property
    def account_sid(self) -> str:
        return self.exchange.account_sid

    @property
    def journal(self) -> Journal:
        return self.exchange.journal

    @property
    def base_url(self) -> str:
        """Where the lab's own API is reached, for the addresses of pictures."""
        return self.exchange.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        self.exchange.base_url = url.rstrip("/")

    @property
    def settings(self) -> Settings:
        """How the company behaves."""
        return self.exchange.settings

    @settings.setter
    def settings(self, settings: Settings) -> None:
        self.exchange.settings = settings

    def sign_with(self, token: str) -> None:
        """Promotes a token: it signs from now on, the older ones still open the API."""
        tokens = self.exchange.tokens
        self.exchange.tokens = [token, *(other for other in tokens if other != token)]

    def add_number(self, number: str, settings: Mapping[str, str] | None = None) -> Number:
        """Gives the account a number; `settings` are its addresses under the API's names (`SmsUrl`, `VoiceUrl` …)."""
        with self.exchange.at_now() as at:
            row = Number(self.exchange.new_sid("PN"), number, at, at, dict(settings or {}))
            self.exchange.records.numbers[row.sid] = row
            return row

    def host_functions(self, variables: Mapping[str, str] | None = None) -> Hosted:
        """Deploys the Functions that answer while a service is down; `functions_url` says where."""
        exchange = self.exchange
        with exchange.at_now() as at:
            hosted = Hosted(exchange.new_sid("ZS"), exchange.new_sid("ZE"), at)
            for key, value in (variables or {}).items():
                variable = Variable(exchange.new_sid("ZV"), key, value, at, at)
                hosted.variables[variable.sid] = variable
            exchange.records.hosted[hosted.sid] = hosted
            return hosted

    def functions_url(self, hosted: Hosted) -> str:
        """Where Functions are reached: their names (`voice`, `sms`) follow."""
        return f"{self.base_url}/functions/{hosted.sid}"

    def handset(self, number: str) -> Handset:
        """The phone with this number, short code, name or withheld id."""
        return Handset(self.exchange, number)

    def conference(self, name: str) -> Room | None:
        """The latest conference of a name, live or over; `numbers` are the phones in it."""
        with self.exchange.lock:
            return next((r for r in reversed(self.exchange.records.rooms.values()) if r.name == name), None)

    @property
    def conferences(self) -> list[Room]:
        """Every conference there was, oldest first."""
        with self.exchange.lock:
            return list(self.exchange.records.rooms.values())

    @property
    def recordings(self) -> list[Recording]:
        """The recordings the company still has, oldest first."""
        with self.exchange.lock:
            return list(self.exchange.records.recordings.values())

    def fault(self, fault: Fault, *, times: int = 1) -> None:
        """Plans a fault for the next matching requests to the API."""
        self.faults.plan(fault, times=times)

    def mischief(self, kind: str, mischief: Mischief, *, times: int = 1) -> None:
        """Plans mischief for the next webhooks of a kind (`sms`, `message-status`, `twiml`, `call-status` …)."""
        self.exchange.mischiefs.plan(kind, mischief, times=times)

    def hold(self, *kinds: str) -> None:
        """Keeps webhooks of these kinds back until `release`."""
        self.exchange.mischiefs.hold(*kinds)

    def release(self, order: Sequence[int] | None = None) -> int:
        """Lets held-back webhooks go in this order of theirs (newest first by default); they leave at the next run."""
        let_go = self.exchange.mischiefs.let_go(order)
        for delivery in let_go:
            self.exchange.schedule.add(self.exchange.clock.now(), delivery, about=delivery.about)
        return len(let_go)

    def run_due(self) -> int:
        """Does everything due by now, one thing after another, and gives how many things that was."""
        return self.exchange.run_due()

    def run_due_together(self, *, workers: int = 16) -> int:
        """Does everything due by now, webhooks of one moment beside each other, and gives how many things that was."""
        ran = 0
        with ThreadPoolExecutor(max_workers=workers) as pool:
            while did := self._run_together(pool):
                ran += did
        return ran

    def _run_together(self, pool: ThreadPoolExecutor) -> int:
        under_way: list[Future[None]] = []
        did = self.exchange.run_due(submit=lambda deliver: under_way.append(pool.submit(deliver)))
        for delivery in under_way:
            delivery.result()
        return did

    def next_event_at(self) -> datetime | None:
        """When the next thing is due, if anything is."""
        return self.exchange.schedule.next_at()

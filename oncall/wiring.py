"""The only place that picks the real thing or a fake: settings, clock, database, telephony."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from oncall.clock import Clock, SystemClock
from oncall.db.database import Database
from oncall.db.sealing import Keyring
from oncall.errors import Unusable
from oncall.paging.outage.lines import Keeper
from oncall.paging.outage.public import is_answered
from oncall.paging.outage.publishing import Publisher
from oncall.paging.outage.standby import Standby
from oncall.paging.sending.media import MediaStore
from oncall.paging.sending.sender import Sender
from oncall.risk.guarding import Guarded
from oncall.risk.suggest import Scan, suggest
from oncall.settings import Settings, split
from oncall.telephony.account.port import Account, Place
from oncall.telephony.client import TwilioAccount, TwilioTelephony
from oncall.telephony.inbound import Gate
from oncall.telephony.port import Telephony

Suggester = Callable[[str], Scan]


FIRST_TEXT = "the first text is nobody's"


class MissingSettings(Unusable):
    """Settings are missing."""


class UnusableDataDir(Unusable):
    """The folder for the data cannot be made."""


@dataclass
class Pulse:
    """When the engine last ticked."""

    ticked_at: datetime | None = None


@dataclass(frozen=True)
class House:
    """Everything the service runs on."""

    settings: Settings
    public_url: str
    clock: Clock
    database: Database
    telephony: Telephony
    account: Account
    sender: Sender
    gate: Gate
    media: MediaStore
    pulse: Pulse = field(default_factory=Pulse)

    def close(self) -> None:
        """Lets go of the database and of the line."""
        self.database.close()
        self.telephony.close()
        self.account.close()


def keyring(settings: Settings) -> Keyring:
    """The keys of the settings. Raises MissingSettings."""
    if settings.secret_key is None:
        raise MissingSettings("ONCALL_SECRET_KEY: is missing; it must be 32 characters or longer")
    return Keyring(split(settings.secret_key))


def refuse_missing(settings: Settings) -> None:
    """Raises MissingSettings, naming every one that the service needs and that is not set."""
    if missing := settings.missing():
        raise MissingSettings("\n".join(f"{name}: is missing" for name in missing))


def open_database(settings: Settings, *, suggester: Suggester | None = None) -> Database:
    """Opens the database of the settings; the embedded one's folder is made if it is not there."""
    keys = keyring(settings)
    if settings.is_embedded:
        make_data_dir(settings)
    info = {"public_url": settings.public_url or "", "prompts": prompts_of(settings), "suggester": suggester}
    return Database(settings.database, keys, info=info)


def make_data_dir(settings: Settings) -> None:
    """Makes the folder of the settings if it is not there. Raises UnusableDataDir."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise UnusableDataDir(
            f"ONCALL_DATA_DIR: cannot be made ({why}); name a folder that can be written to"
        ) from None


def prompts_of(settings: Settings) -> Path:
    """Where teams put the sentences they have recorded."""
    return settings.data_dir / "prompts"


def open_account(settings: Settings) -> TwilioAccount:
    """The account of the settings, which must not be missing."""
    return TwilioAccount(
        account_sid=settings.twilio_account_sid or "",
        auth_token=split(settings.twilio_auth_token)[0],
        api_url=settings.twilio_api_url,
    )


def open_house(
    settings: Settings,
    *,
    clock: Clock | None = None,
    telephony: Telephony | None = None,
    suggester: Suggester | None = None,
) -> House:
    """Opens everything the service needs. Without a suggester nothing is assessed. Raises MissingSettings."""
    refuse_missing(settings)
    tokens = split(settings.twilio_auth_token)
    database = open_database(settings, suggester=suggester)
    clock = clock or SystemClock()
    telephony = telephony or TwilioTelephony(
        account_sid=settings.twilio_account_sid or "", auth_token=tokens[0], api_url=settings.twilio_api_url
    )
    public_url = settings.public_url or ""
    media = MediaStore(settings.data_dir / "media", keyring(settings))
    return House(
        settings=settings,
        public_url=public_url,
        clock=clock,
        database=database,
        telephony=telephony,
        account=open_account(settings),
        sender=Sender(database, telephony, clock, public_url=public_url, media=media),
        gate=Gate(public_url=public_url, tokens=tokens),
        media=media,
    )


def open_suggester() -> Guarded:
    """What assesses texts in the service: the shipped suggester, read and ready, with a limit on its time."""
    suggest(FIRST_TEXT)  # all that is read or reckoned once is ready before a caller waits for it
    return Guarded()


def open_standby(house: House) -> Standby:
    """What keeps the numbers, and the fallback if all of its settings are there."""
    settings = house.settings
    keeper = Keeper(
        house.database,
        house.clock,
        house.account,
        public_url=house.public_url,
        fallback_url=settings.fallback_url,
        may_change=settings.keep_webhooks,
        is_up=lambda: is_answered(house.public_url),
    )
    place, fixed = fallback_place(settings), settings.fallback_number
    publisher = (
        Publisher(house.database, house.clock, house.account, place=place, fixed=fixed) if place and fixed else None
    )
    return Standby(house.clock, keeper=keeper, publisher=publisher)


def fallback_place(settings: Settings) -> Place | None:
    """Where the fallback is told who is on call; None if any of its settings is missing."""
    service, environment = settings.fallback_service_sid, settings.fallback_environment_sid
    if service is None or environment is None or settings.missing_for_fallback():
        return None
    return Place(service_sid=service, environment_sid=environment)

"""The only place that picks the real thing or a fake: settings, clock, database, telephony."""

from dataclasses import dataclass, field
from datetime import datetime

from oncall.clock import Clock, SystemClock
from oncall.db.database import Database
from oncall.db.sealing import Keyring
from oncall.errors import Unusable
from oncall.paging.sending.media import MediaStore
from oncall.paging.sending.sender import Sender
from oncall.settings import Settings, split
from oncall.telephony.client import TwilioTelephony
from oncall.telephony.inbound import Gate
from oncall.telephony.port import Telephony


class MissingSettings(Unusable):
    """Settings are missing."""


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
    sender: Sender
    gate: Gate
    media: MediaStore
    pulse: Pulse = field(default_factory=Pulse)

    def close(self) -> None:
        """Lets go of the database."""
        self.database.close()


def keyring(settings: Settings) -> Keyring:
    """The keys of the settings. Raises MissingSettings."""
    if settings.secret_key is None:
        raise MissingSettings("ONCALL_SECRET_KEY: is missing; it must be 32 characters or longer")
    return Keyring(split(settings.secret_key))


def open_database(settings: Settings) -> Database:
    """Opens the database of the settings; the embedded one's folder is made if it is not there."""
    keys = keyring(settings)
    if settings.is_embedded:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Database(settings.database, keys, info={"public_url": settings.public_url or ""})


def open_house(settings: Settings, *, clock: Clock | None = None, telephony: Telephony | None = None) -> House:
    """Opens everything the service needs. Raises MissingSettings, naming every one."""
    missing = settings.missing()
    if missing:
        raise MissingSettings("\n".join(f"{name}: is missing" for name in missing))
    tokens = split(settings.twilio_auth_token)
    database = open_database(settings)
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
        sender=Sender(database, telephony, clock, public_url=public_url, media=media),
        gate=Gate(public_url=public_url, tokens=tokens),
        media=media,
    )

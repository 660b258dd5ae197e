"""`oncall doctor`: each thing that can be wrong is planted and found, and nothing secret is said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from oncall.cli.doctor.command import examined
from oncall.clock import ManualClock
from oncall.db.database import Database
from oncall.settings import Settings, read
from oncall.telephony.port import TelephonyUnavailable
from tests.databases import KEYRING, SECRET
from tests.oncall.paging.outage.standing_by import (
    CARYS,
    ELI,
    ELSEWHERE,
    FILE,
    FIXED,
    GOOD,
    LINE,
    PUBLIC,
    SAM,
    FakeAccount,
    load,
)

ACCOUNT = "AC" + "0" * 32
TOKEN = "0123456789abcdef0123456789abcdef"
FALLBACK = {
    "fallback_url": ELSEWHERE,
    "fallback_service_sid": "ZS" + "1" * 32,
    "fallback_environment_sid": "ZE" + "2" * 32,
    "fallback_number": FIXED,
}
TOLD = {"CHAIN_447700900000": f"{SAM},{ELI},{CARYS},{FIXED}"}
OTHER = "https://bin.example/?number=+447700900001"
Plant = Callable[[FakeAccount], None]


def settings(database_url: str, folder: Path, **given: str) -> Settings:
    return read(
        {},
        data_dir=folder,
        database_url=database_url.replace("postgresql+psycopg", "postgresql"),
        public_url=PUBLIC,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=TOKEN,
        secret_key=SECRET,
        **given,
    )


@dataclass
class Surgery:
    """Everything a doctor looks at, in good health."""

    url: str
    folder: Path
    clock: ManualClock
    account: FakeAccount = field(default_factory=lambda: FakeAccount(told=dict(TOLD)))
    given: dict[str, str] = field(default_factory=lambda: dict(FALLBACK))

    def lines(self, *, put_right: bool = False) -> list[str]:
        found = examined(
            settings(self.url, self.folder, **self.given), self.account, self.clock, reach=False, put_right=put_right
        )
        said = [str(finding) for finding in found]
        assert not [secret for secret in (TOKEN, SECRET, "+44", "Sam") if secret in "".join(said)]
        return said

    def wrong(self) -> list[str]:
        return [line.removeprefix("WRONG  ") for line in self.lines() if not line.startswith("ok     ")]


@pytest.fixture
def surgery(database_url: str, database: Database, clock: ManualClock, tmp_path: Path) -> Surgery:
    load(database, clock)
    return Surgery(database_url, tmp_path, clock)


def test_all_is_well(surgery: Surgery) -> None:
    assert surgery.lines() == [
        "ok     settings: all that are needed are there, and can be used",
        "ok     database: can be reached, and its schema is current",
        "ok     Twilio account: lets us in",
        "ok     fallback: all of its settings are there",
        "ok     torfaen's number: webhooks, fallbacks and status callback are as they should be",
        "ok     torfaen's fallback: would ring whoever is on call now",
        "ok     torfaen's rota: every tier is held for the next 14 days",
    ]


def _refused(account: FakeAccount) -> None:
    account.fails_with = TelephonyUnavailable(20003)


def _silent(account: FakeAccount) -> None:
    account.fails_with = TelephonyUnavailable()


def _suspended(account: FakeAccount) -> None:
    account.state = "suspended"


def _pointing_elsewhere(account: FakeAccount) -> None:
    account.numbers[LINE] |= {"voice_url": OTHER, "voice_application_sid": "AP1"}


def _without_overrides(account: FakeAccount) -> None:
    account.numbers[LINE]["sms_url"] = f"{PUBLIC}/twilio/sms"


def _not_ours(account: FakeAccount) -> None:
    account.numbers.clear()


def _stale(account: FakeAccount) -> None:
    account.told = dict.fromkeys(account.told, FIXED)


def _untold(account: FakeAccount) -> None:
    account.told = {}


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (_refused, ["Twilio account: refuses", "torfaen's number: could not", "torfaen's fallback: could not"]),
        (_silent, ["Twilio account: could not be asked (it did not", "torfaen's number:", "torfaen's fallback:"]),
        (_suspended, ["Twilio account: is suspended; should be active"]),
        (
            _pointing_elsewhere,
            [
                f"torfaen's number: VoiceUrl is https://bin.example/?…; should be {GOOD['voice_url']}",
                "torfaen's number: VoiceApplicationSid is AP1; should be blank",
            ],
        ),
        (
            _without_overrides,
            [f"torfaen's number: SmsUrl is {PUBLIC}/twilio/sms; should be {PUBLIC}/twilio/sms#ct=3000"],
        ),
        (_not_ours, ["torfaen's number: is not one of the account's"]),
        (_stale, ["torfaen's fallback: would ring others"]),
        (_untold, ["torfaen's fallback: has never been told"]),
    ],
)
def test_what_is_wrong_at_twilio_is_found(surgery: Surgery, plant: Plant, found: list[str]) -> None:
    plant(surgery.account)
    wrong = surgery.wrong()
    assert len(wrong) == len(found)
    assert all(line.startswith(start) for line, start in zip(wrong, found, strict=True)), wrong


def test_a_gap_in_the_next_fortnight_is_told_in_minutes(surgery: Surgery, database: Database) -> None:
    cover = 'cover: [{from: "17:00", to: "16:30"}]'
    load(database, surgery.clock, FILE.replace("people: [eli],", f"people: [eli], {cover},"))
    (gap,) = surgery.wrong()
    assert gap.startswith(
        "torfaen's rota, backup: nobody holds it for 420 minutes, in 14 gaps, the first from Sat 14 Mar"
    )


def test_a_gap_that_is_past_is_none(surgery: Surgery, database: Database) -> None:
    load(database, surgery.clock, FILE.replace("starts: 2026-01-05", "starts: 2026-03-23"))
    assert len([line for line in surgery.wrong() if "rota, " in line]) == 3
    surgery.clock.move(timedelta(days=10))
    assert surgery.wrong() == []


@pytest.mark.parametrize("name", FALLBACK)
def test_half_a_fallback_is_wrong(surgery: Surgery, name: str) -> None:
    del surgery.given[name]
    assert f"fallback: ONCALL_{name.upper()} should be set too" in surgery.wrong()


def test_another_fallback_will_do_and_none_will_not(surgery: Surgery) -> None:
    surgery.given.clear()
    surgery.account.numbers[LINE] |= {"voice_fallback_url": OTHER, "sms_fallback_url": OTHER}
    assert surgery.wrong() == []
    surgery.account.numbers[LINE]["voice_fallback_url"] = ""
    (wrong,) = surgery.wrong()
    assert wrong.startswith("torfaen's number: VoiceFallbackUrl is blank; should be an address that answers")


def test_numbers_are_put_right_when_that_is_asked(surgery: Surgery) -> None:
    _pointing_elsewhere(surgery.account)
    lines = surgery.lines(put_right=True)
    assert sum(line.endswith("put right") for line in lines) == 2
    assert not [line for line in lines if line.startswith("WRONG")]
    assert surgery.account.numbers[LINE] == GOOD


def test_a_team_is_needed(database_url: str, database: Database, clock: ManualClock, tmp_path: Path) -> None:
    (wrong,) = Surgery(database_url, tmp_path, clock).wrong()
    assert wrong == "teams: there is none; load a team's file: oncall team load FILE"


def test_to_look_makes_no_database(clock: ManualClock, tmp_path: Path) -> None:
    path = tmp_path / "nothing" / "oncall.db"
    (wrong,) = Surgery(f"sqlite:///{path}", tmp_path / "nothing", clock).wrong()
    assert wrong.startswith("database: is not there yet")
    assert not path.parent.exists()


def test_an_old_an_empty_and_a_strange_database_are_told_apart(clock: ManualClock, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'oncall.db'}"
    opened = Database(url, KEYRING)
    assert opened.is_reachable()
    assert Surgery(url, tmp_path, clock).wrong()[0].startswith("database: is empty")
    with opened.connection() as connection:
        connection.exec_driver_sql("CREATE TABLE strange (id INTEGER)")
    assert Surgery(url, tmp_path, clock).wrong()[0].startswith("database: The database was written by a newer version")
    opened.close()


def test_a_database_that_cannot_be_reached(clock: ManualClock, tmp_path: Path) -> None:
    port = "1"
    (wrong,) = Surgery(f"postgresql://nobody:secret@127.0.0.1:{port}/oncall", tmp_path, clock).wrong()
    assert wrong.startswith("database: cannot be reached")

"""The service is gone, and a carer still reaches the practitioner on duty."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from oncall import wiring
from oncall.clock import ManualClock
from oncall.telephony.account.webhooks import wanted
from tests.databases import copy_of
from tests.journeys.outage import Company, Service, company, service
from tests.oncall.paging.outage.standing_by import CARYS, ELI, FILE, FIXED, LINE, NIA, SAM, alarms
from tests.processes import run, served, until

CARER = "+447700900101"
CHAIN = "CHAIN_447700900000"
SHARED = FILE.replace("people: [sam]", "people: [nia, sam]")  # a week each, from Mondays at 17:00
TOLD_WITHIN_S = 40


@pytest.fixture
def there(clock: ManualClock) -> Iterator[Company]:
    with company(clock) as made:
        yield made


@pytest.fixture
def running(there: Company, sqlite_template: Path, tmp_path: Path) -> Iterator[Service]:
    with service(there, copy_of(sqlite_template, tmp_path), tmp_path, SHARED) as made:
        yield made


def test_a_number_nobody_set_up_is_set_up_and_the_fallback_told(there: Company, running: Service) -> None:
    house = running.house
    wiring.open_standby(house).look()
    assert (
        there.set_up().items()
        >= {
            name.title().replace("_", ""): value
            for name, value in wanted(house.public_url, house.settings.fallback_url).items()
            if value and value != "POST"
        }.items()
    )
    assert there.told() == {CHAIN: f"{SAM},{ELI},{CARYS},{FIXED}"}
    assert set(alarms(house.database)) == {"webhooks_drifted"}
    there.clock.move(timedelta(hours=1))
    wiring.open_standby(house).look()
    assert alarms(house.database) == {}


def test_the_service_is_gone_and_who_is_on_duty_by_then_takes_the_call(there: Company, running: Service) -> None:
    standby = wiring.open_standby(running.house)
    standby.look()
    there.clock.move(timedelta(days=2, hours=15, seconds=10))  # Monday 17:00
    standby.look()
    assert there.told() == {CHAIN: f"{NIA},{ELI},{CARYS},{FIXED}"}
    running.is_gone()
    carer, practitioner = there.phone(CARER), there.phone(NIA)
    carer.dials(LINE)
    there.pass_time(seconds=25)
    assert "999" in carer.heard[0].text
    practitioner.answer()
    there.pass_time(seconds=1)
    assert "Press 1" in practitioner.heard[0].text
    assert carer.hears == set()
    practitioner.press("1")
    there.pass_time(seconds=1)
    assert (carer.hears, practitioner.hears) == ({NIA}, {CARER})
    assert practitioner.calls[-1].sender == LINE


def test_the_next_is_rung_when_the_first_does_not_answer(there: Company, running: Service) -> None:
    wiring.open_standby(running.house).look()
    running.is_gone()
    carer, backup = there.phone(CARER), there.phone(ELI)
    carer.dials(LINE)
    there.pass_time(seconds=60)
    backup.answer()
    there.pass_time(seconds=1)
    backup.press("1")
    there.pass_time(seconds=1)
    assert carer.hears == {ELI}


def test_a_text_is_answered_and_those_on_call_hear_of_it(there: Company, running: Service) -> None:
    wiring.open_standby(running.house).look()
    running.is_gone()
    there.phone(CARER).texts(LINE, "She has gone out of the window")
    there.pass_time(seconds=30)
    (answer,) = there.phone(CARER).inbox
    assert "ring this number" in answer.body
    (told,) = there.phone(ELI).inbox
    assert "window" not in told.body


@pytest.mark.process
def test_the_real_service_is_killed_and_a_carer_still_talks_to_the_practitioner(there: Company, tmp_path: Path) -> None:
    file = tmp_path / "team.yaml"
    file.write_text(FILE)
    given = {**there.environment(), "ONCALL_DATA_DIR": str(tmp_path / "data")}
    assert run("team", "load", str(file), settings=given, folder=tmp_path).returncode == 0
    with served(settings=given, folder=tmp_path) as up:
        assert until(lambda: CHAIN in there.told() and "VoiceUrl" in there.set_up(), within_s=TOLD_WITHIN_S)
        well = run("doctor", "--reach", settings={"ONCALL_PUBLIC_URL": up.url, **given}, folder=tmp_path)
        assert well.returncode == 0, well.stdout + well.stderr
        up.process.kill()
        up.process.wait()
        carer, sam = there.phone(CARER), there.phone(SAM)
        carer.dials(LINE)
        there.pass_time(seconds=25)
        sam.answer()
        there.pass_time(seconds=1)
        sam.press("1")
        there.pass_time(seconds=1)
        assert (carer.hears, sam.hears) == ({SAM}, {CARER})

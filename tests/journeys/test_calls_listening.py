"""A message played back on a call, and sentences that a team has recorded: whose ears an address is for, and for how
long."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from oncall.calls.audio.messages import OPEN_FOR, opened
from oncall.calls.audio.signing import NotOurs
from oncall.lab.exchange.personas import NEVER_ANSWERS
from oncall.lab.rest.faults import Fault, FaultKind
from tests.journeys.scenes import all_forget
from tests.journeys.telling import lines, picks_up, presses
from tests.journeys.world import Phone, World

WAV = b"RIFF\x00\x00\x00\x00WAVEfmt "


def _leaves_a_message(world: World, slug: str = "price") -> str:
    """A caller would rather leave a message than wait, and has left one; gives the ref."""
    caller = world.contact(slug)
    caller.rings_the_line()
    world.pass_time(seconds=9)
    caller.presses("*")
    world.pass_time(seconds=10)
    caller.handset.says("He has gone out of the window")
    world.pass_time(seconds=3)
    caller.hangs_up()
    world.pass_time(seconds=6)
    all_forget(world)
    return world.incidents()[-1].ref


def _sounds(phone: Phone) -> list[str]:
    return [heard.text for heard in phone.handset.heard if heard.kind == "play"]


def _asked(address: str) -> int:
    return httpx.get(address, trust_env=False).status_code


def _elis_phone_rings(world: World) -> Phone:
    world.pass_time(minutes=3)
    eli = world.staff("eli")
    assert eli.rings
    return eli


def test_a_message_is_played_on_the_page_call_and_its_address_opens_for_that_call_alone(either_world: World) -> None:
    """L42: signed, expiring, bound to one practitioner on one call; an altered address, another call's, a late one is
    403."""
    world = either_world
    ref = _leaves_a_message(world)
    eli = _elis_phone_rings(world)
    picks_up(eli)
    presses(eli, "3")
    world.pass_time(seconds=4)
    assert "They left this message." in eli.heard()
    (address,) = _sounds(eli)
    assert lines(world, ref, "played") == ["Eli Morgan was played what the caller left."]
    answer = httpx.get(address, trust_env=False)
    assert (answer.status_code, answer.headers["Cache-Control"], answer.content[:4]) == (200, "no-store", b"RIFF")
    _check_bound(world, address)
    with pytest.raises(NotOurs):
        _opened(world, address, later=OPEN_FOR + timedelta(seconds=1))
    eli.hangs_up()
    world.pass_time(seconds=2)
    assert _asked(address) == 403
    all_forget(world)


def _check_bound(world: World, address: str) -> None:
    """No part of an address can be changed, not even into one that was made for something else."""
    base, parts = address.rpartition("/audio/message/")[0], urlsplit(address).path.split("/")[3:]
    other = str(world.incidents()[0].id)
    for place, part in enumerate(parts):
        for instead in (other, part[:-1] + ("0" if part[-1] != "0" else "1"), "x", "1"):
            changed = [*parts[:place], instead, *parts[place + 1 :]]
            assert _asked(f"{base}/audio/message/{'/'.join(changed)}") == 403
    _opened(world, address)


def _opened(world: World, address: str, *, later: timedelta = timedelta(0)) -> None:
    call_id, message_id, until, given = urlsplit(address).path.split("/")[3:]
    with world.house.database.reading() as session:
        opened(session, call_id, message_id, until, given=given, at=world.clock.now() + later)


def test_who_holds_it_rings_the_line_and_hears_the_message_by_key(world: World) -> None:
    ref = _leaves_a_message(world)
    sam = world.staff("sam")
    sam.hangs_up()
    sam.replies(f"1 {ref}")
    world.pass_time(seconds=2)
    all_forget(world)
    sam.rings_the_line()
    world.pass_time(seconds=12)
    assert f"Press 2 to hear the message of Jane Price, {' '.join(ref)}." in sam.heard()
    sam.presses("2")
    world.pass_time(seconds=8)
    (address,) = _sounds(sam)
    assert _asked(address) == 200
    assert f"Press 1 to ring Jane Price, {' '.join(ref)}." in sam.heard()
    sam.hangs_up()
    world.pass_time(seconds=2)
    assert _asked(address) == 403
    assert lines(world, ref, "played") == ["Sam Rees was played what the caller left."]
    all_forget(world)


def test_a_message_that_cannot_be_fetched_raises_an_alarm_and_is_said_not_to_be_here(world: World) -> None:
    """L43: what is not safe with us is not deleted at the network."""
    world.lab.fault(Fault(FaultKind.REFUSE, method="GET", resource="/Recordings/", code=20404), times=50)
    _leaves_a_message(world)
    eli = _elis_phone_rings(world)
    picks_up(eli)
    presses(eli, "3")
    world.pass_time(seconds=4)
    assert "They left a message, which has not reached us yet." in eli.heard()
    assert _sounds(eli) == []
    assert "message_not_fetched" in world.alarms()
    assert len(world.lab.recordings) == 1
    eli.hangs_up()
    all_forget(world)


def _record(world: World, name: str, *, sound: bytes = WAV, language: str = "cy") -> Path:
    path = world.house.settings.data_dir / "prompts" / "torfaen" / language / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sound)
    return path


def test_a_sentence_that_the_team_has_recorded_is_played_and_every_other_one_is_spoken(world: World) -> None:
    kept = _record(world, "danger.wav")
    _record(world, "wait_still.mp3", sound=b"no sound at all")
    _record(world, "hello.wav")
    hughes = world.contact("hughes")
    world.staff("sam").handset.call_persona = NEVER_ANSWERS
    hughes.rings_the_line()
    world.pass_time(seconds=25)
    heard = hughes.handset.heard
    assert heard[0].text.startswith("Helo Mair Hughes")
    assert (heard[1].kind, urlsplit(heard[1].text).path.split("/")[2:6]) == (
        "play",
        ["prompt", "torfaen", "cy", "danger"],
    )
    assert {(each.voice, each.language) for each in heard if each.kind == "say"} == {("Polly.Gwyneth", "cy-GB")}
    assert "Dydyn ni ddim wedi eich anghofio." in hughes.heard()
    address = heard[1].text
    assert httpx.get(address, trust_env=False).content == WAV
    assert _asked(address.replace("/danger/", "/promise/")) == 403
    assert _asked(address.replace("/torfaen/", "/..%2F/")) in {403, 404}
    assert _asked(address[:-1] + ("0" if address[-1] != "0" else "1")) == 403
    kept.unlink()
    assert _asked(address) == 404
    hughes.hangs_up()
    price = world.contact("price")
    price.rings_the_line()
    assert all(each.kind == "say" for each in price.handset.heard)
    all_forget(world)

"""One whole night on the line, told from the lab's journal and its phones: `python -m tests.journeys.night`.

Nobody in it is real. Every line says what a phone or the network did, and at which second.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from oncall.auth.actions import create_token
from oncall.auth.tokens import Scope
from oncall.clock import ManualClock
from oncall.incidents.queries import timeline
from oncall.lab.journal import Entry
from oncall.lab.voice.leg import Leg
from oncall.people.queries import team_by_slug
from tests.databases import build_file
from tests.journeys.conftest import TEAM
from tests.journeys.world import Phone, World, new_world

BEGINS_AT = datetime(2026, 3, 14, 2, 14, tzinfo=UTC)
FILE = TEAM.replace(
    "contacts:\n",
    'contacts:\n  - {slug: kes, name: Kestrel Vaughan, kind: young_person, phones: ["+447700900150"], language: en}\n',
)
Told = tuple[datetime, int, str]
WIDTH = 150


def the_night(world: World) -> None:
    """A call passed on by key, a text and a promise, a message, a call back, a young person; then all is closed."""
    jane, mair, kes = world.contact("price"), world.contact("hughes"), world.contact("kes")
    sam, eli = world.staff("sam"), world.staff("eli")
    jane.rings_the_line()
    sam.picks_up_and_presses("2")
    world.pass_time(seconds=8)
    eli.picks_up_and_presses("1")
    world.pass_time(seconds=10)
    _talk(world, jane, eli, "He has locked himself in and will not talk to me.", "I am with you. Sit by the door.")
    jane.hangs_up()
    world.pass_time(seconds=5)
    eli.hangs_up()
    world.pass_time(minutes=12)
    mair.texts("Dyw hi ddim wedi dod adre")
    sam.replies("1 20")
    world.pass_time(minutes=4)
    mair.rings_the_line()
    world.pass_time(seconds=12)
    mair.presses("*")
    world.pass_time(seconds=10)
    mair.handset.says("Mae hi newydd ddod adre, ond mae hi'n crio.")
    world.pass_time(seconds=5)
    mair.hangs_up()
    world.pass_time(minutes=2)
    if sam.rings:
        sam.hangs_up()
    _hears_and_rings_back(world, sam, mair)
    kes.rings_the_line()
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=10)
    _talk(world, kes, sam, "Can you just stay on the phone for a bit?", "Of course. There is no hurry at all.")
    kes.hangs_up()
    world.pass_time(seconds=6)
    sam.hangs_up()
    world.pass_time(minutes=5)
    _close_all(world)


def _talk(world: World, caller: Phone, practitioner: Phone, asks: str, answers: str) -> None:
    assert caller.is_with(practitioner)
    caller.handset.says(asks)
    world.pass_time(seconds=8)
    practitioner.handset.says(answers)
    world.pass_time(minutes=3)


def _hears_and_rings_back(world: World, sam: Phone, mair: Phone) -> None:
    sam.rings_the_line()
    world.pass_time(seconds=10)
    sam.presses("2")
    world.pass_time(seconds=12)
    sam.presses("1")
    world.pass_time(seconds=5)
    mair.answers()
    world.pass_time(seconds=12)
    _talk(world, mair, sam, "Diolch am ffonio.", "Da iawn. Dywedwch wrthyf beth ddigwyddodd.")
    sam.hangs_up()
    world.pass_time(seconds=4)
    mair.hangs_up()
    world.pass_time(minutes=6)


def _close_all(world: World) -> None:
    with world.house.database.transaction() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        token = create_token(session, team, scope=Scope.WRITE, name="night", at=world.clock.now())
    for incident, person in zip(world.incidents(), ("eli", "sam", "sam"), strict=True):
        ending = {"person": person, "outcome": "Settled; asleep by the end.", "guidance": "A quiet voice, and time."}
        url = f"{world.url}/api/v1/incidents/{incident.ref}/close"
        httpx.post(url, json=ending, headers={"Authorization": f"Bearer {token}"}, trust_env=False).raise_for_status()


def told(world: World) -> list[str]:
    """The night, line by line, and then the record of each incident."""
    named = {phone.handset.number: phone.name for phone in world.phones.values()}
    lines: list[Told] = [line for phone in world.phones.values() for line in _of_phone(phone, named)]
    lines += [(entry.at, 1, words) for entry in world.lab.journal.entries() if (words := _of_network(entry))]
    spoken = [f"{at:%H:%M:%S}  {words}"[:WIDTH] for at, _, words in sorted(lines)]
    return [*spoken, "", *_records(world)]


def _of_phone(phone: Phone, named: dict[str, str]) -> Iterator[Told]:
    for text in phone.handset.sent:
        yield text.at, 0, f"{phone.name} texts the line: {text.body}"
    for shown in phone.handset.inbox:
        yield shown.at, 3, f"{phone.name}'s phone shows: {shown.body}"
    for leg in phone.handset.calls:
        yield from _of_call(phone.name, leg, named)


def _of_call(name: str, leg: Leg, named: dict[str, str]) -> Iterator[Told]:
    yield leg.created_at, 2, f"{name} rings the line" if leg.direction == "inbound" else f"{name}'s phone rings"
    if leg.answered_at and leg.direction != "inbound":
        yield leg.answered_at, 2, f"{name} answers"
    for heard in leg.heard:
        what = "(a recording)" if heard.kind == "play" else heard.text
        who = f" from {named.get(heard.voice, heard.voice)}" if heard.kind == "voice" else ""
        yield heard.at, 4, f"{name} hears{who}: {what}"
    for at, key in leg.pressed:
        yield at, 0, f"{name} presses {key}"
    for at, words in leg.said:
        yield at, 0, f"{name} says: {words}"
    for talk in leg.talks:
        yield talk.at, 5, f"{name} now hears {named.get(talk.number, talk.number)}"
    if leg.ended_at:
        yield leg.ended_at, 0, f"{name}'s line has ended ({leg.status})"


def _of_network(entry: Entry) -> str:
    """A request between the network and the service; ids are shortened."""
    if entry.kind in {"handset", "warning"} or not entry.request:
        return ""
    path = urlsplit(entry.request.get("url", "")).path or str(entry.request.get("path", ""))
    short = "/".join(part[:8] for part in path.split("/"))
    way = "service > network" if entry.direction == "in" else "network > service"
    return f"    {way}  {entry.request['method']} {short}  {entry.response.get('status')}"


def _records(world: World) -> Iterator[str]:
    for incident in world.incidents():
        yield f"The record of {incident.ref} ({incident.status})"
        with world.house.database.reading() as session:
            for line in timeline(session, incident.id):
                yield f"  {line.at:%H:%M:%S}  {line.kind}, {line.by}: {line.detail}"[:WIDTH]
        yield ""


def main() -> None:
    """Tells a night."""
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "night.db"
        build_file(file)
        with new_world(f"sqlite:///{file}", ManualClock(BEGINS_AT), Path(home), FILE) as world:
            the_night(world)
            sys.stdout.write("\n".join(told(world)) + "\n")


if __name__ == "__main__":
    main()

"""How stories about answers and callers begin: a page out or taken, a second team, a closing, raw requests."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlencode

import httpx
from sqlalchemy import select

from oncall.incidents.actions import Closing
from oncall.incidents.models import Incident
from oncall.lab.webhooks.signing import sign
from oncall.paging.actions import close
from oncall.people.actions import load_people
from oncall.people.models import Practitioner, Team
from oncall.people.teamfile import parse
from oncall.rotas.actions import load_rota
from tests.journeys.conftest import TEAM
from tests.journeys.world import TOKEN, Phone, World

SECOND_LINE = "+447700900900"
CAERPHILLY = (
    TEAM.replace("slug: torfaen", "slug: caerphilly")
    .replace("MIST Torfaen", "MIST Caerphilly")
    .replace('number: "+447700900000"', f'number: "{SECOND_LINE}"')
    .replace('phones: ["+447700900101", "+447700900111"]', 'phones: ["+447700900901"]')
    .replace("Jane Price", "Ann Lewis")
)
WITHIN_S = 5.0


def paged(world: World, caller: Phone, words: str = "please ring me", *, to: str = "sam") -> str:
    """A caller has texted, has been answered, and `to` has been paged; gives the ref."""
    caller.texts(words)
    caller.hears("999")
    return world.staff(to).hears_page()


def taken(world: World, caller: Phone, words: str = "please ring me", *, by: str = "sam") -> str:
    """As `paged`, and the person paged has taken it."""
    ref = paged(world, caller, words, to=by)
    world.staff(by).replies(f"1 {ref}")
    caller.hears(world.staff(by).name)
    world.staff(by).hears(f"You have {ref}")
    return ref


def passed_to_eli(world: World, caller: Phone) -> str:
    """Sam was paged and passed it on, and Eli has been paged."""
    ref = paged(world, caller)
    world.staff("sam").replies(f"2 {ref}")
    world.staff("sam").hears(f"{ref} is passed on")
    assert world.staff("eli").hears_page() == ref
    return ref


def closed(world: World, ref: str, *, by: str = "sam") -> None:
    """Whoever holds it closes it, at a page."""
    incident = world.incident(ref)
    with world.house.database.transaction() as session:
        here = session.get_one(Incident, incident.id)
        team = session.get_one(Team, incident.team_id)
        person = session.scalars(select(Practitioner).where(Practitioner.id == incident.holder_id)).one()
        assert person.slug == by
        close(session, team, here, Closing(outcome="Safe.", guidance="Sit with her."), by=person, at=world.clock.now())
    world.pass_time(seconds=5)


def with_second_team(world: World) -> None:
    """Another team, with a line of its own and the same practitioners' mobiles."""
    file = parse(CAERPHILLY, today=world.clock.now().date())
    at = world.clock.now()
    with world.house.database.transaction() as session:
        load_rota(session, load_people(session, file, at=at), file.rota, at=at)
    told = {"SmsUrl": "/twilio/sms", "VoiceUrl": "/twilio/voice", "StatusCallback": "/twilio/voice/status"}
    world.lab.add_number(SECOND_LINE, {name: f"{world.url}{path}" for name, path in told.items()})


def change(world: World, slug: str, **values: object) -> None:
    """Changes a practitioner's row."""
    with world.house.database.transaction() as session:
        person = session.scalars(select(Practitioner).where(Practitioner.slug == slug)).one()
        for name, value in values.items():
            setattr(person, name, value)


def last_lines(world: World, ref: str, kind: str) -> Sequence[str]:
    """The record's lines of one kind."""
    return [line.removeprefix(f"{kind}: ") for line in world.record_of(ref) if line.startswith(f"{kind}: ")]


def fields_of_text(sid: str, body: str, *, sender: str = "+447700900101", to: str = "+447700900000") -> dict[str, str]:
    """The fields of a text's webhook."""
    return {"MessageSid": sid, "From": sender, "To": to, "Body": body, "NumMedia": "0"}


def posted(
    world: World, fields: Mapping[str, str], *, token: str | None = TOKEN, path: str = "/twilio/sms"
) -> httpx.Response:
    """A request of our own making, signed with `token`, or not at all."""
    url = f"{world.url}{path}"
    headers = {"X-Twilio-Signature": sign(url, fields.items(), token=token)} if token else {}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return httpx.post(url, content=urlencode(fields), headers=headers, timeout=WITHIN_S, trust_env=False)


def at_clock(world: World, **later: float) -> str:
    """The team's clock now (it is winter: Cardiff keeps UTC), or a little later."""
    return (world.clock.now() + timedelta(**later)).strftime("%H:%M")


def talking(world: World) -> tuple[Phone, Phone]:
    """Jane Price has rung, and talks with Sam Rees."""
    price = world.contact("price")
    price.rings_the_line()
    return price, _has_picked_up(world, price)


def paged_and_talking(world: World) -> tuple[Phone, Phone, str]:
    """The same, and the ref of the page that Sam Rees was sent beside the ring."""
    price = world.contact("price")
    price.rings_the_line()
    ref = world.staff("sam").hears_page()
    return price, _has_picked_up(world, price), ref


def _has_picked_up(world: World, price: Phone) -> Phone:
    sam = world.staff("sam")
    sam.picks_up_and_presses("1")
    world.pass_time(seconds=10)
    assert price.is_with(sam)
    return sam


def all_forget(world: World) -> None:
    """Nobody expects what has come so far: the story is about something else."""
    for phone in world.phones.values():
        phone.forgets()

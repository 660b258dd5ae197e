"""Changes of the rota, told as stories: cover by text, a lead's word, leave; and a page is never mistaken for one."""

from datetime import timedelta

from sqlalchemy.orm import Session

from oncall.paging.changes import telling
from oncall.people.models import Practitioner, Team
from oncall.people.queries import practitioner_by_slug, team_by_slug
from oncall.rotas.changes.absence import give_leave
from oncall.rotas.changes.asking import Wanted, ask_cover
from oncall.rotas.changes.doing import Doing
from tests.journeys.conftest import TEAM
from tests.journeys.scenes import change, paged
from tests.journeys.telling import reload
from tests.journeys.world import World

APPROVED = TEAM.replace("escalation:", "  changes: {approve: lead}\nescalation:", 1)
SPAN = "duty Sat 14 Mar 03:00 to 13:00"


def test_a_colleague_takes_it_by_text_and_is_paged_from_then_on(either_world: World) -> None:
    world = either_world
    sam, huw, nia = (world.staff(slug) for slug in ("sam", "huw", "nia"))
    _asks(world, "sam")
    code = _code(huw.hears(f"Sam Rees asks you to cover {SPAN}", "Reply COVER", "NO"))
    nia.hears("Mae Sam Rees yn gofyn i chi gyflenwi", f"CYFLENWI {code}", f"NA {code}")
    nia.replies("cyflenwi 1" if code[0] != "1" else "cyflenwi 2")
    nia.hears("Aeth hwn at neb")  # no code of four figures, so words
    nia.replies(f" Cyflenwi  {code}. ")
    nia.hears("Diolch", "Sam Rees")
    sam.hears(f"Nia Bowen covers {SPAN} for you")
    huw.replies(f"COVER {code}")
    huw.hears(f"Nia Bowen has it already: {SPAN}")
    huw.replies("cover 0123")
    huw.hears("There is no 0123 here")
    world.pass_time(minutes=61)
    price = world.contact("price")
    price.texts("please ring me")
    price.hears("999")
    ref = nia.hears("Atebwch 1").split()[0]
    nia.replies("1")
    nia.hears(f"Mae {ref} gyda chi")
    price.hears("Nia Bowen")


def test_a_lead_has_the_last_word_and_an_open_page_is_answered_by_none_of_it(world: World) -> None:
    reload(world, APPROVED)
    sam, huw, nia, carys = (world.staff(slug) for slug in ("sam", "huw", "nia", "carys"))
    _asks(world, "sam", of="nia")
    code = _code(nia.hears("CYFLENWI"))
    nia.replies(f"cover {code}")
    nia.hears("arweinydd")
    for lead in (huw, carys):
        lead.hears(f"Nia Bowen would cover {SPAN} for Sam Rees. Reply APPROVE {code} or NO {code}")
    ref = paged(world, world.contact("price"))
    sam.replies(f"approve {code}")
    sam.hears("Only a lead can do that")
    assert world.incident(ref).holder_id is None, "no answer to the page"
    huw.replies(f"approve {code}")
    nia.hears("Diolch")
    sam.hears("Nia Bowen covers")
    carys.replies(f"no {code}")
    carys.hears("Nia Bowen has it already")
    assert world.incident(ref).holder_id is None
    sam.replies("2")
    sam.hears(f"{ref} is passed on")
    assert world.staff("eli").hears_page() == ref
    _forget(world)


def test_leave_asks_everyone_at_once_who_cannot_is_told_why_and_leads_hear_when_nobody_did(world: World) -> None:
    huw, nia, carys, sam = (world.staff(slug) for slug in ("huw", "nia", "carys", "sam"))
    _leave(world, "sam")
    code = _code(huw.hears("Sam Rees is away: can you cover", "duty"))
    nia.hears("Mae Sam Rees i ffwrdd", code)
    _leave(world, "huw")
    huw.replies(f"cover {code}")
    huw.hears("Not done: somebody would be on duty while on leave. A lead can still allow it.")
    nia.replies(f"na {code}")
    nia.hears("Wedi nodi")
    change(world, "nia", opted_out_at=world.clock.now())
    nia.replies(f"cyflenwi {code}")
    nia.hears("Ni wnaed dim", "fyddai ein negeseuon")
    world.pass_time(minutes=61)
    telling.see_to(world.house.database, world.clock)
    world.pass_time(seconds=5)
    sam.hears("Not settled in time", "stays with Sam Rees")
    for lead in (huw, carys):
        lead.hears("was not covered in time and is still with Sam Rees")
    telling.see_to(world.house.database, world.clock)
    world.pass_time(seconds=5)


def _asks(world: World, slug: str, *, of: str = "") -> None:
    """Somebody asks by a command for their duty to be covered, from in an hour on for ten hours."""
    with world.house.database.transaction() as session:
        team, doing = _doing(world, session, slug)
        colleagues = [_person(session, team, one) for one in of.split()]
        start = doing.at + timedelta(hours=1)
        ask_cover(session, team, Wanted(start=start, end=start + timedelta(hours=10), of=colleagues), doing)
        telling.tell(session, team, at=doing.at)
    world.pass_time(seconds=5)


def _leave(world: World, slug: str) -> None:
    """Somebody is away from in an hour on, for a day; the service has it told at its next look."""
    with world.house.database.transaction() as session:
        team, doing = _doing(world, session, slug)
        start = doing.at + timedelta(hours=1)
        give_leave(session, team, start, start + timedelta(days=1), doing)
    telling.see_to(world.house.database, world.clock)
    world.pass_time(seconds=5)


def _doing(world: World, session: Session, slug: str) -> tuple[Team, Doing]:
    team = team_by_slug(session, slug="torfaen")
    assert team is not None
    person = _person(session, team, slug)
    return team, Doing(by=person, person=person, at=world.clock.now())


def _person(session: Session, team: Team, slug: str) -> Practitioner:
    found = practitioner_by_slug(session, team=team, slug=slug)
    assert found is not None
    return found


def _code(text: str) -> str:
    return next(word.strip(".,") for word in text.split() if word.strip(".,").isdigit() and len(word.strip(".,")) == 4)


def _forget(world: World) -> None:
    for phone in world.phones.values():
        phone.forgets()

"""On Monday the whole team reads what on-call brought."""

from oncall.handover.contents import Handover, gather
from oncall.handover.period import next_meeting
from oncall.handover.wording import as_json, as_text
from oncall.incidents.actions import Closing
from oncall.paging.actions import close
from oncall.people.models import Practitioner
from oncall.people.queries import team_by_slug
from tests.journeys.world import World

CLOSING = Closing(outcome="Settled by three.", guidance="Sat on the landing, few words.", follow_up="Ring on Monday.")


def _handover(world: World) -> Handover:
    with world.house.database.reading() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        now = world.clock.now()
        found = gather(session, team, next_meeting(team, at=now), at=now)
        as_json(found), as_text(found)  # opened while the session is
        world.told = as_text(found), as_json(found)
        return found


def _close(world: World, ref: str) -> None:
    with world.house.database.transaction() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        incident = world.incident(ref)
        incident = session.get_one(type(incident), incident.id)
        sam = session.get_one(Practitioner, incident.holder_id)
        close(session, team, incident, CLOSING, by=sam, at=world.clock.now())


def _one_settled_one_open(world: World) -> tuple[str, str]:
    price, hughes, sam = world.contact("price"), world.contact("hughes"), world.staff("sam")
    price.texts("he is on the stairs and wont come down")
    settled = sam.hears_page()
    sam.replies("1")
    sam.replies("Sit near him, say little")
    _close(world, settled)
    hughes.texts("Mae hi'n dal i grio")
    for phone in (price, hughes, sam):
        phone.forgets()
    still_open = world.incidents()[-1].ref
    sam.replies(f"1 {still_open}")
    for phone in (price, hughes, sam):
        phone.forgets()
    return settled, still_open


def test_what_is_still_open_comes_first_and_what_was_done_is_told(world: World) -> None:
    settled, still_open = _one_settled_one_open(world)
    found = _handover(world)
    assert [item.ref for item in found.items] == [still_open, settled]
    text, document = world.told
    assert text.index("STILL OPEN") < text.index(still_open) < text.index("CLOSED") < text.index(settled)
    for words in (
        "Kestrel - Jane Price",
        "he is on the stairs",
        "Sit near him",
        "Outcome: Settled by three.",
        "Ring on Monday",
    ):
        assert words in text
    assert document["still_open"] == 1
    assert document["groups"][0]["contact"]["slug"] == "hughes"


def test_what_is_open_is_carried_over_until_it_is_closed(world: World) -> None:
    settled, still_open = _one_settled_one_open(world)
    world.clock.set(world.clock.now().replace(day=16, hour=10))  # after Monday's meeting
    found = _handover(world)
    assert [(item.ref, item.is_carried_over) for item in found.items] == [(still_open, True)]
    assert settled not in world.told[0]
    assert "NOTHING REPORTED: Kestrel" in world.told[0]

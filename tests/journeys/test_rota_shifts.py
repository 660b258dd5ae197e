"""Shifts as people live them, told as stories: what was worked, and the rest owed for it."""

from datetime import timedelta

from oncall.handover.contents import gather
from oncall.handover.period import next_meeting
from oncall.handover.wording import as_text
from oncall.paging.shifts.watch import watch
from oncall.paging.shifts.working import worked_before, worked_for_check
from oncall.people.queries import team_by_slug
from oncall.rotas.checking.gathering import check_team
from oncall.rotas.rest.listing import rest_json
from tests.journeys.scenes import closed, taken
from tests.journeys.world import World


def test_a_night_that_was_worked_breaks_daily_rest_and_a_quiet_one_does_not(world: World) -> None:
    sam, price = world.staff("sam"), world.contact("price")
    began = world.clock.now()
    taken(world, price)
    world.pass_time(minutes=6)
    sam.replies("I am ringing you now")
    price.hears("I am ringing you now")
    for words in ("she is up again", "and again"):
        world.pass_time(minutes=8 * 60)
        price.texts(words)
        sam.hears(words)
        sam.replies("stay with her")
        price.hears("stay with her")
    ended = world.clock.now()
    with world.house.database.reading() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        night, morning, evening = worked_before(session, team, at=ended)
        assert night.person == morning.person == evening.person == "sam"
        assert timedelta(minutes=6) <= night.end - began <= timedelta(minutes=8)
        assert night.start - began < timedelta(minutes=1)
        assert evening.end <= ended + timedelta(minutes=1)
        end = began + timedelta(days=1)
        worked = worked_for_check(session, team, start=began, end=end, at=ended)
        found = check_team(session, team, start=began, end=end, worked=worked).findings
        assert [one.person for one in found if one.kind == "daily_rest"] == ["sam"]
        quiet = check_team(session, team, start=began, end=end).findings
        assert not [one for one in quiet if one.kind == "daily_rest"]


def test_rest_is_owed_for_a_disturbed_night_and_leads_hear_of_it_in_the_morning_once(either_world: World) -> None:
    world = either_world
    huw, carys = world.staff("huw"), world.staff("carys")
    closed(world, taken(world, world.contact("price")))
    _looks(world)
    with world.house.database.reading() as session:
        team = team_by_slug(session, slug="torfaen")
        assert team is not None
        now = world.clock.now()
        (row,) = rest_json(session, team, at=now)["rest"]
        told = as_text(gather(session, team, next_meeting(team, at=now), at=now))
    assert f"REST OWED\n  {row['proposal']}." in told
    assert (row["person"], row["night"], row["settled_at"]) == ("sam", "2026-03-13", None)
    world.jump(minutes=(8 * 60 - 1) - (world.clock.now().hour * 60 + world.clock.now().minute))
    _looks(world)
    world.jump(minutes=1)
    for _ in range(2):
        _looks(world)
    for lead in (huw, carys):
        lead.hears("Rest owed. Sam Rees: last call ended", "11 hours run to")


def _looks(world: World) -> None:
    watch(world.house.database, world.clock)
    world.pass_time(seconds=5)

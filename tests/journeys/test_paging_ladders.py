"""Ladders as teams write them: text and then call, several tiers at once, one person on two of them."""

from tests.journeys.conftest import TEAM
from tests.journeys.telling import STEPS, lines, reload, rung_at
from tests.journeys.world import World

TEXT_THEN_CALL = TEAM.replace(
    STEPS,
    "steps: [{page: duty, by: [text], wait: 5m}, {page: duty, by: [call], wait: 3m}, "
    "{page: backup, by: [text, call], wait: 3m}, ",
)
EVERYBODY = TEAM.replace(STEPS, "steps: [{page: [duty, backup, manager], by: [text, call], wait: 2m}, ")
ONE_FOR_ALL = EVERYBODY.replace("people: [eli]", "people: [sam]").replace("people: [carys]", "people: [sam]")
ALONE = TEAM.replace(STEPS, "steps: [{page: duty, by: [text], wait: 3m}, ").replace("people: [carys]", "people: [sam]")


def test_one_person_is_texted_and_then_rung(world: World) -> None:
    reload(world, TEXT_THEN_CALL)
    world.contact("price").texts("please ring")
    ref = world.staff("sam").hears_page()
    world.pass_time(minutes=4, seconds=50)
    assert rung_at(world, "sam") == []
    world.pass_time(seconds=15)
    assert len(rung_at(world, "sam")) == 1
    world.pass_time(minutes=3)
    assert world.staff("eli").hears_page() == ref
    world.staff("sam").hears_nothing()
    world.contact("price").forgets()


def test_several_tiers_are_paged_together_and_the_caller_is_answered_once(world: World) -> None:
    """L26: answered once, however many pages go out."""
    reload(world, EVERYBODY)
    price = world.contact("price")
    price.texts("please ring")
    refs = {world.staff(slug).hears_page() for slug in ("sam", "eli", "carys")}
    assert len(refs) == 1
    price.hears("999")
    price.hears_nothing()


def test_one_person_on_several_tiers_is_paged_once_each_way(world: World) -> None:
    reload(world, ONE_FOR_ALL)
    world.contact("price").texts("please ring")
    world.pass_time(seconds=30)
    world.staff("sam").hears_page()
    world.staff("sam").hears_nothing()
    assert len(rung_at(world, "sam")) == 1
    world.contact("price").forgets()


def test_somebody_alone_who_passes_it_on_brings_everybody_else_there_is(world: World) -> None:
    """L22: it never ends with the only one who was paged."""
    reload(world, ALONE)
    world.contact("price").texts("please ring")
    sam = world.staff("sam")
    ref = sam.hears_page()
    sam.replies("2")
    sam.hears(f"{ref} is passed on")
    assert world.staff("carys").hears_page() == ref
    assert world.staff("huw").hears_page() == ref
    assert lines(world, ref, "passed_over") == ["Not paged: Sam Rees (manager): passed it on already."]
    world.contact("price").forgets()


def test_whoever_comes_on_duty_meanwhile_is_the_next_to_be_paged(world: World) -> None:
    """L34, L39: the rota of the moment counts, not that of the beginning."""
    world.contact("price").texts("please ring")
    ref = world.staff("sam").hears_page()
    reload(world, TEAM.replace("people: [eli]", "people: [nia]"))
    world.pass_time(minutes=3, seconds=5)
    page = world.staff("nia").hears("Atebwch 1")
    assert page.startswith(ref)
    world.staff("eli").hears_nothing()
    world.contact("price").forgets()

"""A text whose webhook never reached the service is found at Twilio and paged all the same."""

from oncall.lab.webhooks.mischief import Mischief
from oncall.texts.missed import take_in_missed
from tests.journeys.world import World


def _look(world: World) -> int:
    found = take_in_missed(world.house.database, world.house.account, world.clock)
    world.pass_time(seconds=5)
    return found


def test_a_text_whose_webhook_was_lost_is_taken_in_with_the_time_it_was_sent(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    world.lab.mischief("sms", Mischief(drop=True))
    price.texts("nobody has answered me")
    sam.hears_nothing()
    assert _look(world) == 0  # the webhook may still be under way
    world.pass_time(minutes=2)

    assert _look(world) == 1
    ref = sam.hears_page()
    price.hears("If anyone is in danger now, ring 999.")
    assert world.received(ref) == ["nobody has answered me"]
    assert "late: It was sent at 02:00; word of it reached the service only now." in world.record_of(ref)
    assert "text_was_missed" in world.alarms()
    assert _look(world) == 0


def test_a_text_that_arrived_is_not_taken_in_again(world: World) -> None:
    price, sam = world.contact("price"), world.staff("sam")
    price.texts("can somebody ring me")
    sam.hears_page()
    price.hears("999")
    sam.replies("1")
    sam.hears("You have")
    price.hears("Sam Rees has your message")
    world.pass_time(minutes=2)
    assert _look(world) == 0

"""The lab's page in Chromium: it lives, it can be worked by keyboard, it fits a phone, and axe finds nothing in it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from starlette.applications import Starlette
from starlette.routing import Mount
from twilio.rest import Client

from oncall.clock import ManualClock
from oncall.lab.app import build_app
from oncall.lab.lab import Lab
from oncall.lab.page.cast import Recorded, Setting
from tests.oncall.lab.conftest import NUMBER, SAM, START, Service, Switch
from tests.oncall.lab.test_page import CAST

PassTime = Callable[[float], None]
pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
PROMPT = '<Response><Gather numDigits="1" action="{}/key"><Say>Press 1 to take it.</Say></Gather></Response>'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists() and not os.environ.get("ONCALL_REQUIRE_BROWSER"):
        pytest.skip("no Chromium at /usr/bin/chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, lab: Lab, clock: ManualClock, exchange_server: tuple[Switch, str]) -> Iterator[Page]:
    switch, url = exchange_server
    recorded = [Recorded("1", START, "Jane Price texted")]
    setting = Setting(NUMBER, CAST, on_clock_moved=clock.move, recorded=lambda: recorded)
    switch.app = Starlette(routes=[Mount("/lab", app=build_app(lab, setting=setting))])
    lab.base_url = url + "/lab"
    opened = browser.new_page(viewport={"width": 1440, "height": 1000}, reduced_motion="reduce")
    troubles: list[str] = []
    opened.on("console", lambda message: troubles.append(message.text))
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.goto(url + "/lab")
    yield opened
    opened.close()
    assert troubles == []


def ring_sam(api: Client, service: Service, pass_time: PassTime) -> None:
    api.calls.create(to=SAM, from_=NUMBER, twiml=PROMPT.format(service.url))
    pass_time(2)


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: each rule, and the elements that break it."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [f"{node['html'][:90]} {node['failureSummary']}" for node in rule["nodes"]]) for rule in found]


def test_a_text_is_sent_by_keyboard_and_one_arrives_without_a_reload(
    page: Page, lab: Lab, api: Client, pass_time: PassTime
) -> None:
    page.get_by_label("Text from Jane Price’s phone").fill("he’s gone")
    page.keyboard.press("Enter")
    jane = page.get_by_role("log", name="Texts on Jane Price’s phone")
    expect(jane).to_contain_text("he’s gone")
    expect(page.get_by_label("Text from Jane Price’s phone")).to_have_value("")
    api.messages.create(to=SAM, from_=NUMBER, body="MIST Torfaen. KTRW")
    pass_time(5)
    expect(page.get_by_role("log", name="Texts on Sam Rees’s phone")).to_contain_text("KTRW")


def test_a_phone_rings_is_answered_and_a_key_is_pressed(
    page: Page, lab: Lab, api: Client, service: Service, pass_time: PassTime
) -> None:
    ring_sam(api, service, pass_time)
    answer = page.get_by_role("button", name="Answer: Sam Rees’s phone")
    expect(page).to_have_title("Ringing: Sam Rees")
    answer.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Press 1")).to_be_focused()
    pass_time(1)
    expect(page.get_by_label("Said on Sam Rees’s phone")).to_contain_text("Press 1 to take it.")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Said on Sam Rees’s phone")).to_contain_text("Pressed 1")
    pass_time(1)
    assert [hook.params["Digits"] for hook in service.at("/key")] == ["1"]


def presses(page: Page, button: str) -> None:
    """Presses a button; the press has reached the lab before time passes."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_role("button", name=button).click()


def test_two_talk_in_words(page: Page, lab: Lab, service: Service, pass_time: PassTime) -> None:
    service.says("/voice", '<Response><Dial><Conference waitUrl="" beep="false">A</Conference></Dial></Response>')
    presses(page, "Ring the line: Jane Price’s phone")
    pass_time(1)
    expect(page.get_by_text("Waiting to be joined")).to_be_visible()
    words = page.get_by_label("Say on Jane Price’s phone", exact=True)
    words.fill("He is on")
    presses(page, "Ring the line: Sam Rees’s phone")
    pass_time(1)
    expect(page.get_by_text("Talking with Jane Price")).to_be_visible()
    expect(words).to_have_value("He is on")
    words.fill("He is on the roof.")
    words.press("Enter")
    expect(page.get_by_label("Said on Sam Rees’s phone")).to_contain_text("Jane Price: He is on the roof.")
    expect(words).to_have_value("")
    assert violations(page) == []


def test_the_clock_is_moved_on_by_a_press(page: Page, clock: ManualClock) -> None:
    expect(page.locator(".time")).to_contain_text("02:00:00")
    page.get_by_role("button", name="Move the clock on by 5 min").click()
    expect(page.locator(".time")).to_contain_text("02:05:00")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    page: Page, lab: Lab, api: Client, service: Service, pass_time: PassTime, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    presses(page, "Switch off: Eli Morgan’s phone")
    presses(page, "Can somebody ring me?")
    api.messages.create(to=SAM, from_=NUMBER, body="MIST Torfaen. KTRW")
    ring_sam(api, service, pass_time)
    expect(page.get_by_role("button", name="Decline: Sam Rees’s phone")).to_be_visible()
    assert violations(page) == []
    presses(page, "Answer: Sam Rees’s phone")
    pass_time(1)
    expect(page.get_by_label("Said on Sam Rees’s phone")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width

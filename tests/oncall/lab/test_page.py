"""The lab's page over plain HTTP: what it shows, and that every button works as a form."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from twilio.rest import Client

from oncall.clock import ManualClock
from oncall.lab.app import build_app
from oncall.lab.lab import Lab
from oncall.lab.page.cast import Person, Recorded, Setting
from tests.oncall.lab.conftest import CARER, NUMBER, SAM, START, Service, Switch

PassTime = Callable[[float], None]
CAST = (
    Person("Jane Price", "Foster carer", CARER, "cy", "caller"),
    Person("Someone unknown", "Unknown caller", "86444", "en", "caller"),
    Person("Sam Rees", "On duty", SAM),
    Person("Eli Morgan", "Backup", "+447700900002", to_say=("ack",)),
)
RECORDED = [Recorded("7", START, "Jane Price texted <b>")]


@pytest.fixture
def page(lab: Lab, clock: ManualClock, exchange_server: tuple[Switch, str]) -> Iterator[httpx.Client]:
    """A visitor's browser without scripts; the lab is mounted beside nothing else, at /lab."""
    switch, url = exchange_server
    setting = Setting(NUMBER, CAST, on_clock_moved=clock.move, recorded=lambda: RECORDED)
    switch.app = Starlette(routes=[Mount("/lab", app=build_app(lab, setting=setting))])
    lab.base_url = url + "/lab"
    with httpx.Client(base_url=url, trust_env=False, follow_redirects=True) as visitor:
        yield visitor


def shown(page: httpx.Client) -> str:
    return page.get("/lab").raise_for_status().text


def do(page: httpx.Client, action: str, **form: str) -> httpx.Response:
    return page.post(f"/lab/phones/{action}", data=form).raise_for_status()


def test_the_page_says_whose_phones_these_are_and_what_to_try(page: httpx.Client) -> None:
    text = shown(page)
    for words in ("Jane Price", "Unknown caller", "Eli Morgan", "+44 7700 900101", "86444", "Cymraeg", "ack"):
        assert words in text
    assert "Three things to try" in text
    assert "Sam’s phone is paged at once" in text
    assert "Tuesday 24 November" in text
    assert "02:00:00" in text
    assert '<base href="/lab/">' in text


def test_what_was_recorded_is_shown_escaped(page: httpx.Client) -> None:
    assert "Jane Price texted &lt;b&gt;" in shown(page)


@pytest.mark.parametrize("path", ["static/lab.css", "static/lab.js", "static/lab.svg"])
def test_its_own_files_are_served(page: httpx.Client, path: str) -> None:
    assert page.get(f"/lab/{path}").status_code == 200


def test_nothing_is_loaded_from_elsewhere(page: httpx.Client) -> None:
    answer = page.get("/lab/")
    assert "http" not in answer.text.replace("http-equiv", "")
    assert answer.headers["content-security-policy"] == "default-src 'self'"


def test_a_text_written_on_the_page_reaches_the_service_and_stands_on_the_phone(
    page: httpx.Client, lab: Lab, service: Service
) -> None:
    back = do(page, "0/text", body="he’s <b>gone</b>\r\nhelp ")
    assert back.url.path == "/lab/"
    assert "he’s &lt;b&gt;gone&lt;/b&gt;\nhelp " in back.text
    lab.run_due()
    assert service.at("/sms")[0].params["Body"] == "he’s <b>gone</b>\nhelp "


def test_an_empty_text_is_not_sent(page: httpx.Client, lab: Lab) -> None:
    do(page, "0/text", body=" \r\n")
    do(page, "0/text")
    assert lab.handset(CARER).sent == []


def test_arriving_texts_and_finished_calls_are_shown(
    page: httpx.Client, lab: Lab, api: Client, pass_time: PassTime
) -> None:
    api.messages.create(to=SAM, from_=NUMBER, body="MIST Torfaen. KTRW")
    lab.handset(SAM).next_calls()
    api.calls.create(to=SAM, from_=NUMBER, twiml="<Response><Say>Hello.</Say></Response>", timeout=5)
    pass_time(60)
    text = shown(page)
    assert "MIST Torfaen. KTRW" in text
    assert "MIST on-call" in text
    assert "Missed call" in text


def test_a_call_is_answered_and_keys_are_pressed(
    page: httpx.Client, lab: Lab, api: Client, service: Service, pass_time: PassTime
) -> None:
    twiml = f'<Response><Gather numDigits="1" action="{service.url}/key"><Say>Press 1.</Say></Gather></Response>'
    api.calls.create(to=SAM, from_=NUMBER, twiml=twiml)
    pass_time(2)
    assert "is ringing" in shown(page)
    assert "Answer: Sam Rees’s phone" in shown(page)
    do(page, "2/answer")
    pass_time(0.1)
    assert "Press 1." in shown(page)
    assert "is ringing" not in shown(page)
    do(page, "2/press", key="x")
    do(page, "2/press", key="1")
    pass_time(1)
    assert [hook.params["Digits"] for hook in service.at("/key")] == ["1"]
    assert "Pressed 1" in shown(page)


def test_a_call_is_declined_and_what_comes_too_late_does_nothing(
    page: httpx.Client, lab: Lab, api: Client, pass_time: PassTime
) -> None:
    api.calls.create(to=SAM, from_=NUMBER, twiml="<Response/>")
    pass_time(2)
    do(page, "2/hang-up")
    do(page, "2/hang-up")
    do(page, "2/answer")
    assert [leg.status for leg in lab.handset(SAM).calls] == ["busy"]


def test_a_phone_is_switched_off_and_on(page: httpx.Client, lab: Lab, api: Client, pass_time: PassTime) -> None:
    assert 'data-on="no"' not in shown(page)
    do(page, "2/switch-off")
    assert 'data-on="no"' in shown(page)
    lost = api.messages.create(to=SAM, from_=NUMBER, body="Page")
    pass_time(5)
    assert (api.messages(lost.sid).fetch().error_code, lab.handset(SAM).inbox) == (30003, [])
    do(page, "2/switch-on")
    api.messages.create(to=SAM, from_=NUMBER, body="Page")
    pass_time(5)
    assert len(lab.handset(SAM).inbox) == 1


def test_the_line_is_rung_only_where_it_answers_calls(page: httpx.Client, lab: Lab, service: Service) -> None:
    service.says("/voice", "<Response><Say>Hello.</Say></Response>")
    assert "Ring the line" in shown(page)
    do(page, "0/ring")
    assert "– ringing" in shown(page)
    lab.exchange.number_of_account(NUMBER).settings["VoiceUrl"] = ""  # type: ignore[union-attr]
    assert "Ring the line" not in shown(page)


@pytest.mark.parametrize(("minutes", "moves"), [("1", 1), ("5", 5), ("15", 15), ("60", 60)])
def test_the_clock_is_moved_on(page: httpx.Client, clock: ManualClock, minutes: str, moves: int) -> None:
    page.post("/lab/clock", data={"minutes": minutes}).raise_for_status()
    assert clock.now() - START == timedelta(minutes=moves)


def test_only_what_is_offered_can_be_done(page: httpx.Client, clock: ManualClock) -> None:
    for path, form in (("phones/9/text", {"body": "x"}), ("phones/0/explode", {}), ("clock", {"minutes": "-5"})):
        assert page.post(f"/lab/{path}", data=form).status_code == 404
    assert clock.now() == START


def test_a_script_gets_no_page_back(page: httpx.Client) -> None:
    answer = page.post("/lab/phones/0/text", data={"body": "hello"}, headers={"X-Live": "yes"})
    assert (answer.status_code, answer.text) == (204, "")


def test_the_live_part_holds_each_phone(page: httpx.Client) -> None:
    text = page.get("/lab/live").text
    assert [text.count(f'data-phone="{place}"') for place in range(5)] == [1, 1, 1, 1, 0]


def test_without_a_setting_there_is_no_page(lab: Lab) -> None:
    assert httpx.get(lab.base_url + "/", trust_env=False).status_code == 404


def test_without_hooks_there_is_neither_clock_nor_record(lab: Lab, exchange_server: tuple[Switch, str]) -> None:
    switch, url = exchange_server
    switch.app = build_app(lab, setting=Setting(NUMBER, CAST[2:]))
    text = httpx.get(url + "/", trust_env=False).text
    assert "Move the clock on" not in text
    assert "What the service recorded" not in text
    assert "Three things to try" not in text
    assert httpx.post(url + "/clock", data={"minutes": "5"}, trust_env=False).status_code == 404

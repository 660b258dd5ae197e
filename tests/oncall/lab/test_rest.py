"""The REST API's manners: who may ask, lists and pages, redaction, numbers, and faults on request."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from oncall.clock import ManualClock
from oncall.lab.exchange.exchange import Settings
from oncall.lab.lab import Lab
from oncall.lab.rest.faults import Fault, FaultKind
from tests.oncall.lab.conftest import ACCOUNT, CARER, NUMBER, SAM, TOKEN, LoopbackClient, Service

PassTime = Callable[[float], None]


def send(api: Client, **extra: Any) -> str:
    return str(api.messages.create(**{"to": SAM, "from_": NUMBER, "body": "Page KTRW", **extra}).sid)


def refusal(ask: Callable[[], object]) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as caught:
        ask()
    return caught.value.code, caught.value.status


@pytest.mark.parametrize(
    ("name", "password", "account", "expected"),
    [
        (ACCOUNT, "wrong", ACCOUNT, (20003, 401)),
        ("AC" + "2" * 32, TOKEN, ACCOUNT, (20003, 401)),
        (ACCOUNT, TOKEN, "AC" + "2" * 32, (20404, 404)),
    ],
)
def test_strangers_are_refused(lab: Lab, name: str, password: str, account: str, expected: tuple[int, int]) -> None:
    http = LoopbackClient(lab.base_url)
    stranger = Client(name, password, account_sid=account, http_client=http)
    assert refusal(lambda: send(stranger)) == expected
    http.http.close()
    assert lab.exchange.records.messages == {}


@pytest.mark.parametrize("authorization", ["", "Basic", "Basic !!!", "Bearer abc"])
def test_a_malformed_password_is_refused(lab: Lab, authorization: str) -> None:
    path = f"{lab.base_url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    answer = httpx.get(path, headers={"Authorization": authorization} if authorization else {}, trust_env=False)
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)
    assert answer.json()["more_info"] == "https://www.twilio.com/docs/errors/20003"


def test_what_is_not_there_is_20404(lab: Lab, api: Client) -> None:
    assert refusal(lambda: api.messages("SM" + "0" * 32).fetch()) == (20404, 404)
    assert refusal(lambda: api.calls("CA" + "0" * 32).fetch()) == (20404, 404)
    assert refusal(lambda: api.conferences("CF" + "0" * 32).fetch()) == (20404, 404)
    assert refusal(lambda: api.messages.create(to=SAM, messaging_service_sid="MG1", body="x")) == (20404, 404)


def test_an_answer_has_the_telephone_companys_shape(lab: Lab) -> None:
    path = f"{lab.base_url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    form = {"To": SAM, "From": NUMBER, "Body": "ŵ" * 71, "Unknown": "ignored"}
    answer = httpx.post(path, data=form, auth=(ACCOUNT, TOKEN), trust_env=False)
    row = answer.json()
    assert answer.status_code == 201
    assert row["date_created"] == "Tue, 24 Nov 2026 02:00:00 +0000"
    assert (row["num_segments"], row["price"], row["error_code"], row["date_sent"]) == ("2", None, None, None)
    assert row["uri"] == f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{row['sid']}.json"


def test_messages_are_listed_newest_first_filtered_and_paged(
    lab: Lab, api: Client, clock: ManualClock, pass_time: PassTime
) -> None:
    first = send(api)
    pass_time(600)
    between = clock.now()
    pass_time(10)
    others = [send(api, to=CARER) for _ in range(3)]
    pass_time(600)
    assert [row.sid for row in api.messages.list()] == [*others[::-1], first]
    assert [row.sid for row in api.messages.list(page_size=2)] == [*others[::-1], first]
    assert [row.sid for row in api.messages.list(to=SAM, from_=NUMBER)] == [first]
    assert [row.sid for row in api.messages.list(date_sent_after=between)] == others[::-1]
    assert [row.sid for row in api.messages.list(date_sent_before=between)] == [first]
    assert len(api.messages.list(date_sent=clock.now().date())) == 4
    assert api.messages.list(date_sent=clock.now().date() - timedelta(days=1)) == []


def test_lists_may_lag_behind(lab: Lab, api: Client, pass_time: PassTime) -> None:
    lab.settings = Settings(list_lag=timedelta(seconds=5))
    sid = send(api)
    assert api.messages.list() == []
    assert api.messages(sid).fetch().sid == sid
    pass_time(5)
    assert [row.sid for row in api.messages.list()] == [sid]


def test_words_are_redacted_and_messages_deleted_but_not_under_way(lab: Lab, api: Client, pass_time: PassTime) -> None:
    sid = send(api)
    assert refusal(lambda: api.messages(sid).update(body="")) == (20009, 409)
    assert refusal(lambda: api.messages(sid).delete()) == (20009, 409)
    pass_time(10)
    assert refusal(lambda: api.messages(sid).update(body="other")) == (20001, 400)
    assert api.messages(sid).update(body="").body == ""
    assert api.messages(sid).delete() is True
    assert refusal(lambda: api.messages(sid).fetch()) == (20404, 404)


def test_a_numbers_addresses_count_from_the_next_text(lab: Lab, api: Client, service: Service) -> None:
    [number] = api.incoming_phone_numbers.list(phone_number=NUMBER)
    assert number.sms_url == service.url + "/sms?team=1"
    changed = api.incoming_phone_numbers(number.sid).update(sms_url=service.url + "/new", sms_fallback_url="")
    assert changed.sms_url == service.url + "/new"
    assert changed.voice_url == service.url + "/voice"
    lab.handset(CARER).texts(NUMBER, "hello")
    lab.run_due()
    assert len(service.at("/new")) == 1
    assert api.incoming_phone_numbers.list(phone_number="+441") == []


def test_the_account_is_read(api: Client) -> None:
    assert api.api.accounts(ACCOUNT).fetch().status == "active"


def test_a_refused_request_is_not_carried_out(lab: Lab, api: Client) -> None:
    lab.fault(Fault(FaultKind.REFUSE, code=20429), times=2)
    assert refusal(lambda: send(api)) == (20429, 429)
    assert refusal(lambda: send(api)) == (20429, 429)
    assert lab.exchange.records.messages == {}
    assert send(api)


@pytest.mark.parametrize(("kind", "carried_out"), [(FaultKind.BROKEN_BEFORE, False), (FaultKind.BROKEN_AFTER, True)])
def test_a_broken_server_may_have_carried_it_out(lab: Lab, api: Client, kind: FaultKind, carried_out: bool) -> None:
    lab.fault(Fault(kind))
    assert refusal(lambda: send(api)) == (20500, 500)
    assert bool(lab.exchange.records.messages) is carried_out


@pytest.mark.parametrize(("kind", "carried_out"), [(FaultKind.CUT_BEFORE, False), (FaultKind.CUT_AFTER, True)])
def test_a_cut_connection_may_have_carried_it_out(lab: Lab, api: Client, kind: FaultKind, carried_out: bool) -> None:
    lab.fault(Fault(kind))
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        send(api)
    assert bool(lab.exchange.records.messages) is carried_out
    assert send(api)


def test_a_slow_answer_outlasts_the_clients_patience(lab: Lab, api: Client) -> None:
    lab.fault(Fault(FaultKind.SLOW, seconds=30))
    http = LoopbackClient(lab.base_url)
    http.http.timeout = httpx.Timeout(0.2)
    hasty = Client(ACCOUNT, TOKEN, http_client=http)
    with pytest.raises(httpx.ReadTimeout):
        send(hasty)
    http.http.close()
    assert len(lab.exchange.records.messages) == 1


def test_a_garbled_answer(lab: Lab, api: Client) -> None:
    lab.fault(Fault(FaultKind.GARBLED_AFTER))
    with pytest.raises(ValueError, match=r"Unterminated|Expecting|delimiter"):
        send(api)
    assert len(lab.exchange.records.messages) == 1


def test_a_callback_may_come_before_the_answer(lab: Lab, api: Client, service: Service) -> None:
    lab.fault(Fault(FaultKind.CALLBACK_FIRST))
    sid = send(api, status_callback=service.url + "/status")
    assert [hook.params["MessageSid"] for hook in service.at("/status")] == [sid]
    assert [entry.kind for entry in lab.journal.entries()] == ["message-status", "rest"]
    lab.fault(Fault(FaultKind.CALLBACK_FIRST))
    assert api.messages(send(api)).fetch().status == "sent"
    lab.fault(Fault(FaultKind.CALLBACK_FIRST, method="GET"))
    assert api.messages.list()


def test_a_fault_waits_for_its_own_request(lab: Lab, api: Client) -> None:
    lab.fault(Fault(FaultKind.REFUSE, resource="/Calls", code=20003))
    lab.fault(Fault(FaultKind.REFUSE, code=21610, matches=lambda request: request.given("To") == SAM))
    assert send(api, to=CARER)
    assert refusal(lambda: send(api)) == (21610, 400)
    assert refusal(lambda: api.calls.create(to=SAM, from_=NUMBER, url="http://x/")) == (20003, 401)
    lab.fault(Fault(FaultKind.REFUSE))
    lab.faults.clear()
    assert send(api)


def test_two_equal_requests_make_two_texts(lab: Lab, api: Client) -> None:
    assert send(api) != send(api)


@pytest.mark.parametrize(
    "query", [{"DateSent": "yesterday"}, {"PageSize": "many"}, {"Page": "-1"}], ids=["date", "size", "page"]
)
def test_a_list_asked_for_wrongly_is_refused(lab: Lab, query: dict[str, str]) -> None:
    lab.handset(CARER).texts(NUMBER, "hello")
    path = f"{lab.base_url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    answer = httpx.get(path, params=query, auth=(ACCOUNT, TOKEN), trust_env=False)
    assert (answer.status_code, answer.json()["code"]) == (400, 20001)


def test_what_a_resource_cannot_do_is_refused(lab: Lab, api: Client) -> None:
    path = f"{lab.base_url}/2010-04-01/Accounts/{ACCOUNT}"
    for method, rest, code in (("DELETE", "/Messages.json", 20004), ("GET", "/IncomingPhoneNumbers/PN0.json", 20404)):
        answer = httpx.request(method, path + rest, auth=(ACCOUNT, TOKEN), trust_env=False)
        assert answer.json()["code"] == code
    assert refusal(lambda: send(api, validity_period="soon")) == (20001, 400)


def test_a_numbers_row_is_read(lab: Lab, api: Client) -> None:
    [number] = api.incoming_phone_numbers.list()
    read = api.incoming_phone_numbers(number.sid).fetch()
    assert (read.phone_number, read.sms_method, read.friendly_name) == (NUMBER, "POST", NUMBER)
    assert read.capabilities["sms"] is True

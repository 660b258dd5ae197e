"""The variables a Function reads, through Twilio's own client."""

from collections.abc import Callable, Iterator

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.rest.serverless.v1.service.environment import EnvironmentContext

from oncall.clock import ManualClock
from oncall.lab.lab import Lab
from tests.oncall.lab.conftest import ACCOUNT, START, TOKEN, LoopbackClient


class ServerlessClient(LoopbackClient):
    """Twilio's client, with the host of Functions leading to the lab as well."""

    def request(self, method, uri, *args, **kwargs):  # type: ignore[no-untyped-def]
        return super().request(method, uri.replace("https://serverless.twilio.com", self.base_url), *args, **kwargs)


@pytest.fixture
def functions(lab: Lab) -> Iterator[Client]:
    http = ServerlessClient(lab.base_url)
    yield Client(ACCOUNT, TOKEN, http_client=http)
    http.http.close()


@pytest.fixture
def environment(lab: Lab, functions: Client) -> EnvironmentContext:
    hosted = lab.host_functions({"CHAIN_DEFAULT": "+442079460000"})
    return functions.serverless.v1.services(hosted.sid).environments(hosted.environment_sid)


def refusal(ask: Callable[[], object]) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as caught:
        ask()
    return caught.value.code, caught.value.status


def test_a_variable_is_made_read_changed_and_deleted(environment: EnvironmentContext, clock: ManualClock) -> None:
    made = environment.variables.create(key="CHAIN_447700900000", value="+447700900001")
    assert [each.key for each in environment.variables.list()] == ["CHAIN_DEFAULT", "CHAIN_447700900000"]
    changed = environment.variables(made.sid).update(value="+447700900002,+447700900001")
    assert environment.variables(made.sid).fetch().value == changed.value == "+447700900002,+447700900001"
    assert (changed.key, changed.date_updated) == ("CHAIN_447700900000", START)
    assert environment.variables(made.sid).delete() is True
    assert [each.value for each in environment.variables.list(page_size=100)] == ["+442079460000"]


def test_what_cannot_be_kept_is_refused(environment: EnvironmentContext, functions: Client, lab: Lab) -> None:
    assert refusal(lambda: environment.variables.create(key="CHAIN_DEFAULT", value="1")) == (20409, 409)
    assert refusal(lambda: environment.variables.create(key="A", value="x" * 451)) == (20001, 400)
    assert refusal(lambda: environment.variables.create(key="x" * 129, value="1")) == (20001, 400)
    assert refusal(lambda: environment.variables.create(key="", value="1")) == (20001, 400)
    [sid] = [each.sid for each in environment.variables.list()]
    assert refusal(lambda: environment.variables(sid).update(value="")) == (20001, 400)
    assert refusal(lambda: environment.variables("ZV" + "0" * 32).fetch()) == (20404, 404)
    elsewhere = functions.serverless.v1.services("ZS" + "0" * 32).environments("ZE" + "0" * 32)
    assert refusal(lambda: elsewhere.variables.create(key="A", value="1")) == (20404, 404)


def test_strangers_and_other_ways_are_refused(environment: EnvironmentContext, lab: Lab) -> None:
    http = ServerlessClient(lab.base_url)
    stranger = Client(ACCOUNT, "wrong", http_client=http)
    [hosted] = lab.exchange.records.hosted.values()
    there = stranger.serverless.v1.services(hosted.sid).environments(hosted.environment_sid)
    assert refusal(lambda: there.variables.create(key="A", value="1")) == (20003, 401)
    url = f"{lab.base_url}/v1/Services/{hosted.sid}/Environments/{hosted.environment_sid}/Variables"
    [variable] = hosted.variables
    for address in (url, f"{url}/{variable}"):
        assert http.http.put(address, auth=(ACCOUNT, TOKEN)).status_code == 405
    http.http.close()

"""The variables of a Function's environment over REST: list, read, create, change, delete.

A change counts from the next execution, without a deployment; a value may be 450 bytes long and no longer.
"""

import re
from collections.abc import Callable
from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.refusals import Refused
from oncall.lab.functions.hosted import Hosted, Variable
from oncall.lab.rest.request import Answer, Request, as_json
from oncall.lab.rest.resources.listing import Row

_PATH = re.compile(r"/v1/Services/(?P<service>[^/]+)/Environments/(?P<environment>[^/]+)/Variables(/(?P<sid>[^/]+))?")
_LONGEST_VALUE = 450
_LONGEST_KEY = 128
_PAGE = 50


def answer(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    """Carries out one request to the Variables of an environment."""
    parts = _PATH.fullmatch(request.path)
    hosted = exchange.records.hosted.get(parts["service"]) if parts is not None else None
    if parts is None or hosted is None or hosted.environment_sid != parts["environment"]:
        raise Refused(20404)
    if parts["sid"] is None:
        return _of_all(exchange, request, hosted, at=at)
    variable = hosted.variables.get(parts["sid"])
    if variable is None:
        raise Refused(20404)
    return _of_one(exchange, request, hosted, variable, at=at)


def _of_all(exchange: Exchange, request: Request, hosted: Hosted, *, at: datetime) -> Answer:
    if request.method == "GET":
        return _listed(exchange, request, hosted)
    if request.method != "POST":
        raise Refused(20004)
    key, value = _key(request), _value(request)
    if hosted.value(key) or any(each.key == key for each in hosted.variables.values()):
        raise Refused(20409)
    variable = Variable(exchange.new_sid("ZV"), key, value, at, at)
    hosted.variables[variable.sid] = variable
    return as_json(201, _row(exchange, hosted, variable), about=variable.sid)


def _listed(exchange: Exchange, request: Request, hosted: Hosted) -> Answer:
    rows = [_row(exchange, hosted, each) for each in hosted.variables.values()]
    asked = request.asked("PageSize", str(_PAGE))
    meta = {
        "page": 0,
        "page_size": int(asked) if asked.isdigit() else _PAGE,
        "first_page_url": request.path,
        "previous_page_url": None,
        "url": request.path,
        "next_page_url": None,
        "key": "variables",
    }
    return as_json(200, {"variables": rows, "meta": meta})


def _of_one(exchange: Exchange, request: Request, hosted: Hosted, variable: Variable, *, at: datetime) -> Answer:
    def read() -> Answer:
        return as_json(200, _row(exchange, hosted, variable), about=variable.sid)

    def change() -> Answer:
        variable.key = _key(request) if request.has("Key") else variable.key
        variable.value = _value(request) if request.has("Value") else variable.value
        variable.updated_at = at
        return read()

    def delete() -> Answer:
        del hosted.variables[variable.sid]
        return Answer(204, about=variable.sid)

    ways: dict[str, Callable[[], Answer]] = {"GET": read, "POST": change, "DELETE": delete}
    if request.method not in ways:
        raise Refused(20004)
    return ways[request.method]()


def _key(request: Request) -> str:
    key = request.given("Key")
    if not key or len(key) > _LONGEST_KEY:
        raise Refused(20001, "Invalid Key")
    return key


def _value(request: Request) -> str:
    value = request.given("Value")
    if not value or len(value.encode()) > _LONGEST_VALUE:
        raise Refused(20001, "Invalid Value")
    return value


def _row(exchange: Exchange, hosted: Hosted, variable: Variable) -> Row:
    path = f"/v1/Services/{hosted.sid}/Environments/{hosted.environment_sid}/Variables/{variable.sid}"
    return {
        "sid": variable.sid,
        "account_sid": exchange.account_sid,
        "service_sid": hosted.sid,
        "environment_sid": hosted.environment_sid,
        "key": variable.key,
        "value": variable.value,
        "date_created": variable.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "date_updated": variable.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "url": f"https://serverless.twilio.com{path}",
    }

"""The IncomingPhoneNumbers resource, and the account itself: what `doctor` reads and a set-up changes."""

from datetime import datetime

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.records import Number
from oncall.lab.exchange.refusals import Refused
from oncall.lab.rest.request import Answer, Request, as_json, rfc2822
from oncall.lab.rest.resources.listing import Row, page

_URLS = ("VoiceUrl", "VoiceFallbackUrl", "SmsUrl", "SmsFallbackUrl", "StatusCallback")
_METHODS = ("VoiceMethod", "VoiceFallbackMethod", "SmsMethod", "SmsFallbackMethod", "StatusCallbackMethod")
_SHOWN_AS = {
    "VoiceUrl": "voice_url",
    "VoiceMethod": "voice_method",
    "VoiceFallbackUrl": "voice_fallback_url",
    "VoiceFallbackMethod": "voice_fallback_method",
    "SmsUrl": "sms_url",
    "SmsMethod": "sms_method",
    "SmsFallbackUrl": "sms_fallback_url",
    "SmsFallbackMethod": "sms_fallback_method",
    "StatusCallback": "status_callback",
    "StatusCallbackMethod": "status_callback_method",
    "FriendlyName": "friendly_name",
}


def list_all(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    asked = request.asked("PhoneNumber")
    rows = [as_row(exchange, number) for number in exchange.records.numbers.values() if asked in number.number]
    return page(request, "incoming_phone_numbers", rows, path=request.path)


def read(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    number = _named(exchange, request)
    return as_json(200, as_row(exchange, number), about=number.sid)


def update(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    """A change counts from the next call or text on."""
    number = _named(exchange, request)
    number.settings.update({name: request.given(name) for name in _SHOWN_AS if request.has(name)})
    number.updated_at = at
    return as_json(200, as_row(exchange, number), about=number.sid)


def read_account(exchange: Exchange, request: Request, *, at: datetime) -> Answer:
    content: Row = {
        "sid": exchange.account_sid,
        "friendly_name": "The lab",
        "status": "active",
        "type": "Full",
        "owner_account_sid": exchange.account_sid,
        "auth_token": None,
        "date_created": None,
        "date_updated": None,
        "subresource_uris": {},
        "uri": f"/2010-04-01/Accounts/{exchange.account_sid}.json",
    }
    return as_json(200, content, about=exchange.account_sid)


def _named(exchange: Exchange, request: Request) -> Number:
    number = exchange.records.numbers.get(request.path.rpartition("/")[2].removesuffix(".json"))
    if number is None:
        raise Refused(20404)
    return number


def as_row(exchange: Exchange, number: Number) -> Row:
    """A number as the API shows it."""
    return {
        "sid": number.sid,
        "account_sid": exchange.account_sid,
        "api_version": "2010-04-01",
        "phone_number": number.number,
        **{shown: number.settings.get(name, _default(name, number)) for name, shown in _SHOWN_AS.items()},
        "voice_application_sid": "",
        "sms_application_sid": "",
        "trunk_sid": None,
        "bundle_sid": None,
        "address_sid": None,
        "capabilities": {"voice": True, "sms": True, "mms": False, "fax": False},
        "status": "in-use",
        "date_created": rfc2822(number.created_at),
        "date_updated": rfc2822(number.updated_at),
        "uri": f"/2010-04-01/Accounts/{exchange.account_sid}/IncomingPhoneNumbers/{number.sid}.json",
    }


def _default(name: str, number: Number) -> str:
    return "POST" if name in _METHODS else "" if name in _URLS else number.number

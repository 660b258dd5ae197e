"""The lab's stand-in for the fallback does what the Functions in docs/fallback.md do: the same phones, in the order and
the way they are asked there; only its words are its own."""

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from oncall.clock import ManualClock
from oncall.lab.functions.hosted import Hosted, Variable
from oncall.lab.functions.standby import FUNCTIONS
from oncall.paging.outage.chain import variable_name, written
from tests.oncall.test_fallback_function import CALL, CARER, CHAIN, ELI, FIXED, LINE, SAM, TEXT, needs_node, run

TOLD = {variable_name(LINE): written(CHAIN), "CHAIN_DEFAULT": FIXED}
ENDED = [
    {"DialCallStatus": "no-answer", "DialBridged": "false"},
    {"DialCallStatus": "completed", "DialBridged": "false"},
    {"DialCallStatus": "completed"},
    {"DialCallStatus": "completed", "DialBridged": "true"},
    {"DialCallStatus": "failed"},
]
CALLS: list[tuple[str, dict[str, str]]] = [
    ("/voice", CALL),
    ("/voice", {**CALL, "Direction": "outbound-api"}),
    ("/voice", {**CALL, "From": SAM}),
    *(("/voice", {**CALL, **ended, "round": str(round_)}) for ended in ENDED for round_ in (1, 2, 3)),
    *(("/accept", {**CALL, **keys}) for keys in ({}, {"Digits": "1"}, {"Digits": "2"}, {"Digits": "5"})),
    ("/sms", TEXT),
    ("/sms", {**TEXT, "From": ELI, "Body": "1"}),
    ("/sms", {**TEXT, "From": "GP Surgery"}),
]
VARIABLES: list[dict[str, str]] = [TOLD, {"CHAIN_DEFAULT": FIXED}, {}, {variable_name(LINE): f"{CARER},x,{SAM},,{ELI}"}]


@dataclass
class Done:
    """What an answer comes to, but for its words."""

    verbs: list[str]
    rung: list[str]
    dial: dict[str, str]
    asked: dict[str, str]
    texted: list[str]
    told_beside: list[str] = field(default_factory=list)


def _done(document: Element, beside: list[str]) -> Done:
    verbs = [verb.tag for verb in document if verb.tag not in {"Say", "Pause"}]
    dial = {**next((dict(one.attrib) for one in document.iter("Dial")), {})}
    for number in document.iter("Number"):
        dial["asked"] = number.attrib["url"].lstrip("/")
    asked = {**next((dict(one.attrib) for one in document.iter("Gather")), {})}
    for named in (dial, asked):
        named.pop("method", None)
        if "action" in named:
            named["action"] = named["action"].lstrip("/")
    return Done(
        verbs,
        [number.text or "" for number in document.iter("Number")],
        dial,
        {key: value for key, value in asked.items() if key in {"numDigits", "timeout", "action"}},
        [one.attrib.get("to", "the sender") for one in document.iter("Message")],
        beside,
    )


def _stand_in(path: str, event: dict[str, str], variables: dict[str, str], at: Any) -> Done:
    hosted = Hosted("ZS", "ZE", at, {key: Variable(key, key, value, at, at) for key, value in variables.items()})
    result = FUNCTIONS[path.lstrip("/")](hosted, event)
    return _done(fromstring(result.document), [to for to, _ in result.texts])  # noqa: S314 - our own document


@needs_node
@pytest.mark.parametrize("variables", VARIABLES, ids=["told", "the fixed one", "nothing", "odd"])
def test_the_stand_in_does_as_the_functions_do(variables: dict[str, str], clock: ManualClock) -> None:
    for path, event in CALLS if variables is TOLD else (CALLS[0], CALLS[-3], CALLS[-2]):
        answer = run(path, event, variables)
        real = _done(answer.document, [text["to"] for text in answer.sent])
        assert _stand_in(path, event, variables, clock.now()) == real, (path, event)

"""The fallback's Functions as docs/fallback.md has them, run by Node with a stand-in for what Twilio gives them."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from oncall.paging.outage.chain import MOST_RUNG, variable_name, written
from oncall.telephony.account.webhooks import FALLBACKS
from oncall.telephony.twiml import VOICES

DOCUMENT = Path(__file__).parents[2] / "docs" / "fallback.md"
NODE = shutil.which("node")
LINE, CARER = "+447700900000", "+447700900101"
SAM, ELI, CARYS, FIXED = "+447700900001", "+447700900002", "+447700900003", "+442079460000"
CHAIN = [SAM, ELI, CARYS, FIXED]
CALL = {"To": LINE, "From": CARER, "Direction": "inbound", "CallStatus": "ringing"}
TEXT = {"To": LINE, "From": CARER, "Body": "She has gone out of the window"}

STAND_IN = r"""
const escaped = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
class Verb {
  constructor(name, attributes = {}, words = "") { Object.assign(this, { name, attributes, words, inner: [] }); }
  add(name, given) {
    const [attributes, words] = typeof given[0] === "object" ? [given[0], given[1] || ""] : [{}, given[0] || ""];
    const verb = new Verb(name, attributes, words);
    this.inner.push(verb);
    return verb;
  }
  toString() {
    const attributes = Object.entries(this.attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`).join("");
    return `<${this.name}${attributes}>${escaped(this.words)}${this.inner.join("")}</${this.name}>`;
  }
}
for (const name of ["Say", "Pause", "Dial", "Number", "Gather", "Hangup", "Message"]) {
  Verb.prototype[name.toLowerCase()] = function (...given) { return this.add(name, given); };
}
class Response extends Verb { constructor() { super("Response"); } }
global.Twilio = { twiml: { VoiceResponse: Response, MessagingResponse: Response } };
const sent = [];
const { source, variables, event } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const module_ = { exports: {} };
new Function("exports", "module", source)(module_.exports, module_);
const create = async (message) => { if (sent.push(message) === 1) throw new Error("refused"); };
const context = { ...variables, getTwilioClient: () => ({ messages: { create } }) };
module_.exports.handler(context, event, (error, answer) =>
  process.stdout.write(JSON.stringify({ answer: String(answer), sent })));
"""

needs_node = pytest.mark.skipif(NODE is None, reason="Node is not on this machine")


@dataclass(frozen=True)
class Answer:
    """What a Function answered, and the texts it sent by itself."""

    document: Element
    sent: list[dict[str, str]]

    @property
    def verbs(self) -> list[str]:
        return [verb.tag for verb in self.document]

    @property
    def said(self) -> str:
        return " ".join(say.text or "" for say in self.document.iter("Say"))

    @property
    def rung(self) -> list[str]:
        return [number.text or "" for number in self.document.iter("Number")]


@cache
def functions() -> dict[str, str]:
    """The source of each Function by its path."""
    found = re.findall(
        r"^## `(/\w+)`\n\n```javascript\n(.+?)^```", DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return dict(found)


def run(path: str, event: dict[str, str], variables: dict[str, str] | None = None) -> Answer:
    told = {variable_name(LINE): written(CHAIN)} if variables is None else variables
    given = json.dumps({"source": functions()[path], "variables": told, "event": event})
    ran = subprocess.run(
        [NODE or "", "-e", STAND_IN], input=given, capture_output=True, text=True, check=True, timeout=30
    )
    answered = json.loads(ran.stdout)
    assert ran.stderr == ""
    return Answer(fromstring(answered["answer"]), answered["sent"])  # noqa: S314 - our own document


def test_the_document_holds_what_the_numbers_are_told_to_ask() -> None:
    assert set(functions()) == {*FALLBACKS.values(), "/accept"}
    assert not re.search(r"console\.", "".join(functions().values()))
    for voice, locale in VOICES.values():
        assert f'{{ voice: "{voice}", language: "{locale}" }}' in functions()["/voice"]


@needs_node
def test_a_call_is_put_through_to_each_in_turn_under_the_teams_number() -> None:
    answer = run("/voice", CALL)
    assert answer.verbs == ["Say", "Say", "Dial"]
    assert "999" in answer.said
    assert answer.rung == CHAIN
    (dial,) = answer.document.iter("Dial")
    assert dial.attrib == {
        "sequential": "true",
        "timeout": "20",
        "answerOnBridge": "true",
        "callerId": LINE,
        "action": "/voice?round=1",
        "method": "POST",
    }
    assert all(number.attrib["url"] == "/accept" for number in answer.document.iter("Number"))


@needs_node
@pytest.mark.parametrize(
    "result",
    [
        {"DialCallStatus": "no-answer", "DialBridged": "false"},
        {"DialCallStatus": "completed", "DialBridged": "false"},
        {"DialCallStatus": "completed"},
        {"DialCallStatus": "failed"},
    ],
)
def test_whatever_ended_it_without_a_talk_is_rung_again_then_owned_up_to(result: dict[str, str]) -> None:
    again = run("/voice", {**CALL, **result, "round": "1"})
    assert "we are ringing again" in again.said
    assert again.rung == CHAIN[1:] + CHAIN[:1]  # a phone that only records does not end every round before the next
    last = run("/voice", {**CALL, **result, "round": "3"})
    assert last.verbs == ["Say", "Say", "Hangup"]
    assert "999" in last.said
    assert [text["to"] for text in last.sent] == CHAIN
    assert {text["from"] for text in last.sent} == {LINE}
    assert CARER not in str(last.sent)


@needs_node
def test_after_a_talk_it_ends() -> None:
    assert run("/voice", {**CALL, "DialCallStatus": "completed", "DialBridged": "true", "round": "1"}).verbs == [
        "Hangup"
    ]


@needs_node
def test_a_call_that_was_waiting_with_us_is_told_that_it_goes_on() -> None:
    assert "If you have spoken with somebody" in run("/voice", {**CALL, "DialCallStatus": "answered"}).said


@needs_node
def test_a_call_of_ours_is_not_put_through_to_anyone() -> None:
    assert run("/voice", {**CALL, "Direction": "outbound-api"}).verbs == ["Hangup"]


@needs_node
@pytest.mark.parametrize(
    ("variables", "rung"),
    [
        ({"CHAIN_DEFAULT": FIXED}, [FIXED]),
        ({"CHAIN_441": SAM, "CHAIN_DEFAULT": FIXED}, [FIXED]),
        ({variable_name(LINE): f"{CARER},{SAM},nonsense,,{ELI}"}, [SAM, ELI]),
    ],
)
def test_the_chain_is_the_teams_or_the_fixed_number(variables: dict[str, str], rung: list[str]) -> None:
    assert run("/voice", CALL, variables).rung == rung


@needs_node
def test_with_nobody_to_ring_the_caller_is_told_where_to_turn() -> None:
    answer = run("/voice", CALL, {})
    assert answer.verbs == ["Say", "Say", "Hangup"]
    assert "111" in answer.said


@needs_node
@pytest.mark.parametrize(
    ("keys", "verbs"),
    [
        ({}, ["Gather", "Hangup"]),
        ({"Digits": "5"}, ["Gather", "Hangup"]),
        ({"Digits": "2"}, ["Hangup"]),
        ({"Digits": "1"}, []),
    ],
)
def test_only_a_one_joins_them(keys: dict[str, str], verbs: list[str]) -> None:
    """L1, L2"""
    answer = run("/accept", {**CALL, "To": SAM, "Direction": "outbound-dial", **keys})
    assert answer.verbs == verbs
    if "Gather" in verbs:
        gather = answer.document[0]
        assert (gather[0].tag, gather.attrib["numDigits"], gather.attrib["action"]) == ("Say", "1", "/accept")


@needs_node
def test_a_text_is_answered_and_those_on_call_are_told_without_its_words() -> None:
    answer = run("/sms", TEXT)
    reply, *pages = answer.document
    assert (reply.attrib, "999" in (reply.text or "")) == ({}, True)
    assert [page.attrib["to"] for page in pages] == CHAIN
    assert not [page for page in pages if "window" in (page.text or "") or CARER in (page.text or "")]


@needs_node
def test_a_practitioners_answer_pages_nobody() -> None:
    (told,) = run("/sms", {**TEXT, "From": ELI, "Body": "1"}).document
    assert "not taken in" in (told.text or "")


@needs_node
def test_a_sender_without_a_number_is_not_answered() -> None:
    assert [page.attrib["to"] for page in run("/sms", {**TEXT, "From": "GP Surgery"}).document] == CHAIN


def test_a_full_chain_fits_a_variable() -> None:
    assert len(written(["+" + "4" * 15] * MOST_RUNG)) <= 450

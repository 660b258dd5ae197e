"""A handset: what a person does with a phone (texts, answers, presses, hangs up), and what they see and hear on it.

Doing something only puts it on its way; it reaches the service when the lab next runs what is due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall.lab.exchange.exchange import Exchange
from oncall.lab.exchange.personas import BY_HAND, CallPersona, TextPersona
from oncall.lab.exchange.records import Media, Message, Phone, ReceivedText
from oncall.lab.texts import inbound
from oncall.lab.twiml.listening import press
from oncall.lab.voice.inbound import dial
from oncall.lab.voice.leg import Heard, Leg, Talk
from oncall.lab.voice.ringing import answer, hang_up
from oncall.lab.voice.talking import longest_silence, say_aloud


class NoCall(Exception):
    """This handset neither rings nor is on a call."""


@dataclass(frozen=True, slots=True)
class SentText:
    """A text this handset sent."""

    at: datetime
    to: str
    body: str
    sid: str


@dataclass(frozen=True, slots=True)
class ArrivedText:
    """A text this handset shows, and what the network says of it by now."""

    at: datetime
    sender: str
    body: str
    status: str
    sid: str


class Handset:
    """One phone, by its number; the sender may as well be a short code, a name, or withheld."""

    def __init__(self, exchange: Exchange, number: str) -> None:
        self.number = number
        self._exchange = exchange

    @property
    def _phone(self) -> Phone:
        return self._exchange.phone(self.number)

    @property
    def text_persona(self) -> TextPersona:
        """What becomes of texts sent to this phone from now on."""
        return self._phone.text_persona

    @text_persona.setter
    def text_persona(self, persona: TextPersona) -> None:
        self._phone.text_persona = persona

    @property
    def call_persona(self) -> CallPersona:
        """What happens when this phone is rung, unless `next_calls` says otherwise."""
        return self._phone.call_persona

    @call_persona.setter
    def call_persona(self, persona: CallPersona) -> None:
        self._phone.call_persona = persona

    def next_calls(self, *personas: CallPersona) -> None:
        """What happens on the next calls, one each; then `call_persona` counts again."""
        self._phone.next_call_personas.extend(personas)

    @property
    def inbox(self) -> list[ArrivedText]:
        """The texts that have arrived, oldest first."""
        with self._exchange.lock:
            return [self._arrived(text) for text in self._phone.inbox]

    def _arrived(self, text: ReceivedText) -> ArrivedText:
        message = self._exchange.records.messages.get(text.sid)
        return ArrivedText(text.at, text.sender, text.body, message.status if message else "delivered", text.sid)

    @property
    def sent(self) -> list[SentText]:
        """The texts this handset has sent, oldest first."""
        with self._exchange.lock:
            return [SentText(text.created_at, text.to, text.body, text.sid) for text in self._phone.sent]

    @property
    def calls(self) -> list[Leg]:
        """Every call that reached this phone or left it, oldest first."""
        with self._exchange.lock:
            return [leg for leg in self._phone.legs if leg.reached_phone]

    @property
    def current_call(self) -> Leg | None:
        """The call that rings or is being spoken on."""
        return next((leg for leg in reversed(self.calls) if leg.is_live()), None)

    @property
    def heard(self) -> list[Heard]:
        """What was said on the latest call."""
        calls = self.calls
        return list(calls[-1].heard) if calls else []

    @property
    def hears(self) -> set[str]:
        """The numbers of the phones this one hears at this moment."""
        call = self.current_call
        with self._exchange.lock:
            return {talk.number for talk in call.talking.values()} if call is not None else set()

    @property
    def talks(self) -> list[Talk]:
        """Whom this phone heard on its latest call, and from when to when."""
        calls = self.calls
        return list(calls[-1].talks) if calls else []

    @property
    def longest_silence(self) -> timedelta:
        """The longest time of the latest call in which nothing at all was heard on this phone."""
        calls = self.calls
        with self._exchange.at_now() as at:
            return longest_silence(calls[-1], now=at) if calls else timedelta(0)

    def texts(self, to: str, body: str, *, media: Sequence[tuple[str, bytes]] = ()) -> str:
        """Sends a text, with pictures as (content type, bytes), and gives its SID."""
        exchange = self._exchange
        with exchange.at_now() as at:
            message = Message(
                sid=exchange.new_sid("MM" if media else "SM"),
                to=to,
                sender=self.number,
                body=body,
                direction="inbound",
                status="received",
                created_at=at,
                updated_at=at,
                sent_at=at,
                media=tuple(Media(exchange.new_sid("ME"), kind, data) for kind, data in media),
            )
            self._phone.sent.append(message)
            exchange.note("text sent", about=self.number, at=at)
            inbound.receive(exchange, message, at=at)
        return message.sid

    def dials(self, to: str, *, persona: CallPersona = BY_HAND) -> str:
        """Rings a number and gives the call's SID; a persona may press keys, leave a message, or drop the line."""
        with self._exchange.at_now() as at:
            return dial(self._exchange, sender=self.number, to=to, persona=persona, at=at).sid

    def answer(self) -> None:
        """Picks up the call that rings."""
        with self._exchange.at_now() as at:
            answer(self._exchange, self._call(), at=at)

    def press(self, keys: str) -> None:
        """Presses keys on the call being spoken on."""
        with self._exchange.at_now() as at:
            press(self._exchange, self._call(), keys, at=at)

    def says(self, text: str) -> None:
        """Says something on the call being spoken on: whoever is in it hears, a message being kept has it."""
        with self._exchange.at_now() as at:
            say_aloud(self._exchange, self._call(), text, at=at)

    def hang_up(self) -> None:
        """Puts the phone down, or declines the call that rings."""
        with self._exchange.at_now() as at:
            hang_up(self._exchange, self._call(), at=at)

    def _call(self) -> Leg:
        call = self.current_call
        if call is None:
            raise NoCall(self.number)
        return call

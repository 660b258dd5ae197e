"""The single words the telephone company keeps for itself, and what it answers to them.

Only a text that is nothing but the word counts; the text still reaches the service.
"""

from typing import Literal

Meaning = Literal["stop", "start", "help"]

_WORDS: dict[str, Meaning] = {
    **dict.fromkeys(("STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"), "stop"),
    **dict.fromkeys(("START", "UNSTOP", "YES"), "start"),
    **dict.fromkeys(("HELP", "INFO"), "help"),
}
REPLIES: dict[Meaning, str] = {
    "stop": "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
    "start": "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "help": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


def keyword(body: str) -> Meaning | None:
    """What a text means to the telephone company itself, if anything."""
    return _WORDS.get(body.strip().upper())

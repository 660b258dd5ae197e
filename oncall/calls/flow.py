"""A page by call, purely: what was pressed gives what comes next.

Only a key takes or passes on; silence, a machine or a hang-up does nothing, and any other key asks again.
"""

from enum import StrEnum


class Next(StrEnum):
    """What a key leads to."""

    TAKE = "take"
    PASS_ON = "pass on"
    READ = "read"
    ASK_AGAIN = "ask again"


KEYS = {"1": Next.TAKE, "2": Next.PASS_ON, "3": Next.READ}
ASKED_TIMES = 3
"""How often the keys are named before the call ends by itself."""


def pressed(digits: str) -> Next:
    """What the key leads to."""
    return KEYS.get(digits[:1], Next.ASK_AGAIN)

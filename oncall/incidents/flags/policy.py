"""What stands of a flag after all that was said of it: pure.

One rule: a person's decision is overturned by a person only; what is suggested later is kept beside it.
"""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Protocol, TypeVar

SUGGESTED, CONFIRMED, DISMISSED = "suggested", "confirmed", "dismissed"
SUBJECTS = ("young_person", "carer", "other")
MOST_NEAR = 3
CLOSE_ENOUGH = 0.5


class Said(Protocol):
    """Something that was said of a flag."""

    @property
    def flag(self) -> str: ...
    @property
    def state(self) -> str: ...


S = TypeVar("S", bound=Said)


def standing(entries: Iterable[S]) -> dict[str, S]:
    """Each flag's entry that stands, in the order in which the flags first came; `entries` are oldest first."""
    stands: dict[str, S] = {}
    for entry in entries:
        before = stands.get(entry.flag)
        if before is None or entry.state != SUGGESTED or before.state == SUGGESTED:
            stands[entry.flag] = entry
    return stands


def near(code: str, known: Collection[str]) -> list[str]:
    """The known codes that may have been meant: alike in letters, or with a word in common."""
    alike = get_close_matches(code, known, n=MOST_NEAR, cutoff=CLOSE_ENOUGH)
    words = set(code.split("_"))
    shared = [one for one in known if words & set(one.split("_")) and one not in alike]
    return [*alike, *shared][:MOST_NEAR]

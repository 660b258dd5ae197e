"""Every sentence spoken on the line as one page, both languages side by side, for a clinician and a Welsh speaker to
sign.

The page is made from the wording itself, so what is signed is what is said; a test sees to it that it is current.
"""

import re

from oncall.calls.wording import can_be_recorded
from oncall.calls.wording.english import ENGLISH
from oncall.calls.wording.welsh import WELSH
from oncall.paging.shifts.wording.english import ENGLISH as SHIFTS_ENGLISH
from oncall.paging.shifts.wording.welsh import WELSH as SHIFTS_WELSH
from oncall.paging.wording.english import ENGLISH as PAGING_ENGLISH
from oncall.paging.wording.welsh import WELSH as PAGING_WELSH

SECTIONS = (
    ("What a caller hears when they ring", "hello"),
    ("What a caller hears while they wait", "wait_ringing"),
    ("What a caller hears when something changes", "moment"),
    ("What a caller hears when they are rung back", "ringing_you_back"),
    ("What a practitioner hears when their phone rings", "ring"),
    ("What a practitioner hears on a call", "choice"),
    ("What a practitioner hears when the caller's line has ended", "alone"),
    ("What a practitioner hears who rings the line", "staff_hello"),
)
"""Each section begins with the sentence of this name, in the order of the wording."""
PAGED = ("call_", "severity_spoken_", "how_")
TESTS = frozenset({"test_call", "test_thanks"})
HEAD = """# What the line says

Every sentence spoken on the line, as it is spoken: English by a British voice, Welsh by a Welsh one. A word in
{brackets} is filled in: a caller's name, a practitioner's, a severity. No young person is ever named aloud.

A team may put a recorded voice in place of a made one: a sentence with a file's name in the last column is played from
that file (or the same ending in `.mp3`) where there is one; [running it](running.md#recorded-sentences) says where.
What has a name or another word filled in is always spoken.

This page is made from the wording (`oncall/calls/wording`) and checked by a test; change the wording, not the page.

The Welsh AWAITS A WELSH SPEAKER'S CHECK before real use.

| read and agreed | name | date |
| --- | --- | --- |
| clinician | | |
| Welsh speaker | | |
"""


def render() -> str:
    """The page."""
    parts = [HEAD]
    names = list(ENGLISH)
    starts = [names.index(first) for _, first in SECTIONS]
    for (title, _), start, end in zip(SECTIONS, starts, [*starts[1:], len(names)], strict=True):
        parts.append(_section(title, names[start:end], ENGLISH, WELSH))
    spoken = [name for name in PAGING_ENGLISH if name.startswith(PAGED)]
    parts.append(_section("What a practitioner hears who is paged by call", spoken, PAGING_ENGLISH, PAGING_WELSH))
    tested = [name for name in SHIFTS_ENGLISH if name in TESTS]
    parts.append(_section("What a practitioner hears in a test call", tested, SHIFTS_ENGLISH, SHIFTS_WELSH))
    return "\n".join(parts)


def _section(title: str, names: list[str], english: dict[str, str], welsh: dict[str, str]) -> str:
    rows = [f"| {name} | {_cell(english[name])} | {_cell(welsh[name])} | {_file(name)} |" for name in names]
    head = ["| sentence | English | Welsh | recorded as |", "| --- | --- | --- | --- |"]
    return "\n".join([f"## {title}", "", *head, *rows, ""])


def _file(name: str) -> str:
    return f"`{name}.wav`" if can_be_recorded(name) else ""


def _cell(words: str) -> str:
    return re.sub(r"\s+", " ", words).replace("|", "\\|").strip() or "(nothing)"

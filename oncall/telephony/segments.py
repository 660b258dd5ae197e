"""How many segments a text takes, and how a long one is cut into several.

Nothing is ever lost: the parts joined are the text. A text with one letter outside the GSM alphabet (a Welsh
circumflex, a curly quote) goes out in segments of 70 in place of 160. Lengths are counted in UTF-16 units, as the
network counts them, so an emoji is two.
"""

import unicodedata
from collections.abc import Iterable

LONGEST = 1600

_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("\f^{}\\[~]|€")
_JOINER = "\u200d"


def is_gsm(text: str) -> bool:
    """Whether every letter is in the GSM alphabet, so that a segment holds 160."""
    return all(letter in _GSM_BASIC or letter in _GSM_EXTENDED for letter in text)


def count_segments(text: str) -> int:
    """How many segments `text` is sent in; at least one."""
    if is_gsm(text):
        return _pack((2 if letter in _GSM_EXTENDED else 1 for letter in text), alone=160, each=153)
    return _pack((_units(letter) for letter in text), alone=70, each=67)


def split(text: str, *, at_most: int = 1500) -> list[str]:
    """`text` in parts of at most `at_most` units, cut after a blank where there is one; an empty text has no parts."""
    if not 2 <= at_most <= LONGEST:
        raise ValueError(f"a part is 2 to {LONGEST} units")
    parts = []
    start = 0
    while start < len(text):
        end = _cut(text, start, at_most)
        parts.append(text[start:end])
        start = end
    return parts


def _pack(widths: Iterable[int], *, alone: int, each: int) -> int:
    """Letters are never cut in two, so the last place of a segment may stay empty."""
    total = filled = 0
    segments = 1
    for width in widths:
        total += width
        if filled + width > each:
            segments += 1
            filled = 0
        filled += width
    return 1 if total <= alone else segments


def _units(letter: str) -> int:
    return 2 if ord(letter) > 0xFFFF else 1


def _cut(text: str, start: int, at_most: int) -> int:
    """Where the part that begins at `start` ends: after the last blank of its latter half, or after a whole letter."""
    fits = _furthest(text, start, at_most)
    if fits == len(text):
        return fits
    for end in range(fits, start + (fits - start) // 2, -1):
        if text[end - 1].isspace() and _is_boundary(text, end):
            return end
    for end in range(fits, start, -1):
        if _is_boundary(text, end):
            return end
    return fits


def _furthest(text: str, start: int, at_most: int) -> int:
    end, units = start, 0
    while end < len(text) and units + _units(text[end]) <= at_most:
        units += _units(text[end])
        end += 1
    return end


def _is_boundary(text: str, at: int) -> bool:
    """Whether what stands before `at` and what stands after it are two letters to a reader, not one."""
    before, after = text[at - 1], text[at]
    if before == "\r":
        return after != "\n"
    if _is_flag_half(before) and _is_flag_half(after):
        return _flag_halves_before(text, at) % 2 == 0
    return before != _JOINER and not _joins_backwards(after)


def _joins_backwards(letter: str) -> bool:
    """Marks, joiners, skin tones, tags, the second half of a surrogate pair."""
    return (
        unicodedata.category(letter) in {"Mn", "Mc", "Me"}
        or letter in {_JOINER, "\u200c"}
        or "\U0001f3fb" <= letter <= "\U0001f3ff"
        or "\U000e0020" <= letter <= "\U000e007f"
        or "\udc00" <= letter <= "\udfff"
    )


def _is_flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _flag_halves_before(text: str, at: int) -> int:
    count = 0
    while count < at and _is_flag_half(text[at - 1 - count]):
        count += 1
    return count

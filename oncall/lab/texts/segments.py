"""In how many parts a text is sent: GSM-7 with 160 letters (153 in parts), else UCS-2 with 70 (67 in parts)."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("\f^{}\\[~]|€")


def segments(body: str) -> int:
    """The number of segments of a text; an empty one still takes one."""
    if all(letter in _BASIC or letter in _DOUBLE for letter in body):
        return _parts([2 if letter in _DOUBLE else 1 for letter in body], whole=160, part=153)
    return _parts([2 if ord(letter) > 0xFFFF else 1 for letter in body], whole=70, part=67)


def _parts(widths: list[int], *, whole: int, part: int) -> int:
    """A letter of width two is never split across parts."""
    if sum(widths) <= whole:
        return 1
    count, used = 1, 0
    for width in widths:
        if used + width > part:
            count, used = count + 1, 0
        used += width
    return count

"""Which strings are telephone numbers that can be rung or texted.

Twilio's `From` is a number only when the caller showed one: a withheld number comes as a word, or as that word keyed
on a telephone, and neither is ever a number. The gate is "possible" by its length, not "assigned", so that numbers
kept for drama pass too.
"""

import re

import phonenumbers

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_PUNCTUATION = re.compile(r"[\s().\-\u2010-\u2015/]+")
_KEYED_WORDS = frozenset(
    {
        "+266696687",  # ANONYMOUS
        "+7378742833",  # RESTRICTED
        "+2562533",  # BLOCKED
        "+8656696",  # UNKNOWN
        "+86282452253",  # UNAVAILABLE
    }
)


def is_number(raw: str) -> bool:
    """Whether `raw` is in E.164 (`+447700900001`) and can exist: no word, short code, withheld or local number."""
    if not _E164.fullmatch(raw) or raw in _KEYED_WORDS:
        return False
    try:
        parsed = phonenumbers.parse(raw)
    except phonenumbers.NumberParseException:
        return False
    possible = phonenumbers.is_possible_number_with_reason(parsed) == phonenumbers.ValidationResult.IS_POSSIBLE
    return possible and phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) == raw


def is_assignable(number: str) -> bool:
    """Whether the numbering plan hands such numbers out; one that it does not deserves a warning, no more."""
    return is_number(number) and phonenumbers.is_valid_number(phonenumbers.parse(number))


def normalise(raw: str) -> str | None:
    """`raw` in E.164, or None if it is no number: punctuation goes, `00` and a British `0` become the prefix."""
    digits = _PUNCTUATION.sub("", raw.strip().replace("(0)", ""))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = "+44" + digits[1:]
    return digits if is_number(digits) else None

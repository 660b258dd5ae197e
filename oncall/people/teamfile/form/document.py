"""YAML, as much of it as a team file needs: text to plain values, every one at its path.

One rule: nothing is guessed. Aliases, tags, repeated keys and unquoted times are refused; `yes`, `no`, `on` and
`off` are text; what other readers may take for another number is `Ambiguous`. What values mean is left to the sections.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import yaml

from oncall.people.teamfile.problems import BadTeamFile, Problem

LARGEST = 5 * 1024 * 1024
DEEPEST = 32
LONGEST_NUMBER = 100
IS_ALIAS = "is an alias"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[-+]?[0-9][0-9_]*(:[0-9]+)+(\.[0-9]*)?")
_NUMBER = re.compile(
    r"[-+]?(0[xo][0-9a-fA-F_]+|0b[01_]+|\.inf|([0-9][0-9_]*)?\.?[0-9_]+\.?([eE][-+]?[0-9]+)?)|\.nan", re.IGNORECASE
)


@dataclass(frozen=True)
class Ambiguous:
    """Something without quotes that one reader takes for text and another for a number or a time."""

    text: str
    is_time: bool


Value = None | bool | int | date | str | Ambiguous | list["Value"] | dict[str, "Value"]


def load(text: str) -> tuple[Value, list[Problem]]:
    """The document's value, and what is wrong with it as YAML.

    Raises BadTeamFile where nothing more can be read: too large, no YAML, empty, several documents.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise _unreadable("the file", "is larger than 5 MiB", "write a smaller one")
    composer = _Composer(text)
    try:
        value = composer.document()
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "the file"
        raise _unreadable(where, f"is no YAML ({wrong.problem or wrong.context})", _CORRECT_IT) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        raise _unreadable("the file", "is no YAML: it has characters that YAML does not allow", _CORRECT_IT) from None
    return value, composer.problems


_CORRECT_IT = "correct the YAML there"


def _unreadable(path: str, wrong: str, right: str) -> BadTeamFile:
    return BadTeamFile([Problem(path, wrong, right)])


def inside(path: str, key: str) -> str:
    """The path of a key in the mapping at `path`."""
    shown = key if key.isprintable() and 0 < len(key) <= 60 else repr(key[:60])
    return f"{path}.{shown}" if path else shown


class _Composer:
    """Puts the parser's events together; gathers what is wrong on the way."""

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Value:
        """The one document of the stream."""
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _unreadable("the file", "is empty", "write a team file there")
        value = self._value(next(self._events), "", 0)
        next(self._events)
        if not isinstance(next(self._events), yaml.StreamEndEvent):
            raise _unreadable("the file", "has more than one document", "leave out what follows the second ---")
        return value

    def _value(self, event: yaml.Event, path: str, depth: int) -> Value:
        if depth > DEEPEST:
            raise _unreadable(path, "is nested too deeply", "write it as a team file has it")
        self._refuse_references(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._items(path, depth))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        return None

    def _refuse_references(self, event: yaml.Event, path: str) -> None:
        where = path or "the file"
        if isinstance(event, yaml.AliasEvent):
            self.problems.append(Problem(where, IS_ALIAS, "write out what it stands for"))
        elif getattr(event, "anchor", None):
            self.problems.append(Problem(where, "has an anchor (&)", "leave the anchor out"))
        if getattr(event, "tag", None):
            self.problems.append(Problem(where, "has a tag (!)", "leave the tag out"))

    def _items(self, path: str, depth: int) -> Iterator[Value]:
        for index, event in enumerate(iter(self._events.__next__, None)):
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._value(event, f"{path}[{index}]", depth + 1)

    def _mapping(self, path: str, depth: int) -> Value:
        found: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, path, depth)
            value = self._value(next(self._events), inside(path, key), depth + 1)
            if key in found:
                self.problems.append(Problem(inside(path, key), "is written twice", "keep one of them"))
            else:
                found[key] = value
        return found

    def _key(self, event: yaml.Event, path: str, depth: int) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_references(event, inside(path, event.value))
            return event.value
        self._value(event, path, depth + 1)
        self.problems.append(Problem(path or "the file", "has a key that is no word", "write the key as a word"))
        return "?"


def _scalar(event: yaml.ScalarEvent) -> Value:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if len(text) <= LONGEST_NUMBER and (_TIME.fullmatch(text) or _NUMBER.fullmatch(text)):
        return Ambiguous(text, is_time=":" in text)
    return _date(text) if _DATE.fullmatch(text) else text


def _date(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text

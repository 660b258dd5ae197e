"""Finds concepts in a text, and what is said of each: denied, past, only if, planned, of somebody else's telling.

A denial reaches to the end of its clause, a few words on; words that are a danger *because* of their "not" are concepts
of their own in the lexicon, and no denial.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from oncall.risk.concepts.lexicon import ANY_FEW, Lexicon, Node
from oncall.risk.words.tokens import Token, tokens_of

DENIAL = "not"
REACHES = 5
"""Words after a denial that it still denies."""
MOST_BETWEEN = 3
BREAKS = frozenset({"but", "and", "then", "ond", "wedyn", "so", "cos", "because", "achos", "ac", "jyst"})
"""Words that end the reach of a denial."""
PEOPLE = frozenset(
    {"young_person", "small_child", "the_writer", "carer_partner", "staff", "birth_family", "peers", "pet"}
)
"""Who is spoken of; they are never what is denied."""
TELLS = {"ctx_past": "past", "ctx_if": "if", "ctx_planned": "planned", "ctx_told": "told", "ctx_play": "play"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept, the words that mean it (by their numbers, `end` not included), and what is said of it."""

    concept: str
    start: int
    end: int
    clause: int
    denied: bool = False
    said: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reading:
    """A text as words and concepts."""

    text: str
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]

    def phrase(self, start: int, end: int) -> str:
        """The words from number `start` up to `end` as they were written."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]


def read(text: str, lexicon: Lexicon) -> Reading:
    """The text with every concept found in it."""
    tokens = _respelt(tokens_of(text), lexicon)
    symbols = [lexicon.symbols(token.word) for token in tokens]
    found = [hit for start in range(len(tokens)) for hit in _from(start, tokens, symbols, lexicon)]
    denials = [hit for hit in found if hit.concept == DENIAL and not _is_part_of_more(hit, found)]
    tells = [(TELLS[hit.concept], hit.clause) for hit in found if hit.concept in TELLS]
    hits = tuple(_told_of(hit, tokens, denials, tells) for hit in found)
    return Reading(text, tokens, hits)


def _respelt(tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Token, ...]:
    out: list[Token] = []
    for token in tokens:
        out += [replace(token, word=word) for word in lexicon.spellings.get(token.word, (token.word,))]
    return tuple(out)


def _from(start: int, tokens: tuple[Token, ...], symbols: list[frozenset[str]], lexicon: Lexicon) -> Iterator[Hit]:
    seen: set[tuple[str, int]] = set()
    for node, end in _walk(lexicon.tree, start, tokens, symbols):
        for concept in node.concepts:
            if (concept, end) not in seen:
                seen.add((concept, end))
                yield Hit(concept, start, end, tokens[start].clause)


def _walk(node: Node, at: int, tokens: tuple[Token, ...], symbols: list[frozenset[str]]) -> Iterator[tuple[Node, int]]:
    for symbol in symbols[at] if at < len(tokens) else ():
        if (after := node.after.get(symbol)) is not None:
            yield after, at + 1
            yield from _walk(after, at + 1, tokens, symbols)
    if (gap := node.after.get(ANY_FEW)) is not None:
        clause = tokens[at - 1].clause
        for skipped in range(MOST_BETWEEN + 1):
            if at + skipped < len(tokens) and tokens[at + skipped].clause == clause:
                yield from _walk(gap, at + skipped, tokens, symbols)


def _told_of(hit: Hit, tokens: tuple[Token, ...], denials: list[Hit], tells: list[tuple[str, int]]) -> Hit:
    can_be = hit.concept != DENIAL and hit.concept not in TELLS and hit.concept not in PEOPLE
    denied = can_be and any(_denies(denial, hit, tokens) for denial in denials)
    said = frozenset(tell for tell, clause in tells if clause == hit.clause)
    return replace(hit, denied=denied, said=said) if denied or said else hit


def _is_part_of_more(denial: Hit, found: list[Hit]) -> bool:
    """Whether the "not" belongs to a longer form: not waking, not sure, no he has."""
    return any(one.concept != DENIAL and one.start <= denial.start and one.end > denial.end for one in found)


def _denies(denial: Hit, hit: Hit, tokens: tuple[Token, ...]) -> bool:
    if denial.clause != hit.clause or not denial.end <= hit.start < denial.end + REACHES:
        return False
    return not any(token.word in BREAKS for token in tokens[denial.end : hit.start])

"""What a practitioner's text is read as: a table of texts, and what holds for every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.incidents.refs import LETTERS
from oncall.texts.flow import (
    HELPS,
    SAYINGS,
    STARTS,
    STOPS,
    VERBS,
    Command,
    Keyword,
    RotaAnswer,
    Say,
    Verb,
    Words,
    read,
)

REFS = st.text(LETTERS, min_size=4, max_size=4)
BLANKS = st.text(" \t\r\n\u00a0", min_size=1, max_size=3)
COMMANDS = {
    "1": Command(verb=Verb.TAKE),
    " 1 \r\n": Command(verb=Verb.TAKE),
    "1.": Command(verb=Verb.TAKE),
    "ACK": Command(verb=Verb.TAKE),
    "Take": Command(verb=Verb.TAKE),
    "IAWN": Command(verb=Verb.TAKE),
    "iawn ktrw": Command(verb=Verb.TAKE, ref="KTRW"),
    "1 20": Command(verb=Verb.TAKE, minutes=20),
    "1 KTRW 20": Command(verb=Verb.TAKE, ref="KTRW", minutes=20),
    "1 20 ktrw": Command(verb=Verb.TAKE, ref="KTRW", minutes=20),
    "1, 20!": Command(verb=Verb.TAKE, minutes=20),
    "1 20 mins": Command(verb=Verb.TAKE, minutes=20),
    "KTRW 1": Command(verb=Verb.TAKE, ref="KTRW"),
    "ktrw 1 20 munud": Command(verb=Verb.TAKE, ref="KTRW", minutes=20),
    "KTRW: 3": Command(verb=Verb.READ, ref="KTRW"),
    "1 0": Command(verb=Verb.TAKE, minutes=0),
    "1 999999": Command(verb=Verb.TAKE, minutes=999_999),
    "2": Command(verb=Verb.PASS_ON),
    "pass": Command(verb=Verb.PASS_ON),
    "Pasio BCDF": Command(verb=Verb.PASS_ON, ref="BCDF"),
    "3": Command(verb=Verb.READ),
    "3 bcdf": Command(verb=Verb.READ, ref="BCDF"),
    "CARD": Command(verb=Verb.CARD),
    "Card.": Command(verb=Verb.CARD),
    "card ktrw": Command(verb=Verb.CARD, ref="KTRW"),
    "KTRW card": Command(verb=Verb.CARD, ref="KTRW"),
    "Cerdyn KTRW": Command(verb=Verb.CARD, ref="KTRW"),
}
ROTA_ANSWERS = {
    "cover 4821": RotaAnswer(Say.ACCEPT, "4821"),
    " COVER\t4821. ": RotaAnswer(Say.ACCEPT, "4821"),
    "cover4821": RotaAnswer(Say.ACCEPT, "4821"),
    "Cover 48 21": RotaAnswer(Say.ACCEPT, "4821"),
    "cyflenwi 4821": RotaAnswer(Say.ACCEPT, "4821"),
    "Swap 4821!": RotaAnswer(Say.ACCEPT, "4821"),
    "cyfnewid 4821": RotaAnswer(Say.ACCEPT, "4821"),
    "No 4821": RotaAnswer(Say.DECLINE, "4821"),
    "na, 4821": RotaAnswer(Say.DECLINE, "4821"),
    "approve 4821": RotaAnswer(Say.APPROVE, "4821"),
    "cymeradwyo 4821": RotaAnswer(Say.APPROVE, "4821"),
}
WORDS = {
    "": Words(""),
    "cover": Words("cover"),
    "no": Words("no"),
    "No, 12 of them": Words("No, 12 of them"),
    "cover 48211": Words("cover 48211"),
    "cover \u0664821": Words("cover \u0664821"),
    "cover 4821 please": Words("cover 4821 please"),
    "4821": Words("4821"),
    " \n ": Words(" \n "),
    "...": Words("..."),
    "1 20 30": Words("1 20 30"),
    "1 1000000": Words("1 1000000"),
    "1 KTRW BCDF": Words("1 KTRW BCDF"),
    "1 \u0662": Words("1 \u0662"),
    "1st I will ring, then come": Words("1st I will ring, then come"),
    "2 20": Words("2 20"),
    "card 20": Words("card 20"),
    "card is on the table": Words("card is on the table"),
    "cards": Words("cards"),
    "1 mins": Words("1 mins"),
    "KTRW 2 minutes away": Words("KTRW 2 minutes away", "KTRW", "2 minutes away"),
    "2 of us are coming": Words("2 of us are coming"),
    "take him out for a walk": Words("take him out for a walk"),
    "pass me on to her": Words("pass me on to her"),
    "4": Words("4"),
    "stop shouting": Words("stop shouting"),
    "Stop.": Words("Stop."),
    "Yes!": Words("Yes!"),
    "KTRW": Words("KTRW", "KTRW", ""),
    " ktrw: on my way \n": Words(" ktrw: on my way \n", "KTRW", "on my way \n"),
    "KTRW\non my way": Words("KTRW\non my way", "KTRW", "on my way"),
    "KTRW  two  blanks": Words("KTRW  two  blanks", "KTRW", "two  blanks"),
    "Hmmm, not sure": Words("Hmmm, not sure", "HMMM", "not sure"),
}
KEYWORDS = {
    **dict.fromkeys(STOPS, "stop"),
    **dict.fromkeys(STARTS, "start"),
    **dict.fromkeys(HELPS, "help"),
    " Stop\n": "stop",
}


@pytest.mark.parametrize("body", COMMANDS)
def test_a_command_is_read_whatever_its_case_and_blanks(body: str) -> None:
    assert read(body) == COMMANDS[body]


@pytest.mark.parametrize("body", ROTA_ANSWERS)
def test_an_answer_about_the_rota_is_read_whatever_its_case_and_blanks(body: str) -> None:
    assert read(body) == ROTA_ANSWERS[body]


@pytest.mark.parametrize("body", WORDS)
def test_anything_else_is_words_for_somebody(body: str) -> None:
    assert read(body) == WORDS[body]


@pytest.mark.parametrize("body", KEYWORDS)
def test_a_bare_word_of_the_networks_is_known(body: str) -> None:
    assert read(body) == Keyword(KEYWORDS[body])


def test_no_command_is_a_word_that_the_network_keeps_for_itself() -> None:
    assert not (STOPS | STARTS | HELPS) & (VERBS.keys() | SAYINGS.keys())


@given(st.sampled_from(sorted(VERBS)), st.sampled_from(sorted(SAYINGS)), REFS, st.integers(0, 9999))
def test_an_answer_to_a_page_is_never_taken_for_one_about_the_rota(verb: str, word: str, ref: str, code: int) -> None:
    for page in (verb, f"{verb} {code:04}", f"{verb} {ref} {code:04}", f"{ref} {verb}"):
        assert not isinstance(read(page), RotaAnswer)
    assert isinstance(read(f"{word} {code:04}"), RotaAnswer)


@given(st.sampled_from(sorted(VERBS)), BLANKS, REFS, st.integers(0, 999_999))
def test_a_ref_may_stand_before_or_after_the_minutes(verb: str, blank: str, ref: str, minutes: int) -> None:
    is_take = VERBS[verb] is Verb.TAKE
    wanted = Command(verb=VERBS[verb], ref=ref, minutes=minutes if is_take else None)
    parts = [[verb, ref, str(minutes)], [verb, str(minutes), ref]] if is_take else [[verb, ref]]
    for each in parts:
        assert read(blank.join(each).swapcase()) == wanted


@given(st.text())
def test_no_words_are_lost_and_none_are_added(body: str) -> None:
    reading = read(body)
    if isinstance(reading, Words):
        assert reading.text == body
        assert body.endswith(reading.rest)
    elif isinstance(reading, Command):
        assert body.split()


@given(REFS, BLANKS, st.text(min_size=1).filter(lambda words: not words[0].isspace()))
def test_words_after_a_ref_reach_the_caller_to_the_letter(ref: str, blank: str, words: str) -> None:
    reading = read(ref + blank + words)
    assert isinstance(reading, Command) or reading == Words(ref + blank + words, ref, words)

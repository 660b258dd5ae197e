"""The parts of what weighs a text: everyday senses, stretches of a long text, the second step."""

import pytest
import yaml

from oncall.people.severity import Severity
from oncall.risk.concepts.everyday import senses_of
from oncall.risk.concepts.finding import read
from oncall.risk.concepts.lexicon import DATA, LANGUAGES, lexicon
from oncall.risk.model.features import EVERY, LONG, STRETCH, features_of, seen_in, stretches_of
from oncall.risk.model.steps import STEPS, Steps, told_by
from oncall.risk.model.thresholds import Thresholds
from oncall.risk.model.weights import Weights, weights
from oncall.risk.rules.ruling import rule_on
from oncall.risk.suggest import suggest

CALM = (
    "Sorry for the long one, we had a lovely day, she did her spellings and the cat sat on them, tea was fish "
    "fingers, the form about the holiday is in the post and the mileage is filled in, thank you for the lift on "
    "Tuesday, the school play is on the ninth, his coat is still on the bus, "
)


@pytest.mark.parametrize(
    ("words", "sense"),
    [
        (("door", "drws", "ddrws", "nrws"), "door"),
        (("knife", "cyllell", "gyllell", "chyllell"), "blade"),
        (("4", "four", "pedwar"), "number_small"),
        (("15", "fifteen", "pymtheg"), "number_teen"),
        (("1000",), "number_huge"),
    ],
)
def test_one_sense_has_words_in_both_languages(words: tuple[str, ...], sense: str) -> None:
    assert all(sense in senses_of(word) for word in words)


def test_a_word_of_no_sense_has_none() -> None:
    assert senses_of("blorp") == ()


def test_both_languages_share_the_senses_and_each_sense_has_a_word() -> None:
    files = {name: yaml.safe_load((DATA / f"everyday_{name}.yaml").read_text(encoding="utf-8")) for name in LANGUAGES}
    assert set(files["cy"]["senses"]) <= set(files["en"]["senses"])
    assert all(words for file in files.values() for words in file["senses"].values())


def test_only_a_long_text_is_weighed_in_stretches_and_together_they_cover_it() -> None:
    short = read("she is fine", lexicon())
    assert stretches_of(seen_in(short), rule_on(short)) == []
    long = read(CALM * 2, lexicon())
    whole, stretches = features_of(seen_in(long), rule_on(long)), stretches_of(seen_in(long), rule_on(long))
    assert len(long.tokens) > LONG
    assert len(stretches) == len(range(0, len(long.tokens) - STRETCH + EVERY, EVERY))
    assert {name for name in whole if name[0] == "w"} == {name for one in stretches for name in one if name[0] == "w"}
    assert {name for one in stretches_of(seen_in(long), [], {"w:cat"}) for name in one if name[0] not in "ls"} == {
        "w:cat"
    }


def test_one_clause_is_not_lost_in_a_long_text() -> None:
    clause = "he has tied the dog lead round his neck and gone blue, "
    assert suggest(CALM).severity < Severity.URGENT
    assert suggest(CALM + clause + CALM).severity is Severity.EMERGENCY


def test_a_stretch_is_scored_as_a_text_is_in_all_that_is_about_severity() -> None:
    reading = read("she took the box of tablets and wont wake", lexicon())
    found = features_of(seen_in(reading), rule_on(reading))
    all_of_it = weights().scores(found)
    severe = weights().log_odds(found, weights().known(found), of_flags=False)
    about = [name for name in all_of_it if not name.startswith("flag:")]
    assert about
    assert {name: severe[name] for name in about} == pytest.approx({name: all_of_it[name] for name in about})


def scores(above: float, danger: float) -> dict[str, float]:
    return {f"above:{severity}": above for severity in STEPS} | {
        "urgent:weapon": danger,
        "emergency:weapon": danger,
        "flag:weapon": danger,
    }


def test_the_most_that_a_stretch_tells_is_told() -> None:
    told = told_by(scores(-3.0, -4.0), [scores(-5.0, -6.0), scores(2.0, 1.5)], highest=3, words=50)
    assert told["above:urgent"] == -3.0
    assert told["most:above:urgent"] == 2.0
    assert told["any:urgent"] == pytest.approx(-4.0)
    assert told["most:any:urgent"] == pytest.approx(1.5)
    assert told["flag:weapon"] == -4.0
    assert told["flag:missing"] == -6.0
    assert told["rule:3"] == told["words:59"] == 1.0


def test_what_was_never_learnt_moves_nothing() -> None:
    steps = Steps((0.0, 0.0, 0.0), {"above:urgent": (0.0, 0.0, 2.0)})
    assert steps.above({"above:urgent": 0.0, "rule:9": 1.0})[Severity.URGENT] == 0.5
    assert steps.above({"above:urgent": 1000.0})[Severity.URGENT] == pytest.approx(1.0)
    assert Weights(("above:urgent",), (0.5,), {}).scores({"w:new": (0, 1)}) == {"above:urgent": 0.5}


def test_some_flags_are_suggested_sooner() -> None:
    limits = Thresholds(
        emergency=0.5, urgent=0.5, concern=0.5, flag=1.0, flags={"allegation_staff": -1.0}, hard=frozenset()
    )
    assert (limits.of("allegation_staff"), limits.of("weapon")) == (-1.0, 1.0)

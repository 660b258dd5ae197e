"""What is learnt from texts, and that it judges a text just as the service will."""

import numpy as np
import pytest

from oncall.people.severity import Severity
from oncall.risk.model.features import features_of, seen_in
from oncall.risk.model.steps import STEPS, read, written
from oncall.risk.suggest import suggest
from training.fitting import fit
from training.judging import Body, Learnt, body, learn
from training.measuring import measure, table
from training.stepping import FALSE_EMERGENCIES, limits
from training.tables import laid_out, scores, table_of
from training.texts import Labelled, labelled


@pytest.fixture(scope="module")
def read_in() -> Body:
    return body([text for text in labelled() if text.author in {"author_e", "author_g", "author_h"}])


@pytest.fixture(scope="module")
def learnt(read_in: Body) -> Learnt:
    return learn(read_in)


def test_many_texts_are_scored_at_once_as_the_service_scores_one(read_in: Body, learnt: Learnt) -> None:
    at_once = scores(read_in.whole, learnt.weights)
    for row in range(0, len(read_in.texts), 97):
        found = features_of(seen_in(read_in.readings[row]), read_in.ruled[row])
        one = learnt.weights.scores(found)
        assert np.allclose(at_once[row], [one[name] for name in learnt.weights.outputs], atol=1e-9)


def test_each_hand_is_judged_by_what_the_others_taught(read_in: Body, learnt: Learnt) -> None:
    assert set(learnt.by_author) == set(read_in.authors())
    assert len({id(known.weights) for known in learnt.by_author.values()}) == len(learnt.by_author)
    found = [suggest(text.text, learnt.by_author[text.author]) for text in read_in.texts]
    measures = table(read_in.texts, found)
    assert set(measures) == {"all", "en", "cy", "mixed", "other", *read_in.authors()}
    told = measures["all"]
    assert told.emergencies_found is not None
    assert told.false_emergencies is not None
    assert told.emergencies_found > told.false_emergencies + 0.5
    assert told.flags_f1 is not None
    assert told.flags_f1 > 0.4


def test_the_same_texts_teach_the_same(read_in: Body, learnt: Learnt) -> None:
    assert fit(read_in.whole, read_in.texts) == learnt.weights


def test_steps_are_read_back_as_they_were_written(learnt: Learnt) -> None:
    again = read(written(learnt.steps))
    assert set(again.weights) == set(learnt.steps.weights)
    assert all(np.allclose(again.weights[name], row, atol=1e-4) for name, row in learnt.steps.weights.items())


def test_what_is_seen_in_one_text_alone_has_no_column() -> None:
    made = table_of([{"w:door", "w:knife"}, {"w:door"}])
    assert made.names == ("w:door",)
    assert laid_out([{"w:door", "w:new"}, set()], made.names).there.toarray().tolist() == [[1.0], [0.0]]


def test_the_limits_give_the_shares_that_are_asked_for() -> None:
    grades = [Severity.ROUTINE, Severity.CONCERN, Severity.URGENT, Severity.EMERGENCY]
    texts = [
        Labelled(author="x", text="", language="en", severity=grades[number % 4], flags=()) for number in range(4000)
    ]
    above = [dict.fromkeys(STEPS, number * 7919 % 4000 / 4000) for number in range(4000)]
    found = limits(above, texts)
    calm = [one for one, text in zip(above, texts, strict=True) if text.severity <= Severity.CONCERN]
    false = sum(one[Severity.URGENT] >= found["emergency"] for one in calm) / len(calm)
    assert false == pytest.approx(FALSE_EMERGENCIES, abs=0.002)


def test_nothing_to_measure_is_no_figure() -> None:
    assert measure([], []).emergencies_found is None

"""What is texted of tasks: the same in both languages, every sentence used, none long, each with its ref."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from string import Formatter

import pytest

import oncall
from oncall.incidents.tasks.clocks import Says
from oncall.incidents.tasks.duties import duties_of
from oncall.incidents.tasks.models import Task
from oncall.paging.tasks.wording import SENTENCES, listed, say
from oncall.paging.tasks.wording.english import ENGLISH
from oncall.people.models import Team
from oncall.telephony.segments import count_segments, is_gsm
from oncall.telephony.twiml import Language

SOURCE = "".join(path.read_text() for path in (Path(oncall.__file__).parent / "paging" / "tasks").rglob("__init__.py"))
SOURCE += (Path(oncall.__file__).parent / "paging" / "tasks" / "reminding.py").read_text()
AT = datetime(2026, 7, 14, 2, 0, tzinfo=UTC)
TEAM = Team(time_zone="Europe/London")


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_both_languages_hold_the_same_sentences_with_the_same_places() -> None:
    assert list(SENTENCES["en"]) == list(SENTENCES["cy"])
    for name in ENGLISH:
        assert _fields(SENTENCES["cy"][name]) == _fields(SENTENCES["en"][name]), name
    assert {len(told["days"].split()) for told in SENTENCES.values()} == {7}


@pytest.mark.parametrize("name", ENGLISH)
def test_every_sentence_is_said_somewhere(name: str) -> None:
    assert f'"{name}"' in SOURCE or name in {says.value for says in Says} or f"['{name}']" in SOURCE


def tasks(*names: str) -> list[Task]:
    found = {duty.task: duty for duties in duties_of("wales").of_flag.values() for duty in duties}
    return [
        Task(task=name, asked=found[name].asked, due_at=AT + timedelta(hours=place)) for place, name in enumerate(names)
    ]


def test_tasks_are_named_once_with_their_local_time_and_of_many_it_is_said_how_many() -> None:
    assert listed("en", TEAM, tasks("tell_lead", "tell_lead")) == "Tell a lead (Tue 03:00)"
    said = listed("en", TEAM, reversed(tasks("tell_lead", "tell_police", "call_back", "mondays_list")))
    assert said == "Tell a lead (Tue 03:00); Tell the police (Tue 04:00); and 2 more"
    assert listed("cy", TEAM, tasks("tell_lead")).startswith("Dweud wrth arweinydd (Maw 03:00)")


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("sentence", ["soon", "late", "late_lead", "round"])
def test_no_text_is_long(language: Language, sentence: str) -> None:
    longest = tasks("adult_and_solicitor", "tell_social_services", "tell_lead")
    said = say(
        language, sentence, ref="KTRW", tasks=listed(language, TEAM, longest), name="Gwenllian Angharad Pryce-Llewellyn"
    )
    assert said.startswith("KTRW")
    assert count_segments(said) <= (2 if is_gsm(said) else 5)

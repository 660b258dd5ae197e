"""What is texted of changes of the rota: the same in both languages, every sentence used, none long."""

import re
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest
from sqlalchemy.orm import Session

from oncall.paging.changes.wording import SENTENCES, say_of
from oncall.paging.changes.wording.english import ENGLISH
from oncall.paging.changes.wording.welsh import WELSH
from oncall.rotas.changes.laying.weighing import COUNTED
from oncall.rotas.changes.models import RotaChange
from oncall.telephony.segments import count_segments
from oncall.telephony.twiml import Language
from tests.oncall.rotas.conftest import Load, load, session
from tests.oncall.rotas.files import DAILY

ROOT = Path(__file__).parents[4] / "oncall"
LONGEST = {
    "holder": "Bartholomew Llewellyn-Jones",
    "taker": "Gwenllian ap Gruffydd",
    "what": "duty Wed 25 Nov 17:00 to Thu 26 Nov 09:00",
    "other": "duty Wed 25 Nov 17:00 to Thu 26 Nov 09:00",
    "code": "4821",
    "reasons": "our texts or calls would not reach them, the rest of a week would be too short",
}

__all__ = ["load", "session"]


def test_both_languages_have_the_same_sentences_with_the_same_places() -> None:
    assert list(ENGLISH) == list(WELSH)
    for name in ENGLISH:
        places = [{place for _, place, _, _ in Formatter().parse(told[name]) if place} for told in SENTENCES.values()]
        assert places[0] == places[1], name
        assert len({len(told[name].split()) for told in SENTENCES.values()}) == 1 or name not in ("days", "months")


def test_every_sentence_is_used() -> None:
    told = [path for path in ROOT.rglob("*.py") if "changes" in path.parts or path.name == "changing.py"]
    source = " ".join(path.read_text() for path in told if path.name not in ("english.py", "welsh.py"))
    reasons = {f"reason_{kind}" for kind in (*COUNTED, "unreachable")}
    unused = [name for name in ENGLISH if not re.search(rf'"{name}"', source)]
    assert set(unused) == reasons


@pytest.mark.parametrize("language", ["en", "cy"])
def test_no_text_is_long(language: Language) -> None:
    for name, sentence in SENTENCES[language].items():
        assert count_segments(sentence.format(**LONGEST, tier="duty", start="", end="")) <= 3, name


@pytest.mark.parametrize(
    ("language", "end", "said"),
    [
        ("en", datetime(2026, 11, 28, 9, tzinfo=UTC), "duty Fri 27 Nov 17:00 to Sat 28 Nov 09:00"),
        ("en", datetime(2026, 11, 27, 20, tzinfo=UTC), "duty Fri 27 Nov 17:00 to 20:00"),
        ("cy", datetime(2026, 11, 28, 9, tzinfo=UTC), "duty Gwe 27 Tach 17:00 tan Sad 28 Tach 09:00"),
    ],
)
def test_a_stretch_is_said_by_the_teams_clock(
    session: Session, load: Load, language: Language, end: datetime, said: str
) -> None:
    start = datetime(2026, 11, 27, 17, tzinfo=UTC)
    change = RotaChange(code="4821", tier="duty", from_at=start, to_at=end)
    assert said in say_of(session, load(DAILY), change, "withdrawn", language)

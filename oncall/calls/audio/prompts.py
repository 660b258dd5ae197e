"""Sentences that a team has recorded are played in place of a voice that is made; every other one is spoken.

Only a whole sentence without places to fill can be recorded, as `<sentence>.wav` or `.mp3` in the team's folder for its
language. A file that is missing, empty, too large or of another kind is passed over: the sentence is then spoken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from oncall.calls.audio.signing import proof
from oncall.calls.wording import can_be_recorded, sentence
from oncall.db.sealing import keyring_of
from oncall.people.models import Team
from oncall.telephony import twiml
from oncall.telephony.twiml import Language, Verb

LARGEST = 2 * 1024 * 1024
KINDS = {".wav": "audio/wav", ".mp3": "audio/mpeg"}


@dataclass(frozen=True)
class Sound:
    """A recorded sentence."""

    path: Path
    content_type: str


def recorded(folder: Path, team: str, language: Language, name: str) -> Sound | None:
    """The team's recording of a sentence, if there is one that can be played."""
    if not can_be_recorded(name):
        return None
    for suffix, content_type in KINDS.items():
        path = folder / team / language / f"{name}{suffix}"
        if _is_sound(path, suffix):
            return Sound(path, content_type)
    return None


def aloud(session: Session, team: Team, languages: Sequence[Language], name: str, /, **values: object) -> list[Verb]:
    """The sentence in each of these languages: as the team has recorded it, or else spoken."""
    return [voiced(session, team, language, name, words=sentence(language, name, **values)) for language in languages]


def voiced(session: Session, team: Team, language: Language, name: str, *, words: str) -> Verb:
    """One sentence: as the team has recorded it, or else `words`, spoken by the language's own voice."""
    folder = session.info.get("prompts")
    if folder is not None and recorded(folder, team.slug, language, name) is not None:
        given = proof(keyring_of(session), "prompt", team.slug, language, name)
        return twiml.play(f"{session.info['public_url']}/audio/prompt/{team.slug}/{language}/{name}/{given}")
    return twiml.say(words, language)


def _is_sound(path: Path, suffix: str) -> bool:
    try:
        if not 0 < path.stat().st_size <= LARGEST:
            return False
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return False
    if suffix == ".wav":
        return len(head) == 12 and head[:4] == b"RIFF" and head[8:] == b"WAVE"
    return head[:3] == b"ID3" or (head[:1] == b"\xff" and head[1:2] >= b"\xe0")

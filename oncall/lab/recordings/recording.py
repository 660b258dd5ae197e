"""A message somebody left, as a plain row: the words that were said, and a sound that lasts as long as it did."""

import io
import wave
from dataclasses import dataclass, field
from datetime import datetime

_RATE = 8_000
_LONGEST_SOUND = 120


@dataclass(slots=True)
class Recording:
    """A recording; `seconds` is None while it is being made."""

    sid: str
    call_sid: str
    created_at: datetime
    updated_at: datetime
    words: list[str] = field(default_factory=list)
    seconds: int | None = None
    is_ready: bool = False

    @property
    def status(self) -> str:
        return "completed" if self.is_ready else "in-progress" if self.seconds is None else "processing"


def sound(recording: Recording) -> bytes:
    """A quiet WAV file of the recording's length."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(_RATE)
        file.writeframes(b"\x80" * _RATE * min(recording.seconds or 0, _LONGEST_SOUND))
    return kept.getvalue()

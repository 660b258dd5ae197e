"""Files that came with texts: fetched with our credentials, capped, sealed in the data dir, never followed blindly."""

import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from oncall.db.sealing import Keyring
from oncall.paging.sending.claims import Job
from oncall.telephony.port import Telephony

LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A file is safe with us."""

    content_type: str
    size: int


class MediaStore:
    """Sealed files in a folder, one for each row of `media`."""

    def __init__(self, folder: Path, keyring: Keyring) -> None:
        self._folder = folder
        self._keyring = keyring

    def fetch(self, telephony: Telephony, job: Job) -> Stored:
        """Fetches the job's file and stores it. Raises MediaRefused, TelephonyUnavailable."""
        found = telephony.fetch_media(job.to, max_bytes=LARGEST)
        if job.media_id is not None:
            self.write(job.media_id, found.data)
        return Stored(content_type=found.content_type, size=len(found.data))

    def write(self, media_id: UUID, data: bytes) -> None:
        """Stores a file so that it is whole or not there."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(media_id)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(self._keyring.seal(data, place=f"media.content:{media_id.hex}"))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)

    def read(self, media_id: UUID) -> bytes:
        """A stored file, opened."""
        return self._keyring.open(self._path(media_id).read_bytes(), place=f"media.content:{media_id.hex}")

    def _path(self, media_id: UUID) -> Path:
        return self._folder / f"{media_id.hex}.sealed"

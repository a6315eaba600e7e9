"""Contents of files in a folder, which no web server serves."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from ..errors import Misconfigured

_ID: Final = re.compile(r"[0-9a-f]{32}")


class FolderFiles:
    """See `ports.FileStore`. Each content is a file of its own, readable by its owner only, named by its id.

    `given_by` is what a message tells people to correct.
    """

    def __init__(self, folder: Path, *, given_by: str = "the setting `files`") -> None:
        self._folder = folder
        self._given_by = given_by

    def put(self, id_: str, content: bytes) -> None:
        place = self._place(id_)
        unfinished = place.with_suffix(".part")
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished.touch(mode=0o600)
            with unfinished.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(place)
            sync(place.parent)
            sync(place.parent.parent)
        except OSError as error:
            told = f"A file cannot be kept in the folder {self._folder}: {error.strerror}. Correct {self._given_by}."
            raise Misconfigured(told) from error

    def get(self, id_: str) -> bytes | None:
        try:
            return self._place(id_).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            told = f"A file cannot be read in the folder {self._folder}: {error.strerror}. Correct {self._given_by}."
            raise Misconfigured(told) from error

    def remove(self, id_: str) -> None:
        place = self._place(id_)
        try:
            place.unlink(missing_ok=True)
            place.with_suffix(".part").unlink(missing_ok=True)
        except OSError as error:
            told = f"A file cannot be erased in the folder {self._folder}: {error.strerror}. Correct {self._given_by}."
            raise Misconfigured(told) from error

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """Contents that were begun and never finished are among them."""
        for place in self._folder.glob("??/*"):
            try:
                is_older = place.stat().st_mtime < moment.timestamp()
            except FileNotFoundError:
                continue
            if is_older and _ID.fullmatch(place.stem):
                yield place.stem

    def _place(self, id_: str) -> Path:
        if _ID.fullmatch(id_) is None:
            raise ValueError("not a generated id")
        return self._folder / id_[:2] / id_


def sync(folder: Path) -> None:
    """Make the folder's entries survive a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

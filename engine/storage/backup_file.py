"""A backup as one zip file: `manifest.json`, `tables/NAME.jsonl`, `heads.txt` and `files/ID`. Read and proved here."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from ..chain_heads import CaseHead, read_heads
from ..errors import Misconfigured
from .sql import tables_of
from .sql.moving import Content, Tally

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
HEADS: Final = "heads.txt"
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, EOFError, NotImplementedError, RuntimeError)
"""What reading raises over a file that is no backup, or not as it was written."""


def table_entry(table: str) -> str:
    return f"tables/{table}.jsonl"


def file_entry(id_: str) -> str:
    return f"files/{id_}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: made when (UTC), of which release and revision of the tables, and the digests of its parts.

    `removed` are files that were taken away while the backup was made, `lost` those whose content was missing or altered.
    """

    made: str
    release: str
    revision: str
    database: str
    tables: tuple[Content, ...]
    cases: int
    heads_sha256: str
    files: int
    file_bytes: int
    removed: tuple[str, ...]
    lost: tuple[str, ...]

    def written(self) -> bytes:
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def read(cls, text: bytes) -> Manifest:
        told = json.loads(text)
        if not isinstance(told, dict):
            raise TypeError("a manifest is a JSON object")
        if told.pop("format") != FORMAT:
            raise ValueError("a format that this release does not know")
        tables = tuple(Content(one["table"], tuple(one["columns"]), one["rows"], one["sha256"]) for one in told.pop("tables"))
        read = cls(tables=tables, removed=tuple(told.pop("removed")), lost=tuple(told.pop("lost")), **told)
        texts = (read.made, read.release, read.revision, read.database, read.heads_sha256, *read.removed, *read.lost)
        numbers = (read.cases, read.files, read.file_bytes)
        if not all(isinstance(one, str) for one in texts) or not all(isinstance(one, int) for one in numbers):
            raise TypeError("something in a manifest is of the wrong kind")
        return read


class BackupFile:
    """A backup that is open for reading. Nothing in it is trusted before `prove` has gone through."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        text = archive.read(MANIFEST)
        self.manifest = Manifest.read(text)
        self.sha256 = hashlib.sha256(text).hexdigest()
        """Of the manifest, which has the digests of everything else."""

    def lines(self, table: str) -> Iterator[str]:
        return self._lines(table_entry(table))

    def heads(self) -> Iterator[CaseHead]:
        return read_heads(self._lines(HEADS), name=f"{self._name}, {HEADS}")

    def content(self, id_: str) -> bytes:
        """The content of a file of a case."""
        with _reading(self._name):
            return self._archive.read(file_entry(id_))

    def prove(self) -> tuple[str, ...]:
        """Recompute every digest; gives the ids of the files in it.

        Raises:
            Misconfigured: something in it is not what the manifest tells, or this has not the tables of its revision, which
                this release knows.
        """
        self._require_every_table()
        known: dict[str, str] = {}
        for content in self.manifest.tables:
            tally = Tally()
            for line in tally.of(self.lines(content.table)):
                if content.table == "stored_file":
                    with _reading(self._name):
                        row = dict(zip(content.columns, json.loads(line), strict=True))
                        known[row["id"]] = row["sha256"]
            if (tally.rows, tally.sha256) != (content.rows, content.sha256):
                raise self._altered(table_entry(content.table))
        tally = Tally()
        for _ in tally.of(self._lines(HEADS)):
            pass
        if tally.sha256 != self.manifest.heads_sha256:
            raise self._altered(HEADS)
        kept = tuple(id_ for id_ in known if id_ not in {*self.manifest.removed, *self.manifest.lost})
        for id_ in kept:
            if hashlib.sha256(self.content(id_)).hexdigest() != known[id_]:
                raise self._altered(file_entry(id_))
        return kept

    def _require_every_table(self) -> None:
        """Each table of the revision once, with its columns: rows that are left out would be missed by nothing else."""
        revision, there = self.manifest.revision, tables_of(self.manifest.revision)
        with _reading(self._name):
            told = {one.table: one.columns for one in self.manifest.tables}
            others = sorted(name for name in there.keys() | told.keys() if there.get(name) != told.get(name))
        if others or len(told) != len(self.manifest.tables):
            what = f"its manifest does not name each table of the revision {revision} once, with its columns"
            which = f" ({', '.join(others[:3])})" if others else ""
            raise Misconfigured(f"The backup {self._name} was altered: {what}{which}. Nothing was restored. Take another one.")

    def _lines(self, entry: str) -> Iterator[str]:
        with _reading(self._name), self._archive.open(entry) as stream:
            for line in io.TextIOWrapper(stream, encoding="utf-8", newline="\n"):
                yield line.removesuffix("\n")

    def _altered(self, entry: str) -> Misconfigured:
        return Misconfigured(f"The backup {self._name} was altered: {entry} is not what its manifest tells. Take another one.")


@contextmanager
def opened(path: Path) -> Iterator[BackupFile]:
    """The backup in a file.

    Raises:
        Misconfigured: it cannot be read, or is damaged; also where the block reads from it.
    """
    with ExitStack() as stack:
        with _reading(path.name):
            backup = BackupFile(stack.enter_context(zipfile.ZipFile(path)), path.name)
        yield backup


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Misconfigured(f"The backup {name} cannot be read: {error.strerror or error}. Check its name.") from error
    except _BROKEN as error:
        told = f"{name} is no backup that this release can read, or it is damaged."
        raise Misconfigured(f"{told} Nothing was restored. Take another one.") from error

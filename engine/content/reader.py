"""Find packages in folders and read them, within limits and never through a symbolic link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..definition import Bundle, Package
from ..errors import Rejected
from ..finding import Finding
from ..sentences import Sentence, sentence
from .places import FOLDERS

MAX_FILE_BYTES: Final = 2_000_000
MAX_FILES: Final = 5_000
MAX_TOTAL_BYTES: Final = 50_000_000
MAX_DEPTH: Final = 6
"""Folders between the one that was named and a package's deepest file."""

SUFFIXES: Final = frozenset({".bpmn", ".dmn", ".html", ".json", ".yaml"})
"""What belongs to a package; anything else in its folder (a README, a picture) is left alone."""

_MARKERS: Final = (("process.bpmn", "process"), ("register.yaml", "register"), ("schema.json", "form"))
_MARKER_IN: Final = {"processes": "process.bpmn", "forms": "schema.json", "registers": "register.yaml"}
SKIPPED: Final = frozenset({"node_modules", "__pycache__"})
"""Folders of tools, in which nobody keeps content."""


@dataclass(frozen=True, slots=True)
class Found:
    """The packages by the folder in which each lies, and what could not be read. Findings name whole paths."""

    packages: Mapping[Path, Package]
    findings: tuple[Finding, ...]

    @property
    def bundle(self) -> Bundle:
        """The packages as a bundle, sorted by kind and key."""
        ordered = sorted(self.packages.values(), key=lambda package: (package.kind, package.key))
        return Bundle(tuple(ordered), self.findings)


def read_bundle(paths: Iterable[Path]) -> Bundle:
    """Every package in the folders named, each once, sorted by kind and key.

    A path is a package (`processes/intake`), a folder of packages (`forms`), or a content folder (one that holds
    `processes`, `forms` or `registers`: then only these are searched). What lies there and cannot be read (a symbolic link,
    a second package of one key) is among the bundle's findings.

    Raises:
        Rejected: a path is no folder or has no package, or there is more than is read at a time.
    """
    paths = tuple(paths)
    for path in paths:
        if not path.is_dir():
            raise _refused(
                path, sentence("is not a folder") if path.exists() else sentence("does not exist"), sentence("Check the path.")
            )
    found = read_folders(paths)
    for path in paths:
        if not found.findings and not any(folder.is_relative_to(path.resolve()) for folder in found.packages):
            raise _refused(
                path,
                sentence("holds no package"),
                sentence("Name a folder with a process.bpmn, schema.json or register.yaml in it."),
            )
    return found.bundle


def read_folders(paths: Iterable[Path]) -> Found:
    """The same from folders that may be without packages."""
    reader = _Reader()
    for path in paths:
        reader.read(path.resolve())
    return Found(reader.found, tuple(reader.findings))


class _Limits:
    """What has been read so far, over all folders."""

    def __init__(self) -> None:
        self._files = 0
        self._bytes = 0

    def count(self, file: Path, size: int) -> None:
        self._files += 1
        self._bytes += size
        if self._files > MAX_FILES or self._bytes > MAX_TOTAL_BYTES:
            what = sentence(
                "is one too many: at most {files} files and {most} bytes are read at a time",
                files=MAX_FILES,
                most=MAX_TOTAL_BYTES,
            )
            raise _refused(file, what, sentence("Name fewer folders."))


class _Reader:
    def __init__(self) -> None:
        self.found: dict[Path, Package] = {}
        self.findings: list[Finding] = []
        self._limits = _Limits()

    def read(self, path: Path) -> None:
        for folder, kind in self._package_folders(path, 0):
            other = next(
                (one for one, package in self.found.items() if (package.kind, package.key) == (kind, folder.name)), None
            )
            if other is None:
                self.found[folder] = Package(kind, folder.name, dict(self._files(folder, folder, 0)))
            elif other != folder:
                message = sentence(
                    "{folder} is a second {kind} {name} (the first is {other}).",
                    folder=folder,
                    kind=kind,
                    name=repr(folder.name),
                    other=other,
                )
                self._note(Finding("same-key", message, sentence("Leave one out, or give it another key."), file=str(folder)))

    def _package_folders(self, folder: Path, depth: int) -> Iterator[tuple[Path, str]]:
        for marker, kind in _MARKERS:
            if (folder / marker).exists():
                yield folder, kind
                return
        inner = [child for child in self._children(folder) if child.is_dir() and child.name not in SKIPPED]
        content = [child for child in inner if child.name in FOLDERS]
        for child in content or inner:
            packages = list(self._package_folders(child, depth + 1)) if depth < MAX_DEPTH else []
            if not packages and folder.name in FOLDERS:
                message = sentence(
                    "{child} has no {value}, so nothing in it is read.", child=child, value=_MARKER_IN[folder.name]
                )
                self._note(Finding("no-package", message, sentence("Add the file, or remove the folder."), file=str(child)))
            yield from packages

    def _files(self, package: Path, folder: Path, depth: int) -> Iterator[tuple[str, bytes]]:
        for child in self._children(folder):
            if child.is_dir():
                if depth < MAX_DEPTH:
                    yield from self._files(package, child, depth + 1)
            elif child.suffix in SUFFIXES and (source := self._source(child)) is not None:
                yield child.relative_to(package).as_posix(), source

    def _children(self, folder: Path) -> list[Path]:
        """What lies in the folder, by name, hidden files left out; links are not followed since they may lead anywhere."""
        try:
            children = sorted(child for child in folder.iterdir() if not child.name.startswith("."))
        except OSError as error:
            self._note(
                _unreadable(
                    folder, sentence("cannot be read ({strerror})", strerror=error.strerror), sentence("Check its permissions.")
                )
            )
            return []
        for child in children:
            if child.is_symlink():
                self._note(_unreadable(child, sentence("is a symbolic link"), sentence("Put the file itself there.")))
        return [child for child in children if not child.is_symlink()]

    def _source(self, file: Path) -> bytes | None:
        """The file's bytes; of one that is too large one more than the limit, which its own reader refuses."""
        try:
            source = read_source(file)
        except OSError as error:
            self._note(
                _unreadable(
                    file, sentence("cannot be read ({strerror})", strerror=error.strerror), sentence("Check its permissions.")
                )
            )
            return None
        if source is None:
            self._note(_unreadable(file, sentence("is not a file"), sentence("Remove it.")))
            return None
        self._limits.count(file, len(source))
        return source

    def _note(self, finding: Finding) -> None:
        if finding not in self.findings:
            self.findings.append(finding)


def read_source(file: Path) -> bytes | None:
    """A file's bytes, at most one more than `MAX_FILE_BYTES`; None for a pipe and the like. No link is followed.

    Raises:
        OSError: it cannot be read.
    """
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as stream:
        return stream.read(MAX_FILE_BYTES + 1) if stat.S_ISREG(os.fstat(handle).st_mode) else None


def _unreadable(path: Path, what: Sentence, remedy: Sentence) -> Finding:
    return Finding("content-unreadable", sentence("{path} {what}.", path=path, what=what), remedy, file=str(path))


def _refused(path: Path, what: Sentence, remedy: Sentence) -> Rejected:
    finding = _unreadable(path, what, remedy)
    return Rejected(f"{path} {what}. {remedy}", findings=[finding])

"""Find packages in folders and read them, within limits and never through a symbolic link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from ..definition import Bundle, Package
from ..errors import Rejected
from ..finding import Finding
from .places import FOLDERS

MAX_FILE_BYTES: Final = 2_000_000
MAX_FILES: Final = 5_000
MAX_TOTAL_BYTES: Final = 50_000_000
MAX_DEPTH: Final = 6
"""Folders between the one that was named and a package's deepest file."""

SUFFIXES: Final = frozenset({".bpmn", ".dmn", ".json", ".yaml"})
"""What belongs to a package; anything else in its folder (a README, a picture) is left alone."""

_MARKERS: Final = (("process.bpmn", "process"), ("register.yaml", "register"), ("schema.json", "form"))
_SKIPPED: Final = frozenset({"node_modules", "__pycache__"})


def read_bundle(paths: Iterable[Path]) -> Bundle:
    """Every package in the folders named, each once, sorted by kind and key.

    A path is a package (`processes/intake`), a folder of packages (`forms`), or a content folder (one that holds
    `processes`, `forms` or `registers`: then only these are searched).

    Raises:
        Rejected: a folder is missing or has no package, one key is used twice, a file is too large, cannot be read, or is
            a symbolic link.
    """
    return to_bundle(read_folders(paths))


def read_folders(paths: Iterable[Path]) -> dict[Path, Package]:
    """The same packages by the folder in which each lies."""
    limits = _Limits()
    found: dict[Path, Package] = {}
    for path in paths:
        packages = list(_packages(path, limits, found))
        if not packages and not any(folder.is_relative_to(path.resolve()) for folder in found):
            raise _refused(path, "holds no package", "Name a folder with a process.bpmn, schema.json or register.yaml in it.")
        found.update(packages)
    _refuse_doubles(found)
    return found


def to_bundle(found: Mapping[Path, Package]) -> Bundle:
    """The packages as a bundle, sorted by kind and key."""
    return Bundle(tuple(sorted(found.values(), key=lambda package: (package.kind, package.key))))


class _Limits:
    """What has been read so far, over all folders."""

    def __init__(self) -> None:
        self._files = 0
        self._bytes = 0

    def count(self, file: Path, size: int) -> None:
        self._files += 1
        self._bytes += size
        if size > MAX_FILE_BYTES:
            raise _refused(file, f"is larger than {MAX_FILE_BYTES} bytes", "Split it.")
        if self._files > MAX_FILES or self._bytes > MAX_TOTAL_BYTES:
            what = f"is one too many: at most {MAX_FILES} files and {MAX_TOTAL_BYTES} bytes are read at a time"
            raise _refused(file, what, "Name fewer folders.")


def _packages(path: Path, limits: _Limits, known: dict[Path, Package]) -> Iterator[tuple[Path, Package]]:
    if not path.is_dir():
        raise _refused(path, "is not a folder" if path.exists() else "does not exist", "Check the path.")
    for folder, kind in _package_folders(path.resolve(), 0):
        if folder not in known:
            yield folder, Package(kind, folder.name, dict(_files(folder, folder, limits, 0)))


def _package_folders(folder: Path, depth: int) -> Iterator[tuple[Path, str]]:
    for marker, kind in _MARKERS:
        if (folder / marker).exists():
            yield folder, kind
            return
    inner = [child for child in _children(folder) if child.is_dir() and child.name not in _SKIPPED]
    content = [child for child in inner if child.name in FOLDERS]
    for child in content or inner:
        if depth < MAX_DEPTH:
            yield from _package_folders(child, depth + 1)


def _files(package: Path, folder: Path, limits: _Limits, depth: int) -> Iterator[tuple[str, bytes]]:
    for child in _children(folder):
        if child.is_dir():
            if depth < MAX_DEPTH:
                yield from _files(package, child, limits, depth + 1)
        elif child.suffix in SUFFIXES:
            yield child.relative_to(package).as_posix(), _read(child, limits)


def _children(folder: Path) -> list[Path]:
    """What lies in the folder, by name, hidden files left out; links are refused since they may lead anywhere."""
    try:
        children = sorted(child for child in folder.iterdir() if not child.name.startswith("."))
    except OSError as error:
        raise _refused(folder, f"cannot be read ({error.strerror})", "Check its permissions.") from error
    for child in children:
        if child.is_symlink():
            raise _refused(child, "is a symbolic link", "Put the file itself there.")
    return children


def _read(file: Path, limits: _Limits) -> bytes:
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise _refused(file, "is not a file", "Remove it.")
            source = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _refused(file, f"cannot be read ({error.strerror})", "Check its permissions.") from error
    limits.count(file, len(source))
    return source


def _refuse_doubles(found: dict[Path, Package]) -> None:
    seen: dict[tuple[str, str], Path] = {}
    for folder, package in found.items():
        other = seen.setdefault((package.kind, package.key), folder)
        if other != folder:
            raise _refused(folder, f"is a second {package.kind} {package.key!r} (the first is {other})", "Rename one of them.")


def _refused(path: Path, what: str, remedy: str) -> Rejected:
    finding = Finding("content-unreadable", f"{path} {what}.", remedy, file=str(path))
    return Rejected(f"{path} {what}. {remedy}", findings=[finding])

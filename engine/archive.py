"""Zip files with packages in them: written the same each time, read without trusting anything that they say of themselves."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from .finding import Finding
from .sentences import Sentence, sentence

MOST_BYTES: Final = 5_000_000
"""Of the zip file itself."""
MOST_FILES: Final = 1_000
"""Folders count too."""
MOST_FILE_BYTES: Final = 2_000_000
MOST_TOTAL_BYTES: Final = 20_000_000
MOST_RATIO: Final = 100
"""How many times larger than packed a file may be; diagrams are about ten times larger. Small files are let be."""
MOST_FOLDERS: Final = 8
"""Folders inside each other."""
LONGEST_PATH: Final = 300

_SMALL: Final = 100_000
_ENTRY: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_STRANGE: Final = re.compile(r"[\x00-\x1f\x7f]")
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError, RuntimeError)
"""What the reader of zip files raises over one that is damaged or made to be misread."""


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files by path. The same files give the same bytes, wherever and whenever: in order, unpacked, undated."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _FIRST_DAY)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, files[path])
    return stream.getvalue()


def read_archive(source: bytes) -> tuple[dict[str, bytes], list[Finding]]:
    """The files of a zip by path, folders left out, or everything that is wrong with it and no file. Never raises.

    Refused: what is no zip or is damaged or encrypted; paths that lead elsewhere (absolute, with `..`, with a drive), links,
    names that are there twice or differ in capitals only; and what is larger than the module's limits when it is unpacked,
    whatever the zip says about that. Nothing is written anywhere.
    """
    if len(source) > MOST_BYTES:
        return {}, [_too_much(sentence("The zip file is larger than {most} bytes.", most=MOST_BYTES))]
    if source.count(_ENTRY) > MOST_FILES:
        return {}, [_too_many()]
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            return _read(archive)
    except _BROKEN:
        return {}, [_unreadable(sentence("The file is no zip file, or it is damaged."), _MAKE_ANEW)]


def _read(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], list[Finding]]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        return {}, [_too_many()]
    if findings := list(_wrong_entries(entries)) or list(_twins(entries)):
        return {}, findings
    if sum(entry.file_size for entry in entries) > MOST_TOTAL_BYTES:
        return {}, [_too_much(sentence("Unpacked, the files are larger than {most} bytes together.", most=MOST_TOTAL_BYTES))]
    files: dict[str, bytes] = {}
    for entry in entries:
        if entry.is_dir():
            continue
        try:
            with archive.open(entry) as stream:
                files[entry.filename] = stream.read(MOST_FILE_BYTES + 1)
        except _BROKEN:
            told = sentence("{name} in the zip file is damaged.", name=_shown(entry))
            return {}, [_unreadable(told, _MAKE_ANEW, _shown(entry))]
    return files, []


def _wrong_entries(entries: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    for entry in entries:
        if wrong := _wrong_path(entry.orig_filename):
            told = sentence("{name}: {wrong}.", name=_shown(entry), wrong=wrong)
            yield Finding("archive-path", told, _RENAME, file=_shown(entry))
        elif _is_special(entry):
            told = sentence("{name} is a link or something else that is no file.", name=_shown(entry))
            remedy = sentence("Put the file itself in its place.")
            yield Finding("archive-path", told, remedy, file=_shown(entry))
        elif entry.flag_bits & _ENCRYPTED:
            told = sentence("{name} is encrypted.", name=_shown(entry))
            yield _unreadable(told, sentence("Make the zip file without a password."), _shown(entry))
        elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            told = sentence("{name} is packed in a way that is not read.", name=_shown(entry))
            remedy = sentence("Make the zip file with the usual method (deflate).")
            yield _unreadable(told, remedy, _shown(entry))
        elif entry.file_size > MOST_FILE_BYTES:
            told = sentence("{name} is larger than {max_bytes} bytes.", name=_shown(entry), max_bytes=MOST_FILE_BYTES)
            yield _too_much(told, _shown(entry))
        elif entry.file_size > max(_SMALL, MOST_RATIO * entry.compress_size):
            told = sentence("{name} is packed more tightly than {ratio} to one.", name=_shown(entry), ratio=MOST_RATIO)
            yield _too_much(told, _shown(entry))


def _wrong_path(path: str) -> Sentence | None:
    """What is wrong with a path as the zip has it."""
    parts = path.removesuffix("/").split("/")
    if len(path) > LONGEST_PATH or len(parts) > MOST_FOLDERS + 1:
        return sentence("the path is too long or lies too deep")
    if _STRANGE.search(path):
        return sentence("the name has characters that no name may have")
    if "\\" in path:
        return sentence("the path has backslashes")
    if path.startswith("/") or _DRIVE.match(path):
        return sentence("the path leads to a place outside the package")
    if ".." in parts or "." in parts or "" in parts:
        return sentence("the path goes up or is not plain")
    return None


def _is_special(entry: zipfile.ZipInfo) -> bool:
    """Whether the entry is a symbolic link, a device or the like, as zips made on Unix tell."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR) or (kind == stat.S_IFDIR and not entry.is_dir())


def _twins(entries: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    """Names that some computers would take for one, and files in whose place others have a folder."""
    names = [entry.filename.removesuffix("/").casefold() for entry in entries]
    counted = Counter(names)
    files = {name for name, entry in zip(names, entries, strict=True) if not entry.is_dir()}
    for name, entry in zip(names, entries, strict=True):
        inside = next((other for other in _folders(name) if other in files), None)
        if counted[name] > 1 or inside is not None:
            told = sentence("{name} is there more than once, or with other capitals, or as a folder too.", name=_shown(entry))
            yield Finding("archive-path", told, _RENAME, file=_shown(entry))


def _folders(name: str) -> Iterator[str]:
    while name := name.rpartition("/")[0]:
        yield name


def _shown(entry: zipfile.ZipInfo) -> str:
    """The name for people: cut, and without what would not show."""
    return _STRANGE.sub("\ufffd", entry.orig_filename)[:LONGEST_PATH]


def _unreadable(told: Sentence, remedy: Sentence, file: str = "") -> Finding:
    return Finding("archive-unreadable", told, remedy, file=file)


def _too_much(told: Sentence, file: str = "") -> Finding:
    remedy = sentence("Put nothing in the zip file but the files of one package and its forms.")
    return Finding("archive-too-large", told, remedy, file=file)


def _too_many() -> Finding:
    return _too_much(sentence("The zip file holds more than {most} files.", most=MOST_FILES))


_RENAME: Final = sentence("Give it a plain name inside the package's folder, and make the zip file anew.")
_MAKE_ANEW: Final = sentence("Make the zip file anew.")

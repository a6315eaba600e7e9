"""Packages in zip files: a process and its forms, as `processes/` and `forms/` of a content folder hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..archive import read_archive, write_archive
from ..commands.drafts import is_key, is_path
from ..commands.encodings import check_texts
from ..definition import Bundle, Package
from ..finding import Finding
from ..package_files import DIAGRAM
from ..sentences import sentence
from .places import FOLDERS
from .reader import SUFFIXES

_KIND = {"processes": "process", "forms": "form"}
_FOLDER = {kind: folder for folder, kind in _KIND.items()}
_OUTERMOST = 2
"""Folders that may lie around `processes/`, such as the one that a download of a repository begins with."""


@dataclass(frozen=True, slots=True)
class Zipped:
    """What a zip holds: one process, the forms beside it, and the paths of files that belong to neither.

    `process` is None when `findings` tell what is wrong.
    """

    process: Package | None
    forms: tuple[Package, ...] = ()
    left_out: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def write_zip(bundle: Bundle) -> bytes:
    """The bundle's processes and forms as a zip file; the same bundle gives the same bytes."""
    return write_archive(
        {
            f"{_FOLDER[package.kind]}/{package.key}/{name}": source
            for package in bundle.packages
            if package.kind in _FOLDER
            for name, source in package.files.items()
        }
    )


def read_zip(source: bytes) -> Zipped:
    """The one process in a zip and its forms. Files that belong to no package, such as a README, are left out and told of.

    Taken: `processes/<key>/…` and `forms/<key>/…`, also within a folder or two; or the process's folder alone.
    """
    files, findings = read_archive(source)
    if findings:
        return Zipped(None, findings=tuple(findings))
    placed = {path: place for path in sorted(files) if (place := _place(path, files)) and not _is_hidden(place)}
    packages: dict[tuple[str, str], dict[str, bytes]] = {}
    for path, (kind, key, name) in placed.items():
        packages.setdefault((kind, key), {})[name] = files[path]
    read = [Package(kind, key, inside) for (kind, key), inside in packages.items()]
    processes = [package for package in read if package.kind == "process"]
    findings = [*_not_one(processes), *_wrong_names(placed), *_not_text(read)]
    if findings:
        return Zipped(None, findings=tuple(findings))
    left_out = tuple(path for path in sorted(files) if path not in placed)
    return Zipped(processes[0], tuple(package for package in read if package.kind == "form"), left_out)


def _place(path: str, files: Mapping[str, bytes]) -> tuple[str, str, str] | None:
    """The kind and key of the package that a file belongs to, and its path there; None for what belongs to none."""
    parts = path.split("/")
    if PurePosixPath(path).suffix not in SUFFIXES or any(part.startswith((".", "__")) for part in parts[:-1]):
        return None
    for at, part in enumerate(parts[: _OUTERMOST + 1]):
        if part in FOLDERS:
            return (_KIND[part], parts[at + 1], "/".join(parts[at + 2 :])) if part in _KIND and len(parts) > at + 2 else None
    for at in range(1, min(len(parts), _OUTERMOST + 2)):
        if "/".join((*parts[:at], DIAGRAM)) in files:
            return "process", parts[at - 1], "/".join(parts[at:])
    return None


def _is_hidden(place: tuple[str, str, str]) -> bool:
    """Whether the file would be taken for a form's, which lie beside processes and not in them."""
    kind, _, name = place
    return kind == "process" and name.startswith("forms/")


def _not_one(processes: list[Package]) -> Iterable[Finding]:
    remedy = sentence(
        "Put one process into it: processes/<key>/{diagram}, what lies beside it, and its forms.", diagram=DIAGRAM
    )
    whole = [package for package in processes if DIAGRAM in package.files]
    if len(processes) > 1:
        keys = ", ".join(package.key for package in processes)
        yield Finding("archive-package", sentence("The zip file holds more than one process: {keys}.", keys=keys), remedy)
    elif not whole:
        yield Finding("archive-package", sentence("The zip file holds no process with a {diagram}.", diagram=DIAGRAM), remedy)
    elif not is_key(whole[0].key):
        told = sentence("{key} is no key that a process can have.", key=whole[0].key)
        advice = sentence("Name its folder with lower-case letters a–z, digits and hyphens, beginning with a letter.")
        yield Finding("archive-package", told, advice)


def _wrong_names(placed: Mapping[str, tuple[str, str, str]]) -> Iterable[Finding]:
    for path, (_, _, name) in placed.items():
        if not is_path(name):
            told = sentence("{path} has a name that no file of a package may have.", path=path)
            remedy = sentence("Use letters a–z, digits, dots, hyphens and underscores in it, and no spaces.")
            yield Finding("archive-path", told, remedy, file=path)


def _not_text(packages: list[Package]) -> Iterable[Finding]:
    for package in packages:
        folder = f"{_FOLDER[package.kind]}/{package.key}/"
        found = check_texts(package, package.files)
        yield from (finding.in_file(folder + finding.file) for finding in found)
        for name, source in package.files.items():
            if b"\0" in source and not any(finding.file == name for finding in found):
                told = sentence("{name} holds NUL characters: it is no text.", name=name)
                yield Finding("file-encoding", told, sentence("Save it as UTF-8."), file=folder + name)

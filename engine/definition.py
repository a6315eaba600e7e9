"""What was deployed: process versions, form versions, registers. None of them ever changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .canonical import Json
from .finding import Finding
from .ids import UserId, VersionId


@dataclass(frozen=True, slots=True)
class ProcessVersion:
    """One deployed version of a process, complete: a case runs on it to its end.

    `diagram` is the file as the designer wrote it; `compiled` the normalised XML that runs, made by compiler version
    `compiler`. `forms` maps form keys to form versions, `calls` the called processes to the versions deployed with it,
    `decisions` file names to DMN text. `name_en` is empty where the designer gave no name in English. `digest` is over
    everything, so that an unchanged package is not deployed twice. `pool_of` is the process in whose diagram this one is
    another pool: both are deployed together, with one number, and a newer version of that one without this withdraws it.
    `note` is what whoever deployed it said about it.
    """

    id: VersionId
    key: str
    version: int
    name: str
    digest: str
    diagram: str
    compiled: str
    compiler: int
    data_schema: Json
    deployed_at: datetime
    deployed_by: UserId
    forms: Mapping[str, VersionId] = field(default_factory=dict)
    calls: Mapping[str, VersionId] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    start_messages: tuple[str, ...] = ()
    is_startable: bool = False
    start_groups: frozenset[str] = frozenset()
    start_form: str | None = None
    name_en: str = ""
    pool_of: str = ""
    note: str = ""

    @property
    def package(self) -> str:
        """The key of the package that it was deployed with."""
        return self.pool_of or self.key


@dataclass(frozen=True, slots=True)
class Retirement:
    """A process of which no new cases begin, since `at` (aware UTC), until it was taken up again: then `ended_at` says when.

    Its cases go on, and processes that call it still may. Kept for ever: it tells who, when and why, twice.
    """

    id: str
    key: str
    at: datetime
    by: UserId
    reason: str
    ended_at: datetime | None = None
    ended_by: UserId | None = None
    ended_reason: str = ""


@dataclass(frozen=True, slots=True)
class FormVersion:
    """One deployed version of a form; `files` are its files by name, as text."""

    id: VersionId
    key: str
    version: int
    digest: str
    files: Mapping[str, str]
    deployed_at: datetime


@dataclass(frozen=True, slots=True)
class RegisterVersion:
    """One deployed version of a register's declaration; `files` are its files by name, as text, without entries."""

    id: VersionId
    key: str
    version: int
    digest: str
    files: Mapping[str, str]
    deployed_at: datetime


@dataclass(frozen=True, slots=True)
class Package:
    """The files of one folder of `processes/`, `forms/` or `registers/`, by path relative to that folder."""

    kind: str
    key: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Packages to be checked and deployed together: all of them or none.

    `findings` are those of whoever put it together, such as about files that could not be read; they count like any other.
    """

    packages: tuple[Package, ...]
    findings: tuple[Finding, ...] = ()

    def of_kind(self, kind: str) -> tuple[Package, ...]:
        """The packages of kind `process`, `form` or `register`."""
        return tuple(package for package in self.packages if package.kind == kind)


@dataclass(frozen=True, slots=True)
class PackageDraft:
    """A process package that is being worked on. Nothing of it is live before it is deployed.

    `files` are its files by path, as text, exactly as they would lie in the package's folder; forms that are changed with it
    lie in `forms/<key>/`. `based_on` is the number of the version that it was made from or last deployed as, None for a new
    process; `form_bases` that of each form which was taken in from what is deployed. `revision` counts the saves, from 1.
    """

    id: str
    key: str
    files: Mapping[str, str]
    revision: int
    created_at: datetime
    created_by: UserId
    saved_at: datetime
    saved_by: UserId
    based_on: int | None = None
    form_bases: Mapping[str, int] = field(default_factory=dict)

    @property
    def package(self) -> Package:
        """The process as a package that can be checked and deployed, without the forms."""
        files = {name: text.encode() for name, text in self.files.items() if form_of(name) is None}
        return Package("process", self.key, files)

    @property
    def forms(self) -> tuple[Package, ...]:
        """The forms that are changed with the process, by key."""
        found: dict[str, dict[str, bytes]] = {}
        for name, text in sorted(self.files.items()):
            if form := form_of(name):
                found.setdefault(form, {})[name.removeprefix(f"forms/{form}/")] = text.encode()
        return tuple(Package("form", key, files) for key, files in found.items())

    @property
    def packages(self) -> tuple[Package, ...]:
        """Everything in the draft that can be checked and deployed."""
        return (self.package, *self.forms)


def form_of(name: str) -> str | None:
    """The key of the form that a file of a draft belongs to; None for the process's own."""
    folder, _, inner = name.partition("/")
    key, _, file = inner.partition("/")
    return key if folder == "forms" and file else None


@dataclass(frozen=True, slots=True)
class DraftSave:
    """One save of a draft, as its history lists it; `files` names those that were written or removed.

    `based_on` is the version that the draft was based on then. A copy was kept beside the draft, which never became it.
    """

    revision: int
    at: datetime
    by: UserId
    files: tuple[str, ...]
    based_on: int | None = None
    is_copy: bool = False

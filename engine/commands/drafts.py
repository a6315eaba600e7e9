"""Drafts of process packages: made from a version or from nothing, saved, deployed. What is live never changes by them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from ..actor import Actor, Role
from ..canonical import dumps
from ..definition import Bundle, DraftSave, Package, PackageDraft, ProcessVersion
from ..errors import NotAllowed, NotFound, NotPossible, Rejected, RevisionConflict
from ..finding import FieldProblem, Finding
from ..ids import new_id
from ..views import Deployment
from . import deploying, first_diagram
from .free_text import require_no_identity_number
from .occurrence import Occurrence

MOST_FILES: Final = 200
MOST_CHARACTERS: Final = 2_000_000
LONGEST_NOTE: Final = 2_000
KEPT_APART_MINUTES: Final = 5
"""Of one person's saves within so many minutes by the clock, history keeps the last."""

_FILE: Final = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/){0,4}[A-Za-z0-9_][A-Za-z0-9_.-]*\.(?:bpmn|dmn|json|yaml)")
_KEY: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def may_draft(actor: Actor) -> bool:
    """Whether the actor works on packages."""
    return actor.is_system or bool(actor.roles & {Role.DESIGNER, Role.ADMINISTRATOR})


def listed(at: Occurrence) -> Sequence[PackageDraft]:
    """Every draft, by key. Raises NotAllowed for who is no designer or administrator."""
    _require_designer(at)
    return at.unit.package_drafts.all()


def read(at: Occurrence, id_: str) -> PackageDraft:
    """One draft. Raises NotAllowed, NotFound."""
    _require_designer(at)
    draft = at.unit.package_drafts.get(id_)
    if draft is None:
        raise NotFound("draft", id_)
    return draft


def saves(at: Occurrence, id_: str) -> Sequence[DraftSave]:
    """The draft's history, newest first."""
    return at.unit.package_drafts.saves(read(at, id_).id)


def saved(at: Occurrence, id_: str, revision: int) -> PackageDraft:
    """The draft as it was. Raises NotFound where the revision is not kept."""
    draft = at.unit.package_drafts.saved(read(at, id_).id, revision)
    if draft is None:
        raise NotFound("save of the draft", str(revision))
    return draft


def create(at: Occurrence, key: str, *, version: int | None = None, name: str = "") -> PackageDraft:
    """A draft of a deployed version (with all files it came in), or of a new process with a start, one step and an end.

    Raises:
        NotAllowed: the actor is no designer or administrator.
        NotFound: there is no such version.
        Rejected: the key of a new process is none, or taken.
        Conflict: the process has a draft already.
    """
    _require_designer(at)
    files = _new_files(at, key, name) if version is None else _files_of(at, key, version)
    draft = PackageDraft(new_id(), key, files, 1, at.now, at.actor.id, at.now, at.actor.id, version)
    at.unit.package_drafts.add(draft)
    return draft


def save(at: Occurrence, id_: str, files: Mapping[str, str | None], *, revision: int) -> PackageDraft:
    """Write these files of the draft, None removing one; the others stay. Files may be wrong: that is what checks tell.

    Raises:
        NotAllowed, NotFound: as `read`.
        RevisionConflict: the draft is no longer at `revision`.
        Rejected: a name is no path within a package, or there is too much.
    """
    draft = read(at, id_)
    if draft.revision != revision:
        raise RevisionConflict(f"The draft of {draft.key} was saved by somebody else meanwhile. Read it again.")
    changed = sorted(name for name, text in files.items() if draft.files.get(name) != text)
    if not changed:
        return draft
    kept = {name: text for name, text in {**draft.files, **files}.items() if text is not None}
    _require_right(kept)
    return _keep(at, draft, replace(draft, files=dict(sorted(kept.items()))), changed)


def remove(at: Occurrence, id_: str) -> None:
    """Throw the draft away with its history; what was deployed of it stays."""
    at.unit.package_drafts.remove(read(at, id_).id)


def deploy(
    at: Occurrence, id_: str, *, note: str, revision: int, replaces: int | None, findings: Sequence[Finding] = ()
) -> Deployment:
    """Deploy the draft as the process's new version. `replaces` is the newest version that the actor knows of.

    `findings` are those about the draft's scenarios; they count like any other. The draft stays, based on the new version.

    Raises:
        NotAllowed, NotFound: as `read`.
        RevisionConflict: the draft is no longer at `revision`.
        NotPossible: another version was deployed meanwhile. Rejected: something is wrong with it; nothing was deployed.
    """
    draft = read(at, id_)
    if draft.revision != revision:
        raise RevisionConflict(f"The draft of {draft.key} was saved by somebody else meanwhile. Read it again.")
    require_no_identity_number("The note", note=note)
    live = at.unit.definitions.latest_process(draft.key)
    if (live.version if live else None) != replaces:
        is_now = f"version {live.version} was deployed meanwhile" if live else "it is not deployed"
        raise NotPossible(f"Of {draft.key} {is_now}. Look at it, then deploy again.")
    deployment = deploying.deploy(at, Bundle((draft.package,), tuple(findings)), note=note.strip()[:LONGEST_NOTE])
    newest = at.unit.definitions.latest_process(draft.key)
    if newest is not None and newest.version != draft.based_on:
        _keep(at, draft, replace(draft, based_on=newest.version), ())
    return deployment


def bundle(at: Occurrence, draft: PackageDraft) -> Bundle:
    """The draft together with the newest version of everything else, as one content folder would hold them."""
    definitions = at.unit.definitions
    versions = (one for one in definitions.latest_processes() if one.package == one.key and one.key != draft.key)
    packages = [_package("process", version.key, _texts_of(at, version)) for version in versions]
    packages += [_package("form", version.key, version.files) for version in definitions.latest_forms()]
    for register in definitions.latest_registers():
        packages.append(_package("register", register.key, definitions.files(register.id) or register.files))
    return Bundle((draft.package, *packages))


def _package(kind: str, key: str, files: Mapping[str, str]) -> Package:
    return Package(kind, key, {name: text.encode() for name, text in files.items()})


def _keep(at: Occurrence, before: PackageDraft, draft: PackageDraft, changed: Sequence[str]) -> PackageDraft:
    draft = replace(draft, revision=before.revision + 1, saved_at=at.now, saved_by=at.actor.id)
    history = at.unit.package_drafts.saves(draft.id)
    is_same_sitting = before.revision > 1 and before.saved_by == draft.saved_by and before.based_on == draft.based_on
    if is_same_sitting and _sitting(before.saved_at) == _sitting(draft.saved_at):
        changed = sorted({*changed, *history[0].files})
        at.unit.package_drafts.save(draft, changed)
        at.unit.package_drafts.forget_save(draft.id, before.revision)
    else:
        at.unit.package_drafts.save(draft, changed)
    return draft


def _sitting(moment: datetime) -> int:
    return int(moment.timestamp()) // (KEPT_APART_MINUTES * 60)


def _require_designer(at: Occurrence) -> None:
    if not may_draft(at.actor):
        raise NotAllowed("Only a designer or an administrator works on drafts of packages.")


def _new_files(at: Occurrence, key: str, name: str) -> dict[str, str]:
    if not _KEY.fullmatch(key) or len(key) > 100:
        problem = FieldProblem(
            "/key",
            "pattern",
            "Skriv små bokstäver a–z, siffror och bindestreck, och börja med en bokstav.",
            "Write lower-case letters a–z, digits and hyphens, beginning with a letter.",
        )
        raise Rejected("The key is none that a process can have.", problems=[problem])
    if at.unit.definitions.process_versions(key):
        problem = FieldProblem(
            "/key", "taken", "Det finns redan en process med den nyckeln.", "There is such a process already."
        )
        raise Rejected("The key is taken.", problems=[problem])
    require_no_identity_number("The name", name=name)
    return first_diagram.files(key, name.strip() or key)


def _files_of(at: Occurrence, key: str, number: int) -> Mapping[str, str]:
    version = at.unit.definitions.process_by_number(key, number)
    if version is None:
        raise NotFound("process", f"{key} version {number}")
    if version.package != key:
        raise NotPossible(f"{key} is a pool in the diagram of {version.package}. Work on that one.")
    return _texts_of(at, version)


def _texts_of(at: Occurrence, version: ProcessVersion) -> Mapping[str, str]:
    """The files that a version came in; of one from before they were kept, what it runs on."""
    kept = at.unit.definitions.files(version.id)
    if kept is not None:
        return kept
    schema = {deploying.DATA_SCHEMA: dumps(version.data_schema)}
    return {deploying.DIAGRAM: version.diagram, **schema, **version.decisions}


def _require_right(files: Mapping[str, str]) -> None:
    problems = [
        FieldProblem(
            f"/files/{name.replace('~', '~0').replace('/', '~1')}",
            "pattern",
            "Det är inget filnamn i ett paket.",
            "That is no name of a file in a package.",
        )
        for name in files
        if len(name) > 200 or not _FILE.fullmatch(name)
    ]
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_CHARACTERS:
        problems.append(FieldProblem("/files", "maxItems", "Paketet är för stort.", "The package is too large."))
    if deploying.DIAGRAM not in files:
        problems.append(FieldProblem("/files", "required", "Paketet saknar sitt diagram.", "The package lacks its diagram."))
    if problems:
        raise Rejected("The draft was not saved.", problems=problems)

"""Drafts of process packages: made from a version or from nothing, saved, deployed. What is live never changes by them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from .. import bpmn
from ..actor import Actor, Role
from ..definition import Bundle, DraftSave, PackageDraft, form_of
from ..errors import NotAllowed, NotFound, NotPossible, Rejected, RevisionConflict
from ..finding import FieldProblem, Finding
from ..ids import new_id
from ..package_files import DIAGRAM
from ..sentences import sentence
from ..views import Deployment
from . import deploying, draft_forms, expressions, first_diagram, kept_files
from .free_text import require_no_identity_number
from .occurrence import Occurrence

MOST_FILES: Final = 200
MOST_CHARACTERS: Final = 2_000_000
LONGEST_NOTE: Final = 2_000
KEPT_APART_MINUTES: Final = 5
"""Of one person's saves within so many minutes by the clock, history keeps the last."""

_FILE: Final = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/){0,4}[A-Za-z0-9_][A-Za-z0-9_.-]*\.(?:bpmn|dmn|html|json|yaml)")
_KEY: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def is_path(name: str) -> bool:
    """Whether a file of a package may have this path in it."""
    return len(name) <= 200 and _FILE.fullmatch(name) is not None


def is_key(key: str) -> bool:
    """Whether a process may have this key."""
    return len(key) <= 100 and _KEY.fullmatch(key) is not None


def may_draft(actor: Actor) -> bool:
    """Whether the actor works on packages."""
    return actor.is_system or bool(actor.roles & {Role.DESIGNER, Role.ADMINISTRATOR})


def listed(at: Occurrence) -> Sequence[PackageDraft]:
    """Every draft, by key. Raises NotAllowed for who is no designer or administrator."""
    require_designer(at)
    return at.unit.package_drafts.all()


def read(at: Occurrence, id_: str) -> PackageDraft:
    """One draft. Raises NotAllowed, NotFound."""
    require_designer(at)
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


def create(
    at: Occurrence, key: str, *, version: int | None = None, name: str = "", name_en: str = "", form: str = ""
) -> PackageDraft:
    """A draft of a deployed version (with all files it came in), or of a new process with a start, one step and an end.

    The name, also in English, and the form that the step is filled in with are those of a new process.

    Raises:
        NotAllowed: the actor is no designer or administrator.
        NotFound: there is no such version.
        Rejected: the key of a new process is none, or taken; there is no such form.
        Conflict: the process has a draft already.
    """
    require_designer(at)
    files = _new_files(at, key, name, name_en, form) if version is None else _files_of(at, key, version)
    draft = PackageDraft(new_id(), key, files, 1, at.now, at.actor.id, at.now, at.actor.id, version)
    at.unit.package_drafts.add(draft)
    return draft


def save(at: Occurrence, id_: str, files: Mapping[str, str | None], *, revision: int, apart: bool = False) -> PackageDraft:
    """Write these files of the draft, None removing one; the others stay. Files may be wrong: that is what checks tell.

    Saved `apart`, what was there before stays in the history although the same person saved it just now.

    Raises:
        NotAllowed, NotFound: as `read`.
        RevisionConflict: the draft is no longer at `revision`.
        Rejected: a name is no path within a package, or there is too much.
    """
    draft = read(at, id_)
    require_revision(draft, revision)
    written, changed = _written(draft, files)
    return keep(at, draft, written, changed, apart=apart) if changed else draft


def keep_copy(at: Occurrence, id_: str, files: Mapping[str, str | None]) -> PackageDraft:
    """Keep the draft with these files in its history, without changing the draft itself.

    Raises:
        NotAllowed, NotFound: as `read`. Rejected: as `save`.
    """
    draft = read(at, id_)
    written, changed = _written(draft, files)
    if not changed:
        return draft
    copy = replace(written, revision=draft.revision + 1, saved_at=at.now, saved_by=at.actor.id)
    as_before = replace(draft, revision=draft.revision + 2)
    (newest, *_) = at.unit.package_drafts.saves(draft.id)
    at.unit.package_drafts.save(copy, changed, is_copy=True)
    at.unit.package_drafts.save(as_before, newest.files)
    at.unit.package_drafts.forget_save(draft.id, draft.revision)
    return as_before


def take_form(at: Occurrence, id_: str, key: str, *, revision: int, keep_own: bool = False) -> PackageDraft:
    """Take the newest version of a form into the draft, to be changed there; what the draft has of the form is replaced.

    With `keep_own` the draft's form stays as it is, and from now on counts as made from that version.

    Raises:
        NotAllowed, NotFound: as `read`, or there is no such form.
        RevisionConflict: the draft is no longer at `revision`. Rejected: there is too much.
    """
    draft = read(at, id_)
    require_revision(draft, revision)
    live = at.unit.definitions.latest_form(key)
    if live is None:
        raise NotFound("form", key)
    own = {name for name in draft.files if form_of(name) == key}
    files = dict(draft.files)
    if not (keep_own and own):
        files = {name: text for name, text in files.items() if name not in own}
        files |= {f"forms/{key}/{name}": text for name, text in live.files.items()}
    require_right(files)
    changed = sorted(name for name in own | files.keys() if draft.files.get(name) != files.get(name))
    bases = {**draft.form_bases, key: live.version}
    return keep(at, draft, replace(draft, files=dict(sorted(files.items())), form_bases=bases), changed)


def remove(at: Occurrence, id_: str) -> None:
    """Throw the draft away with its history; what was deployed of it stays."""
    at.unit.package_drafts.remove(read(at, id_).id)


def deploy(
    at: Occurrence, id_: str, *, note: str, revision: int, replaces: int | None, findings: Sequence[Finding] = ()
) -> Deployment:
    """Deploy the draft as the process's new version. `replaces` is the newest version that the actor knows of.

    `findings` are those about the draft's scenarios; they count like any other. The draft stays, based on the new version,
    without the forms that were deployed with it: from then on it has the newest of them, as all have.

    Raises:
        NotAllowed, NotFound: as `read`.
        RevisionConflict: the draft is no longer at `revision`.
        NotPossible: another version was deployed meanwhile. Rejected: something is wrong with it; nothing was deployed.
    """
    draft = read(at, id_)
    require_revision(draft, revision)
    require_no_identity_number(sentence("the note"), note=note)
    live = at.unit.definitions.latest_process(draft.key)
    if (live.version if live else None) != replaces:
        is_now = (
            sentence("version {version} was deployed meanwhile", version=live.version)
            if live
            else sentence("nothing is deployed")
        )
        raise NotPossible(sentence("Of {process} {is_now}. Look at it, then deploy again.", process=draft.key, is_now=is_now))
    findings = (*findings, *draft_forms.overtaken(at, draft))
    deployment = deploying.deploy(at, Bundle(draft.packages, findings), note=note.strip()[:LONGEST_NOTE])
    newest = at.unit.definitions.latest_process(draft.key)
    gone = [name for name in draft.files if form_of(name)]
    if gone or (newest is not None and newest.version != draft.based_on):
        files = {name: text for name, text in draft.files.items() if name not in gone}
        based_on = newest.version if newest is not None else draft.based_on
        keep(at, draft, replace(draft, files=files, based_on=based_on), gone)
    return deployment


def scope_of(at: Occurrence, id_: str, element: str) -> bpmn.Scope:
    """The names that expressions of an element of the draft may read. Raises as `read`."""
    draft = read(at, id_)
    return expressions.scope_of(at, Bundle(draft.packages), draft.key, element)


def check_expression(at: Occurrence, id_: str, element: str, expression: expressions.Expression) -> list[Finding]:
    """What is wrong with an expression that is being written for an element of the draft. Raises as `read`."""
    draft = read(at, id_)
    return expressions.check_expression(at, Bundle(draft.packages), draft.key, element, expression)


def bundle(at: Occurrence, draft: PackageDraft) -> Bundle:
    """The draft together with the newest version of everything else, as one content folder would hold them."""
    own = {(package.kind, package.key) for package in draft.packages}
    others = (package for package in kept_files.everything(at) if (package.kind, package.key) not in own)
    return Bundle((*draft.packages, *others))


def require_revision(draft: PackageDraft, revision: int) -> None:
    """Raises RevisionConflict where the draft is no longer at `revision`."""
    if draft.revision != revision:
        raise RevisionConflict(
            sentence("The draft of {process} was saved by somebody else meanwhile. Read it again.", process=draft.key)
        )


def require_designer(at: Occurrence) -> None:
    """Raises NotAllowed for who is no designer or administrator."""
    if not may_draft(at.actor):
        raise NotAllowed(sentence("Only a designer or an administrator works on drafts of packages."))


def _written(draft: PackageDraft, files: Mapping[str, str | None]) -> tuple[PackageDraft, Sequence[str]]:
    """The draft with these files, and which of them are other than before."""
    changed = sorted(name for name, text in files.items() if draft.files.get(name) != text)
    kept = {name: text for name, text in {**draft.files, **files}.items() if text is not None}
    require_right(kept)
    return replace(draft, files=dict(sorted(kept.items()))), changed


def keep(
    at: Occurrence, before: PackageDraft, draft: PackageDraft, changed: Sequence[str], *, apart: bool = False
) -> PackageDraft:
    """Store the draft as its next revision, with what `changed` in the history. Raises RevisionConflict.

    Kept `apart`, what was there before stays in the history even if the same person saved it just now.
    """
    forms = {form.key for form in draft.forms}
    bases = {key: version for key, version in draft.form_bases.items() if key in forms}
    draft = replace(draft, form_bases=bases, revision=before.revision + 1, saved_at=at.now, saved_by=at.actor.id)
    history = at.unit.package_drafts.saves(draft.id)
    is_same_sitting = before.revision > 1 and before.saved_by == draft.saved_by and before.based_on == draft.based_on
    if not apart and is_same_sitting and _sitting(before.saved_at) == _sitting(draft.saved_at):
        changed = sorted({*changed, *history[0].files})
        at.unit.package_drafts.save(draft, changed)
        at.unit.package_drafts.forget_save(draft.id, before.revision)
    else:
        at.unit.package_drafts.save(draft, changed)
    return draft


def _sitting(moment: datetime) -> int:
    return int(moment.timestamp()) // (KEPT_APART_MINUTES * 60)


def _new_files(at: Occurrence, key: str, name: str, name_en: str, form: str) -> dict[str, str]:
    if not is_key(key):
        problem = FieldProblem(
            "/key",
            "pattern",
            "Skriv små bokstäver a–z, siffror och bindestreck, och börja med en bokstav.",
            "Write lower-case letters a–z, digits and hyphens, beginning with a letter.",
        )
        raise Rejected(sentence("The key is none that a process can have."), problems=[problem])
    if at.unit.definitions.process_versions(key):
        problem = FieldProblem(
            "/key", "taken", "Det finns redan en process med den nyckeln.", "There is such a process already."
        )
        raise Rejected(sentence("The key is taken."), problems=[problem])
    if form and at.unit.definitions.latest_form(form) is None:
        problem = FieldProblem("/form", "unknown", "Det finns inget sådant formulär.", "There is no such form.")
        raise Rejected(sentence("There is no such form."), problems=[problem])
    require_no_identity_number(sentence("the name"), name=name, nameEn=name_en)
    return first_diagram.files(key, name.strip() or key, name_en.strip(), form)


def _files_of(at: Occurrence, key: str, number: int) -> Mapping[str, str]:
    version = at.unit.definitions.process_by_number(key, number)
    if version is None:
        raise NotFound("process", f"{key} version {number}")
    if version.package != key:
        raise NotPossible(
            sentence("{key} is a pool in the diagram of {package}. Work on that one.", key=key, package=version.package)
        )
    return kept_files.texts_of(at, version)


def require_right(files: Mapping[str, str]) -> None:
    """Raises Rejected where a name is no path within a package, or there is too much."""
    problems = [
        FieldProblem(
            f"/files/{name.replace('~', '~0').replace('/', '~1')}",
            "pattern",
            "Det är inget filnamn i ett paket.",
            "That is no name of a file in a package.",
        )
        for name in files
        if not is_path(name)
    ]
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_CHARACTERS:
        problems.append(FieldProblem("/files", "maxItems", "Paketet är för stort.", "The package is too large."))
    if DIAGRAM not in files:
        problems.append(FieldProblem("/files", "required", "Paketet saknar sitt diagram.", "The package lacks its diagram."))
    if problems:
        raise Rejected(sentence("The draft was not saved."), problems=problems)

"""Packages out as zip files, and in again as drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..actor import Actor
from ..case_engine import CaseEngine
from ..content import read_zip, write_zip
from ..definition import Package, PackageDraft
from ..errors import Rejected
from ..sentences import sentence


class FormState(StrEnum):
    """How a form that came with a package stands to what is deployed."""

    SAME = "same"
    OTHER = "other"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft that a zip became; `left_out` are files that belong to no package.

    `forms` are those that came with it. What is the same as what is deployed is not in
    the draft, which has the newest of those as all have.
    """

    draft: PackageDraft
    left_out: tuple[str, ...]
    forms: Mapping[str, FormState]


def export_version(engine: CaseEngine, actor: Actor, key: str, number: int) -> bytes:
    """A version as a zip: its own files, and the forms as they were when it was deployed. Raises as contents.of_version."""
    return write_zip(engine.version_contents(actor, key, number).bundle)


def export_draft(engine: CaseEngine, actor: Actor, draft_id: str) -> tuple[PackageDraft, bytes]:
    """The draft and its zip: its own files, and the newest forms that it names. Raises as commands.drafts.read."""
    draft, contents = engine.draft_contents(actor, draft_id)
    return draft, write_zip(contents.bundle)


def import_zip(engine: CaseEngine, actor: Actor, source: bytes, *, into: str | None = None, revision: int = 0) -> Imported:
    """A draft of the process in a zip: a new one, or the next save of `into`. Nothing that is live changes.

    Raises:
        Rejected: the zip is none that can be taken; the findings tell why. Nothing was saved.
        Others as commands.taking_in.take_in.
    """
    engine.drafts(actor)  # who may not have drafts is told so, and not what is wrong with a file
    zipped = read_zip(source)
    if zipped.process is None:
        raise Rejected(sentence("The zip file was not taken in. Nothing was saved."), findings=zipped.findings)
    states = _states(engine, actor, zipped.forms)
    files = {name: text.decode() for name, text in zipped.process.files.items()}
    for form in zipped.forms:
        if states[form.key] is not FormState.SAME:
            files |= {f"forms/{form.key}/{name}": text.decode() for name, text in form.files.items()}
    draft = engine.take_in_draft(actor, zipped.process.key, files, into=into, revision=revision)
    return Imported(draft, zipped.left_out, states)


def _states(engine: CaseEngine, actor: Actor, forms: tuple[Package, ...]) -> dict[str, FormState]:
    deployed = engine.deployed_forms(actor, [form.key for form in forms])
    return {form.key: _state(form, deployed[form.key].files if form.key in deployed else None) for form in forms}


def _state(form: Package, deployed: Mapping[str, str] | None) -> FormState:
    if deployed is None:
        return FormState.MISSING
    files = {name: source.decode() for name, source in form.files.items() if name.endswith(".json")}
    return FormState.SAME if files == dict(deployed) else FormState.OTHER

"""Forms: what may be answered, how it looks and what it says."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get

from engine.form import Form
from engine.views import FormView as Found

from .bodies import Object, View, plain_object
from .identity import Asker
from .parts import Engine, FormKey, VersionNumber
from .problems import declared


class FormTexts(View, frozen=True, kw_only=True):
    """What the form says, in each language, as the designer wrote it."""

    sv: Object
    en: Object


class FormView(View, frozen=True, kw_only=True):
    """A form, ready to be shown."""

    key: str
    schema: Annotated[Object, msgspec.Meta(description="JSON Schema 2020-12 of a submission.")]
    ui: Annotated[Object, msgspec.Meta(description="How to lay it out: react-jsonschema-form's uiSchema.")]
    texts: FormTexts

    @classmethod
    def of(cls, form: Form) -> FormView:
        return cls(
            key=form.key,
            schema=plain_object(form.schema),
            ui=plain_object(form.ui),
            texts=FormTexts(sv=plain_object(form.texts["sv"].document), en=plain_object(form.texts["en"].document)),
        )


class FormTitle(View, frozen=True, kw_only=True):
    """What the form is called, in each language."""

    sv: str
    en: str


class FormRow(View, frozen=True, kw_only=True):
    """A form in a list."""

    key: str
    version: Annotated[int, msgspec.Meta(description="Counts from 1.")]
    title: FormTitle
    deployed_at: datetime

    @classmethod
    def of(cls, found: Found) -> FormRow:
        texts, version = found.form.texts, found.version
        title = FormTitle(sv=texts["sv"].title, en=texts["en"].title)
        return cls(key=version.key, version=version.version, title=title, deployed_at=version.deployed_at)


class FormList(View, frozen=True, kw_only=True):
    items: list[FormRow]
    next: Annotated[str | None, msgspec.Meta(description="Null: all are here.")] = None


class FormVersionView(View, frozen=True, kw_only=True):
    """One deployed version of a form."""

    version: Annotated[int, msgspec.Meta(description="Counts from 1.")]
    deployed_at: datetime
    form: FormView
    examples: Annotated[dict[str, Object], msgspec.Meta(description="The designer's own right submissions, by name.")]


class FormVersionRow(View, frozen=True, kw_only=True):
    """A version in a list."""

    version: int
    deployed_at: datetime


class FormVersionList(View, frozen=True, kw_only=True):
    items: list[FormVersionRow]
    next: Annotated[str | None, msgspec.Meta(description="Null: all are here.")] = None


@get("/forms", summary="Forms", tags=["Forms"], sync_to_thread=True, responses=declared("not-signed-in"))
def list_forms(engine: Engine, asker: Asker) -> FormList:
    """The newest version of every form that was ever deployed, by key."""
    return FormList(items=[FormRow.of(found) for found in engine.forms(asker)])


@get(
    "/forms/{form_key:str}",
    summary="One form",
    tags=["Forms"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found"),
)
def read_form(engine: Engine, asker: Asker, form_key: FormKey) -> FormVersionView:
    """The newest version of the form, with its texts in both languages. To fill in a task, use the form that comes with it."""
    return _version(engine.form(asker, form_key))


@get(
    "/forms/{form_key:str}/versions",
    summary="Versions of a form",
    tags=["Forms"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found"),
)
def list_form_versions(engine: Engine, asker: Asker, form_key: FormKey) -> FormVersionList:
    """All versions, newest first. A task keeps the version it was created with."""
    versions = engine.form_versions(asker, form_key)
    return FormVersionList(items=[FormVersionRow(version=one.version, deployed_at=one.deployed_at) for one in versions])


@get(
    "/forms/{form_key:str}/versions/{number:int}",
    summary="One version of a form",
    tags=["Forms"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found"),
)
def read_form_version(engine: Engine, asker: Asker, form_key: FormKey, number: VersionNumber) -> FormVersionView:
    """The form as it was deployed then, with its texts in both languages."""
    return _version(engine.form(asker, form_key, number))


HANDLERS = [list_forms, read_form, list_form_versions, read_form_version]


def _version(found: Found) -> FormVersionView:
    examples = {name: plain_object(example) for name, example in found.form.examples.items()}
    return FormVersionView(
        version=found.version.version,
        deployed_at=found.version.deployed_at,
        form=FormView.of(found.form),
        examples=examples,
    )

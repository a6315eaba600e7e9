"""Forms: what may be answered, how it looks and what it says."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get

from engine.form import Form

from .bodies import Object, View, plain_object
from .identity import Asker
from .parts import Engine, FormKey
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


class FormVersionView(View, frozen=True, kw_only=True):
    """One deployed version of a form."""

    version: Annotated[int, msgspec.Meta(description="Counts from 1.")]
    form: FormView


@get(
    "/forms/{form_key:str}",
    summary="One form",
    tags=["Forms"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found"),
)
def read_form(engine: Engine, asker: Asker, form_key: FormKey) -> FormVersionView:
    """The newest version of the form, with its texts in both languages. To fill in a task, use the form that comes with it."""
    found = engine.form(asker, form_key)
    return FormVersionView(version=found.version.version, form=FormView.of(found.form))


HANDLERS = [read_form]

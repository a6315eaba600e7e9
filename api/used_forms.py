"""The forms that a case has used: what its data are called, in the words that people saw."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get

from engine.ids import CaseId as EngineCaseId
from engine.source import is_object
from engine.views import UsedTexts

from .bodies import Object, View, plain_object
from .forms import FormTexts, FormView
from .identity import Asker
from .parts import CaseId, Engine
from .problems import declared


class UsedFormView(View, frozen=True, kw_only=True):
    """A version of a form, and where its answers lie."""

    call: Annotated[str, msgspec.Meta(description="The path of the call in whose data they lie; empty for the case's own.")]
    bind: Annotated[str, msgspec.Meta(description="The path that they lie below in those data; empty for right in them.")]
    version: Annotated[int, msgspec.Meta(description="The form's version.")]
    form: FormView


class UsedTextsView(View, frozen=True, kw_only=True):
    """What a process version that ran in the case calls its data."""

    call: Annotated[str, msgspec.Meta(description="The path of the call in whose data they lie; empty for the case's own.")]
    texts: Annotated[FormTexts, msgspec.Meta(description="Its `x-texts`, those of the forms that its data name put in.")]


class UsedFormList(View, frozen=True, kw_only=True):
    items: list[UsedFormView]
    data: Annotated[list[UsedTextsView], msgspec.Meta(description="For what no form has written: the newest run last.")]
    next: Annotated[str | None, msgspec.Meta(description="Null: all are here.")] = None


@get(
    "/cases/{case_id:str}/forms",
    summary="Forms that a case has used",
    tags=["Cases"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found", "case-damaged", "history-damaged"),
)
def read_used_forms(engine: Engine, asker: Asker, case_id: CaseId) -> UsedFormList:
    """The forms of the case's start and tasks, and what its processes call their data, without answers: they name the data.

    For everybody who may read or operate the case.
    """
    found = engine.used_forms(asker, EngineCaseId(case_id))
    texts = engine.used_texts(asker, EngineCaseId(case_id))
    return UsedFormList(
        items=[
            UsedFormView(call=used.call, bind=used.bind, version=used.version.version, form=FormView.of(used.form))
            for used in found
        ],
        data=[
            UsedTextsView(
                call=used.call,
                texts=FormTexts(sv=_texts_in("sv", used), en=_texts_in("en", used)),
            )
            for used in texts
        ],
    )


def _texts_in(language: str, used: UsedTexts) -> Object:
    found = used.texts.get(language)
    return plain_object(found) if is_object(found) else {}


HANDLERS = [read_used_forms]

"""Drafts of the forms that belong to no task: those that begin a case, tell a case something, or add to a register."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import JSONBody, PathParameter, QueryParameter

from engine.finding import FieldProblem
from engine.ids import CaseId
from engine.ports import DraftKind, FormDraft, about_message

from .bodies import Body, View, as_json, plain
from .headers import seen_draft, unless_changed
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, HIGHEST, DraftMatch, Engine
from .problems import Problem, declared
from .writes import delete, put

Kind = Annotated[
    DraftKind,
    PathParameter(
        description="`start`: of the form that begins a case. `message`: of what is told to a case. `entry`: of a new entry of "
        "a register."
    ),
]
Key = Annotated[
    str,
    PathParameter(max_length=200, description="The key of the process to begin, the case's id, or the register's key."),
]
MessageName = Annotated[
    str | None, QueryParameter(max_length=200, description="The name of the message; with `message`, and only then.")
]
FormVersion = Annotated[int, msgspec.Meta(ge=1, le=HIGHEST, description="The version of the form that it was typed into.")]


class NewFormDraft(Body, frozen=True, kw_only=True):
    """What has been typed so far; it need not fit the form."""

    values: Annotated[object, msgspec.Meta(description="Any JSON.")]
    form_version: FormVersion | None = None


class FormDraftView(View, frozen=True, kw_only=True):
    """What one has typed so far, valid or not."""

    values: object
    form_version: int | None
    saved_at: datetime
    revision: Annotated[str, msgspec.Meta(description="Another text after each save; send it as `If-Match` with the next.")]

    @classmethod
    def of(cls, draft: FormDraft) -> FormDraftView:
        return cls(
            values=plain(draft.values), form_version=draft.form_version, saved_at=draft.saved_at, revision=draft.revision
        )


class OwnFormDraft(View, frozen=True, kw_only=True):
    """One's draft of a form, if there is one."""

    draft: FormDraftView | None


@get(
    "/form-drafts/{kind:str}/{key:str}",
    summary="Read a draft of a form",
    tags=["Form drafts"],
    sync_to_thread=True,
    responses=declared("not-signed-in"),
)
def read_form_draft(engine: Engine, asker: Asker, kind: Kind, key: Key, message: MessageName = None) -> OwnFormDraft:
    """One's own, and nobody else's; null where there is none."""
    draft = engine.form_draft(asker, kind, _about(kind, key, message))
    return OwnFormDraft(draft=None if draft is None else FormDraftView.of(draft))


@put(
    "/form-drafts/{kind:str}/{key:str}",
    summary="Save a draft of a form",
    tags=["Form drafts"],
    responses=declared(
        *CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed", "not-possible", "precondition-failed", "rejected"
    ),
)
def save_form_draft(
    *,
    engine: Engine,
    asker: Asker,
    kind: Kind,
    key: Key,
    data: JSONBody[NewFormDraft],
    message: MessageName = None,
    if_match: DraftMatch = None,
) -> FormDraftView:
    """Keeps what one has typed, valid or not, until it is sent, or has not been saved for as long as `draft_days` says."""
    values = as_json({"values": data.values})["values"]
    about, seen = _about(kind, key, message), seen_draft(if_match)
    with unless_changed():
        draft = engine.save_form_draft(asker, kind, about, values, form_version=data.form_version, revision=seen)
    return FormDraftView.of(draft)


@delete(
    "/form-drafts/{kind:str}/{key:str}",
    summary="Throw a draft of a form away",
    tags=["Form drafts"],
    responses=declared(*CHANGE_PROBLEMS),
)
def remove_form_draft(engine: Engine, asker: Asker, kind: Kind, key: Key, message: MessageName = None) -> Response[None]:
    """Forgets what one has typed. Nothing happens where there is no draft."""
    engine.remove_form_draft(asker, kind, _about(kind, key, message))
    return Response(None)


HANDLERS = [read_form_draft, save_form_draft, remove_form_draft]


def _about(kind: DraftKind, key: str, message: str | None) -> str:
    if (message is not None) is not (kind is DraftKind.MESSAGE):
        text_sv, text_en = "Ange meddelandets namn för ett meddelande, och bara då.", "Name the message for one, and only then."
        raise Problem("invalid-request", problems=[FieldProblem("?message", "required", text_sv, text_en)])
    return key if message is None else about_message(CaseId(key), message)

"""Drafts of forms that belong to no task, and requests that were answered, in SQL."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any, Final, cast

import sqlalchemy as sa

from ...ids import UserId
from ...ports import Answer, DraftKind, FormDraft, Request
from ..json_text import read_json, write_json
from ..refusals import changed
from .connection import Connection
from .rows import insert, put_unless_changed
from .tables import form_draft, request

_DRAFT = form_draft.c
_REQUEST = request.c
_NO_ANSWER: Final = {"status": None, "headers": None, "body": None}


class SqlFormDrafts:
    """See `ports.FormDrafts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, draft: FormDraft, *, was: str | None = None) -> None:
        content = {
            "content": write_json(draft.values),
            "form_version": draft.form_version,
            "saved_at": draft.saved_at,
            "revision": draft.revision,
        }
        key = {"user_id": draft.user_id, "kind": draft.kind.value, "about": draft.about}
        if not put_unless_changed(self._connection, form_draft, key, content, was=was):
            raise changed("draft of the form", draft.kind.value)

    def get(self, user: UserId, kind: DraftKind, about: str) -> FormDraft | None:
        row = self._connection.execute(sa.select(form_draft).where(*_of(user, kind, about))).one_or_none()
        if row is None:
            return None
        return FormDraft(user, kind, about, read_json(row.content), row.form_version, row.saved_at, row.revision)

    def remove(self, user: UserId, kind: DraftKind, about: str) -> None:
        self._connection.execute(sa.delete(form_draft).where(*_of(user, kind, about)))

    def forget_before(self, at: datetime) -> None:
        self._connection.execute(sa.delete(form_draft).where(_DRAFT.saved_at < at))


class SqlRequests:
    """See `ports.Requests`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, request_: Request) -> Request | None:
        row = {"user_id": request_.user_id, "key": request_.key, "digest": request_.digest, "at": request_.at}
        # Somebody who sends the same key at the same time waits here until the first is done.
        put = insert(self._connection, request).values(**row).on_conflict_do_nothing(index_elements=["user_id", "key"])
        if self._connection.execute(put.returning(_REQUEST.key)).first() is not None:
            return None
        found = self._connection.execute(sa.select(request).where(*_sent(request_))).one_or_none()
        if found is None:  # forgotten in this very moment
            raise changed("request", "that was sent again")
        return Request(request_.user_id, found.key, found.digest, found.at, _answer(found))

    def finish(self, request_: Request) -> None:
        answer = request_.answer
        self._connection.execute(
            sa.update(request).where(*_sent(request_)),
            _NO_ANSWER
            if answer is None
            else {"status": answer.status, "headers": write_json(answer.headers), "body": _packed(answer.body)},
        )

    def forget_answers(self) -> None:
        self._connection.execute(sa.update(request).where(_REQUEST.status.is_not(None)), _NO_ANSWER)

    def forget_before(self, at: datetime) -> None:
        self._connection.execute(sa.delete(request).where(_REQUEST.at < at))


def _sent(request_: Request) -> tuple[sa.ColumnElement[bool], ...]:
    return (_REQUEST.user_id == request_.user_id, _REQUEST.key == request_.key)


def _packed(body: bytes) -> str:
    """As text, which every database and backup can keep."""
    return b64encode(zlib.compress(body)).decode()


def _answer(row: sa.Row[Any]) -> Answer | None:
    if row.status is None:
        return None
    return Answer(row.status, cast("dict[str, str]", read_json(row.headers)), zlib.decompress(b64decode(row.body)))


def _of(user: UserId, kind: DraftKind, about: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (_DRAFT.user_id == user, _DRAFT.kind == kind.value, _DRAFT.about == about)

"""Drafts of packages, in SQL: what a draft holds lies with its saves, the newest of which is the draft itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

import sqlalchemy as sa

from ...definition import DraftSave, PackageDraft
from ...ids import UserId
from ..json_text import read_json, write_json
from ..refusals import changed as was_changed
from ..refusals import taken
from .connection import Connection
from .rows import names, read_names, read_texts, texts
from .tables import package_draft, package_draft_save

_DRAFT = package_draft.c
_SAVE = package_draft_save.c


class SqlPackageDrafts:
    """See `ports.PackageDrafts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, draft: PackageDraft) -> None:
        if self.of_process(draft.key) is not None:
            raise taken("draft of the process", draft.key)
        row = {
            "id": draft.id,
            "key": draft.key,
            "revision": draft.revision,
            "based_on": draft.based_on,
            "created_at": draft.created_at,
            "created_by": draft.created_by,
        }
        self._connection.execute(sa.insert(package_draft), row)
        self._keep(draft, sorted(draft.files))

    def get(self, id_: str) -> PackageDraft | None:
        return self._one(_newest().where(_DRAFT.id == id_))

    def of_process(self, key: str) -> PackageDraft | None:
        return self._one(_newest().where(_DRAFT.key == key))

    def all(self) -> Sequence[PackageDraft]:
        return [_draft(row) for row in self._connection.execute(_newest().order_by(_DRAFT.key))]

    def save(self, draft: PackageDraft, changed: Sequence[str], *, is_copy: bool = False) -> None:
        before = sa.update(package_draft).where(_DRAFT.id == draft.id, _DRAFT.revision == draft.revision - 1)
        if self._connection.execute(before.values(revision=draft.revision, based_on=draft.based_on)).rowcount == 0:
            raise was_changed("draft", draft.key)
        self._keep(draft, changed, is_copy=is_copy)

    def forget_save(self, id_: str, revision: int) -> None:
        which = (_SAVE.draft_id == id_, _SAVE.revision == revision)
        self._connection.execute(sa.delete(package_draft_save).where(*which))

    def saves(self, id_: str) -> Sequence[DraftSave]:
        columns = (_SAVE.revision, _SAVE.saved_at, _SAVE.saved_by, _SAVE.changed, _SAVE.based_on, _SAVE.is_copy)
        select = sa.select(*columns).where(_SAVE.draft_id == id_).order_by(_SAVE.revision.desc())
        return [
            DraftSave(row.revision, row.saved_at, UserId(row.saved_by), read_names(row.changed), row.based_on, row.is_copy)
            for row in self._connection.execute(select)
        ]

    def saved(self, id_: str, revision: int) -> PackageDraft | None:
        return self._one(_every().where(_SAVE.draft_id == id_, _SAVE.revision == revision))

    def remove(self, id_: str) -> None:
        self._connection.execute(sa.delete(package_draft_save).where(_SAVE.draft_id == id_))
        self._connection.execute(sa.delete(package_draft).where(_DRAFT.id == id_))

    def _keep(self, draft: PackageDraft, changed: Sequence[str], *, is_copy: bool = False) -> None:
        row = {
            "draft_id": draft.id,
            "revision": draft.revision,
            "saved_at": draft.saved_at,
            "saved_by": draft.saved_by,
            "changed": names(changed),
            "files": texts(draft.files),
            "based_on": draft.based_on,
            "form_bases": write_json(dict(draft.form_bases)),
            "is_copy": is_copy,
        }
        self._connection.execute(sa.insert(package_draft_save), row)

    def _one(self, select: sa.Select[Any]) -> PackageDraft | None:
        row = self._connection.execute(select).one_or_none()
        return None if row is None else _draft(row)


def _every() -> sa.Select[Any]:
    """Each draft at each of its saves."""
    kept = (_SAVE.revision, _SAVE.saved_at, _SAVE.saved_by, _SAVE.files, _SAVE.based_on, _SAVE.form_bases)
    return sa.select(_DRAFT.id, _DRAFT.key, _DRAFT.created_at, _DRAFT.created_by, *kept).join_from(
        package_draft, package_draft_save, _SAVE.draft_id == _DRAFT.id
    )


def _newest() -> sa.Select[Any]:
    return _every().where(_SAVE.revision == _DRAFT.revision)


def _draft(row: Any) -> PackageDraft:
    return PackageDraft(
        id=row.id,
        key=row.key,
        files=read_texts(row.files),
        revision=row.revision,
        created_at=row.created_at,
        created_by=UserId(row.created_by),
        saved_at=row.saved_at,
        saved_by=UserId(row.saved_by),
        based_on=row.based_on,
        form_bases={key: int(number) for key, number in cast("dict[str, Decimal]", read_json(row.form_bases)).items()},
    )

"""Drafts of packages, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from ...definition import DraftSave, PackageDraft
from ..refusals import changed as was_changed
from ..refusals import taken
from .tables import Tables


class MemoryPackageDrafts:
    """See `ports.PackageDrafts`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, draft: PackageDraft) -> None:
        if self.of_process(draft.key) is not None:
            raise taken("draft of the process", draft.key)
        self._put(draft, sorted(draft.files))

    def get(self, id_: str) -> PackageDraft | None:
        return self._tables.package_drafts.get(id_)

    def of_process(self, key: str) -> PackageDraft | None:
        return next((draft for draft in self._tables.package_drafts.values() if draft.key == key), None)

    def all(self) -> Sequence[PackageDraft]:
        return sorted(self._tables.package_drafts.values(), key=lambda draft: draft.key)

    def save(self, draft: PackageDraft, changed: Sequence[str], *, is_copy: bool = False) -> None:
        before = self.get(draft.id)
        if before is None or before.revision != draft.revision - 1:
            raise was_changed("draft", draft.key)
        self._put(draft, changed, is_copy=is_copy)

    def forget_save(self, id_: str, revision: int) -> None:
        kept = self._tables.draft_saves.get(id_, ())
        self._tables.draft_saves.put(id_, tuple(one for one in kept if one[0].revision != revision))

    def saves(self, id_: str) -> Sequence[DraftSave]:
        return [save for save, _ in reversed(self._tables.draft_saves.get(id_, ()))]

    def saved(self, id_: str, revision: int) -> PackageDraft | None:
        kept = self._tables.draft_saves.get(id_, ())
        return next((draft for save, draft in kept if save.revision == revision), None)

    def remove(self, id_: str) -> None:
        self._tables.package_drafts.remove(id_)
        self._tables.draft_saves.remove(id_)

    def _put(self, draft: PackageDraft, changed: Sequence[str], *, is_copy: bool = False) -> None:
        save = DraftSave(draft.revision, draft.saved_at, draft.saved_by, tuple(changed), draft.based_on, is_copy)
        self._tables.package_drafts.put(draft.id, draft)
        self._tables.draft_saves.put(draft.id, (*self._tables.draft_saves.get(draft.id, ()), (save, draft)))

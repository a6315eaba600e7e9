"""Drafts of packages, as stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..definition import DraftSave, PackageDraft


class PackageDrafts(Protocol):
    """Packages that are being worked on: one draft for each process at most."""

    def add(self, draft: PackageDraft) -> None:
        """Raises Conflict where the process has a draft."""
        ...

    def get(self, id_: str) -> PackageDraft | None: ...
    def of_process(self, key: str) -> PackageDraft | None: ...
    def all(self) -> Sequence[PackageDraft]:
        """Every draft, by key."""
        ...

    def save(self, draft: PackageDraft, changed: Sequence[str], *, is_copy: bool = False) -> None:
        """Write the draft, whose revision is one more than what is stored, and keep that `changed` files were.

        A copy is written in the same way; what was there before is written anew after it.

        Raises:
            RevisionConflict: it was changed or removed meanwhile.
        """
        ...

    def forget_save(self, id_: str, revision: int) -> None:
        """Leave out an older save of the history."""
        ...

    def saves(self, id_: str) -> Sequence[DraftSave]:
        """The history of the draft, newest first, without contents."""
        ...

    def saved(self, id_: str, revision: int) -> PackageDraft | None:
        """The draft as it was at a revision; None where that is not kept."""
        ...

    def remove(self, id_: str) -> None:
        """Forget the draft and its history."""
        ...

"""What stands beside the cases, as stored: registers, people, who looked at what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from ..canonical import Json
from ..ids import CaseId, UnitId, UserId
from .records import Access, Aspect, Change, RegisterEntry, SavedView, Session, StoredFile, Unit, User


class Registers(Protocol):
    def get(self, register: str, key: str) -> RegisterEntry | None: ...
    def find(self, register: str, where: Mapping[str, Json], limit: int) -> Sequence[RegisterEntry]:
        """Entries whose fields all equal those in `where`, by key."""
        ...

    def search(self, register: str, text: str, fields: Sequence[str], limit: int) -> Sequence[RegisterEntry]:
        """Entries with `text` (without regard to case) in one of `fields`, by key; all when `text` is empty."""
        ...

    def next_key(self, register: str) -> str:
        """A key no entry of the register has."""
        ...

    def add(self, entry: RegisterEntry) -> None:
        """
        Raises:
            Conflict: the key is taken.
        """
        ...

    def save(self, entry: RegisterEntry, *, revision: int) -> None:
        """
        Raises:
            RevisionConflict: the entry no longer has `revision`.
        """
        ...


class People(Protocol):
    """Users, units, sessions."""

    def put_unit(self, unit: Unit) -> None: ...
    def units(self) -> Sequence[Unit]: ...
    def put_user(self, user: User) -> None:
        """Add the user, or replace the one with the same id."""
        ...

    def user(self, id_: UserId) -> User | None: ...
    def user_by_name(self, name: str) -> User | None: ...
    def users(self) -> Sequence[User]: ...
    def add_session(self, session: Session) -> None: ...
    def session(self, id_: str) -> Session | None: ...
    def delete_session(self, id_: str) -> None: ...
    def delete_sessions_of(self, id_: UserId) -> None:
        """Forget the user's sessions: whoever has one must sign in again."""
        ...

    def delete_sessions_before(self, now: datetime) -> None:
        """Forget the sessions that have expired."""
        ...


class SavedViews(Protocol):
    """Views of the task list that people have named, each their own."""

    def add(self, view: SavedView) -> None:
        """
        Raises:
            Conflict: the owner has a view of this name.
        """
        ...

    def get(self, id_: str) -> SavedView | None: ...
    def of(self, owner: UserId) -> Sequence[SavedView]:
        """The person's views, by name."""
        ...

    def save(self, view: SavedView) -> None:
        """Replace the view with the same id; nothing happens if there is none.

        Raises:
            Conflict: the owner has another view of this name.
        """
        ...

    def remove(self, id_: str) -> None: ...


class AccessLog(Protocol):
    def add(self, access: Access) -> None: ...
    def of_subject(self, subject: str) -> Sequence[Access]: ...
    def page(self, subject: str, *, before: int | None, limit: int) -> Sequence[tuple[int, Access]]:
        """Looks at the subject, newest first, with numbers that grow; only those with a lower number than `before`."""
        ...


class Changes(Protocol):
    """That cases have changed lately, for live updates."""

    def add(self, case_id: CaseId, unit: UnitId, aspects: frozenset[Aspect], at: datetime) -> None: ...
    def after(self, serial: int, limit: int) -> Sequence[Change]:
        """Those with a higher serial, by serial. Of writers at the same time, one with a lower serial may commit later."""
        ...

    def bounds(self) -> tuple[int, int]:
        """The serials of the oldest that is kept and of the newest; zeros when there never was any."""
        ...

    def forget_before(self, at: datetime) -> None:
        """Forget those that are older, but never the newest one."""
        ...


class Files(Protocol):
    """What is known of the files of cases; their content lies in a `FileStore`."""

    def add(self, file: StoredFile) -> None: ...
    def get(self, id_: str) -> StoredFile | None: ...
    def of_case(self, case_id: CaseId) -> Sequence[StoredFile]:
        """The files of the case, oldest first."""
        ...

    def remove(self, id_: str) -> None: ...
    def newest(self, limit: int) -> Sequence[StoredFile]:
        """The files of all cases that were added last, the newest first."""
        ...

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Those of the ids that files have."""
        ...


class FileStore(Protocol):
    """Content by a generated id of hexadecimal digits. It is no part of a unit of work: written before it,
    never changed, erased after it."""

    def put(self, id_: str, content: bytes) -> None:
        """Keep it. When this returns it survives a power cut.

        Raises:
            Misconfigured: it cannot be kept.
        """
        ...

    def get(self, id_: str) -> bytes | None:
        """The content; None when there is none."""
        ...

    def remove(self, id_: str) -> None:
        """Erase the content, if there is one.

        Raises:
            Misconfigured: it cannot be erased.
        """
        ...

    def kept_before(self, moment: datetime) -> Iterable[str]:
        """The ids of contents that were kept before then."""
        ...

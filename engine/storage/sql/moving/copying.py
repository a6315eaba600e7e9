"""A whole database copied into another one, and the proof that both hold the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ....errors import Misconfigured
from .contents import Content, Tally
from .snapshot import Snapshot
from .target import Verified, filling


@dataclass(frozen=True, slots=True)
class Copied:
    """What is in both databases: the content of each table, and what was found when the copy's history was verified."""

    tables: tuple[Content, ...]
    history: Verified


def copy_database(source: Snapshot, to: str, *, progress: Callable[[str, int, int], None]) -> Copied:
    """Fill the empty database at an address with everything in the snapshot, in one transaction.

    Each table is read back from the target and compared with what was read from the source before anything is kept.

    Raises:
        Misconfigured: the target is not empty, cannot be written, or would not hold the same.
    """
    contents: list[Content] = []
    with filling(to, revision=source.revision) as target:
        for number, table in enumerate(source.tables):
            progress(table, number, len(source.tables))
            columns, tally = source.columns(table), Tally()
            target.fill(table, columns, tally.of(source.lines(table)))
            contents.append(Content(table, columns, tally.rows, tally.sha256))
            if target.content(table) != contents[-1]:
                raise Misconfigured(f"The table {table} is not the same in the copy. Nothing was copied.")
        target.finish()
        progress("history", len(source.tables), len(source.tables))
        history = target.verify(source.heads())
    return Copied(tuple(contents), history)

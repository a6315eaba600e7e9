"""Register entries, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...canonical import Json
from ...ports import RegisterEntry
from ...search_words import fold
from ..matching import fingerprint, searchable
from ..refusals import entry_changed, entry_taken
from .tables import Tables


class MemoryRegisters:
    """See `ports.Registers`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, register: str, key: str) -> RegisterEntry | None:
        return self._tables.entries.get((register, key))

    def find(self, register: str, where: Mapping[str, Json], limit: int) -> Sequence[RegisterEntry]:
        wanted = {name: fingerprint(value) for name, value in where.items()}
        found = (entry for entry in self._of(register) if _fits(entry, wanted))
        return sorted(found, key=lambda entry: entry.key)[:limit]

    def search(self, register: str, text: str, fields: Sequence[str], limit: int) -> Sequence[RegisterEntry]:
        folded = fold(text)
        found = (
            entry
            for entry in self._of(register)
            if not folded or any(folded in searchable(entry.values.get(name)) for name in fields)
        )
        return sorted(found, key=lambda entry: entry.key)[:limit]

    def next_key(self, register: str) -> str:
        while True:
            key = f"{register}-{self._tables.count(f'register-key:{register}')}"
            if (register, key) not in self._tables.entries:
                return key

    def add(self, entry: RegisterEntry) -> None:
        if (entry.register, entry.key) in self._tables.entries:
            raise entry_taken(entry.register)
        self._tables.entries.put((entry.register, entry.key), entry)

    def save(self, entry: RegisterEntry, *, revision: int) -> None:
        stored = self._tables.entries.get((entry.register, entry.key))
        if stored is None or stored.revision != revision:
            raise entry_changed(entry.register)
        self._tables.entries.put((entry.register, entry.key), entry)

    def _of(self, register: str) -> list[RegisterEntry]:
        return [entry for (name, _), entry in self._tables.entries.items() if name == register]


def _fits(entry: RegisterEntry, wanted: Mapping[str, str]) -> bool:
    return all(fingerprint(entry.values.get(name)) == mark for name, mark in wanted.items())

"""What handlers may look up: register entries as FEEL contexts typed by their schema, units and users."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from .. import feel
from ..canonical import Json
from ..errors import NotFound
from ..handlers import HandlerFailed
from ..ids import UserId
from ..ports import RegisterEntry, UnitOfWork
from ..register import Register
from ..sentences import sentence
from . import house as houses
from .house import House


@dataclass(frozen=True, slots=True)
class CaseRecords:
    """See handlers.Records."""

    house: House
    unit: UnitOfWork

    def get(self, register: str, key: str) -> dict[str, feel.Value] | None:
        entry = self.unit.registers.get(register, key)
        return None if entry is None else self._register(register).typed(entry.values)

    def find(self, register: str, where: Mapping[str, feel.Value], limit: int) -> list[dict[str, feel.Value]]:
        declared = self._register(register)
        plain = cast("dict[str, Json]", declared.plain(where))
        return [declared.typed(entry.values) for entry in self.unit.registers.find(register, plain, limit)]

    def key_field(self, register: str) -> str:
        return self._register(register).key_field

    def new_key(self, register: str) -> str:
        return self.unit.registers.next_key(register)

    def has_unit(self, id_: str) -> bool:
        return any(unit.id == id_ for unit in self.unit.people.units())

    def has_user(self, id_: str) -> bool:
        user = self.unit.people.user(UserId(id_))
        return user is not None and user.is_active

    def check(self, register: str, entry: Mapping[str, feel.Value]) -> None:
        declared = self._register(register)
        problems = declared.check(declared.plain(entry))
        if problems:
            fields = ", ".join(problem.path for problem in problems)
            said = sentence(
                "The entry does not fit the register {register}: look at {fields}.", register=register, fields=fields
            )
            raise HandlerFailed(said, error="bad-entry")

    def _register(self, key: str) -> Register:
        try:
            return houses.register(self.house, self.unit, key)
        except NotFound as error:
            said = sentence("There is no register {register}. Correct the input `register`.", register=key)
            raise HandlerFailed(said) from error


def plain_entry(register: Register, key: str, entry: Mapping[str, feel.Value], *, revision: int = 1) -> RegisterEntry:
    """The entry as it is stored."""
    return RegisterEntry(register.key, key, cast("dict[str, Json]", register.plain(entry)), revision)

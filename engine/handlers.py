"""Service-task handlers: what a process may have done by the system, and how it is asked for.

Handlers here take effect inside the step, in the case's own transaction: they read and write registers, move the case,
and start or message other cases. A handler gets its inputs as FEEL values and gives its `result` as one. What it wants
changed it puts on the desk; nothing happens until the step is saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from . import feel
from .errors import StegvisError
from .ids import UnitId, UserId
from .sentences import Sentence, Words, sentence


class HandlerFailed(StegvisError):
    """A handler could not do what was asked: the message says why and what to do.

    It becomes an incident, unless an event of the process catches `error`, the code of a BPMN error (empty: none can).
    """

    code = "handler-failed"

    def __init__(self, message: Words, *, error: str = "") -> None:
        super().__init__(message)
        self.error = error


class Records(Protocol):
    """What handlers may look up: register entries as FEEL contexts, and which units and users there are."""

    def get(self, register: str, key: str) -> dict[str, feel.Value] | None: ...
    def find(self, register: str, where: Mapping[str, feel.Value], limit: int) -> list[dict[str, feel.Value]]: ...
    def key_field(self, register: str) -> str:
        """The name of the register's key.

        Raises:
            HandlerFailed: there is no such register.
        """
        ...

    def new_key(self, register: str) -> str: ...
    def has_unit(self, id_: str) -> bool: ...
    def has_user(self, id_: str) -> bool: ...
    def check(self, register: str, entry: Mapping[str, feel.Value]) -> None:
        """
        Raises:
            HandlerFailed: the entry breaks the register's schema; fields are named, values are not.
        """
        ...


@dataclass(frozen=True, slots=True)
class RegisterWrite:
    """An entry to be stored; `is_new` tells an insert from a change."""

    register: str
    key: str
    entry: Mapping[str, feel.Value]
    is_new: bool


@dataclass(frozen=True, slots=True)
class CaseMove:
    """The case gets another unit, another responsible user, or both. `member` keeps a person tied to the case."""

    unit: UnitId | None = None
    responsible: UserId | None = None
    keep_responsible: bool = False


@dataclass(frozen=True, slots=True)
class CaseStart:
    """Another case is to be started, with these data, after this step."""

    process: str
    data: Mapping[str, feel.Value]
    unit: UnitId | None = None


@dataclass(frozen=True, slots=True)
class MessageSend:
    """A message is to be thrown; one with a `participant` is for that party outside, and nobody in the engine gets it."""

    name: str
    key: Mapping[str, feel.Value]
    payload: Mapping[str, feel.Value]
    participant: str = ""


@dataclass(frozen=True, slots=True)
class SignalThrow:
    """A signal is to reach every other case that waits for it, and the processes that it starts."""

    name: str


HandlerEffect: TypeAlias = RegisterWrite | CaseMove | CaseStart | MessageSend | SignalThrow


@dataclass(slots=True)
class Desk:
    """What a handler sees and may ask for. Reads see what was written earlier in the same step."""

    records: Records
    case: Mapping[str, feel.Value]
    effects: list[HandlerEffect] = field(default_factory=list)

    def entry(self, register: str, key: str) -> dict[str, feel.Value] | None:
        for effect in reversed(self.effects):
            if isinstance(effect, RegisterWrite) and (effect.register, effect.key) == (register, key):
                return dict(effect.entry)
        return self.records.get(register, key)


Inputs: TypeAlias = Mapping[str, feel.Value]
Handler: TypeAlias = Callable[[Inputs, Desk], feel.Value]

FOUND_AT_MOST = 100


def no_text(name: str) -> Sentence:
    """What is wrong with an input that must be a text."""
    return sentence("The input `{name}` is missing or is not text. Map it to a text that is not empty.", name=name)


def _text(inputs: Inputs, name: str) -> str:
    value = inputs.get(name)
    if not isinstance(value, str) or not value:
        raise HandlerFailed(no_text(name))
    return value


def _context(inputs: Inputs, name: str) -> dict[str, feel.Value]:
    value = inputs.get(name)
    if not isinstance(value, dict):
        raise HandlerFailed(sentence("The input `{name}` is missing or is not a context. Map it to a context.", name=name))
    return value


def _register_get(inputs: Inputs, desk: Desk) -> feel.Value:
    return desk.entry(_text(inputs, "register"), _text(inputs, "key"))


def _register_find(inputs: Inputs, desk: Desk) -> feel.Value:
    register = _text(inputs, "register")
    desk.records.key_field(register)
    where = _context(inputs, "where")
    field_ = desk.records.key_field(register)
    found = {str(entry[field_]): entry for entry in desk.records.find(register, where, FOUND_AT_MOST)}
    for effect in desk.effects:
        if isinstance(effect, RegisterWrite) and effect.register == register:
            found.pop(effect.key, None)
            if all(effect.entry.get(name) == value for name, value in where.items()):
                found[effect.key] = dict(effect.entry)
    entries: list[feel.Value] = [found[key] for key in sorted(found)]
    return entries[:FOUND_AT_MOST]


def _register_create(inputs: Inputs, desk: Desk) -> feel.Value:
    register = _text(inputs, "register")
    field_ = desk.records.key_field(register)
    entry = dict(_context(inputs, "entry"))
    key = entry.setdefault(field_, desk.records.new_key(register))
    if not isinstance(key, str):
        said = sentence("The key `{field}` of the register {register} must be text.", field=field_, register=register)
        raise HandlerFailed(said)
    if desk.entry(register, key) is not None:
        said = sentence("The register {register} already has an entry with this key. Change it instead.", register=register)
        raise HandlerFailed(said, error="entry-exists")
    desk.records.check(register, entry)
    desk.effects.append(RegisterWrite(register, key, entry, is_new=True))
    return entry


def _register_update(inputs: Inputs, desk: Desk) -> feel.Value:
    register, key = _text(inputs, "register"), _text(inputs, "key")
    entry = desk.entry(register, key)
    if entry is None:
        said = sentence("The register {register} has no entry with this key. Check the input `key`.", register=register)
        raise HandlerFailed(said, error="no-entry")
    changed = {**entry, **_context(inputs, "changes"), desk.records.key_field(register): key}
    desk.records.check(register, changed)
    desk.effects.append(RegisterWrite(register, key, changed, is_new=False))
    return changed


def _unit(inputs: Inputs, desk: Desk) -> UnitId:
    unit = _text(inputs, "unit")
    if not desk.records.has_unit(unit):
        said = sentence("There is no unit with the id in the input `unit`. Mend the data it comes from, then try again.")
        raise HandlerFailed(said, error="no-unit")
    return UnitId(unit)


def _user(inputs: Inputs, desk: Desk) -> UserId:
    user = _text(inputs, "user")
    if not desk.records.has_user(user):
        said = sentence("There is no user with the id in the input `user`. Mend the data it comes from, then try again.")
        raise HandlerFailed(said, error="no-user")
    return UserId(user)


def _case_assign(inputs: Inputs, desk: Desk) -> feel.Value:
    user, unit = inputs.get("user"), inputs.get("unit")
    if user is None and unit is None:
        raise HandlerFailed(sentence("case.assign needs a `user`, a `unit`, or both."))
    move = CaseMove(
        unit=_unit(inputs, desk) if unit is not None else None,
        responsible=_user(inputs, desk) if user is not None else None,
    )
    desk.effects.append(move)
    return {**desk.case, "unit": unit or desk.case.get("unit"), "responsible": user or desk.case.get("responsible")}


def _case_transfer(inputs: Inputs, desk: Desk) -> feel.Value:
    unit = _unit(inputs, desk)
    desk.effects.append(CaseMove(unit=unit, keep_responsible=inputs.get("keepResponsible") is True))
    return {**desk.case, "unit": unit}


def _case_start(inputs: Inputs, desk: Desk) -> feel.Value:
    unit = _unit(inputs, desk) if inputs.get("unit") is not None else None
    desk.effects.append(CaseStart(_text(inputs, "process"), _context(inputs, "data"), unit))
    return {}


def _case_message(inputs: Inputs, desk: Desk) -> feel.Value:
    payload = _context(inputs, "payload") if inputs.get("payload") is not None else {}
    desk.effects.append(MessageSend(_text(inputs, "name"), _context(inputs, "key"), payload))
    return {}


BUILT_IN: Mapping[str, Handler] = {
    "register.get": _register_get,
    "register.find": _register_find,
    "register.create": _register_create,
    "register.update": _register_update,
    "case.assign": _case_assign,
    "case.transfer": _case_transfer,
    "case.start": _case_start,
    "case.message": _case_message,
}
ERRORS: Mapping[str, frozenset[str]] = {
    "register.create": frozenset({"bad-entry", "entry-exists"}),
    "register.update": frozenset({"bad-entry", "no-entry"}),
    "case.assign": frozenset({"no-unit", "no-user"}),
    "case.transfer": frozenset({"no-unit"}),
    "case.start": frozenset({"no-unit"}),
}
"""The codes of the BPMN errors that handlers throw; what else fails in them is an incident."""

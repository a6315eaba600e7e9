"""The data of a case: one tree of scopes, typed values, and how three versions of a field are merged.

The root scope is the case. A call activity opens an isolated scope (it sees nothing around it), a loop item or an event's
payload a layered one (it sees everything around it). A write goes to the innermost scope that declares the name, else to
the case's (or the call's) own scope.

Stored as JSON in which what JSON cannot say is tagged: `{"@": "2025-12-25"}` is a date, time, date and time or
duration in FEEL's notation, `{"@number": "…"}` a number of more than fifteen digits. So a value keeps its type without
a look at any schema, years later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from rpds import HashTrieMap

from . import feel
from .canonical import Json, dumps, is_safe_number, loads
from .ids import ROOT_SCOPE, ScopeId
from .sentences import Sentence, Words, sentence

MAX_DEPTH = 60
_EXACT = re.compile(r"-|0000-|\d{5}|[^.]*\.\d{7}", re.ASCII)
"""How a date or time begins that Python's own cannot hold: another year than 1 to 9999, or nanoseconds."""


class ScopeKind(StrEnum):
    CASE = "case"
    CALL = "call"
    LAYER = "layer"


@dataclass(frozen=True, slots=True)
class Scope:
    """One room of the case's data. `declared` names are this room's own; other writes go outwards from a layer."""

    id: ScopeId
    parent: ScopeId | None
    kind: ScopeKind
    declared: frozenset[str] = frozenset()
    values: Mapping[str, feel.Value] = field(default_factory=dict)
    _written: list[str] = field(default_factory=list, init=False, compare=False, repr=False)

    @classmethod
    def read(cls, id_: ScopeId, parent: ScopeId | None, kind: ScopeKind, declared: frozenset[str], text: str) -> Scope:
        """The scope whose values `text` had written.

        Raises:
            TypeError, ValueError: the text is no JSON, or says something else than an object.
        """
        values = decode(loads(text))
        if not isinstance(values, dict):
            raise TypeError("the data of a scope are an object")
        scope = cls(id_, parent, kind, declared, values)
        scope._written.append(text)
        return scope

    @property
    def text(self) -> str:
        """The values as tagged JSON; made once, and not at all for a scope that is as it was read."""
        if not self._written:
            self._written.append(dumps(encode(dict(self.values))))
        return self._written[0]


@dataclass(frozen=True, slots=True)
class DataChange:
    """One field written: `path` is dotted, in `scope`. `before` is None where there was nothing."""

    scope: ScopeId
    path: str
    before: feel.Value
    after: feel.Value


class ScopeView(Mapping[str, feel.Value]):
    """The names that an expression sees from one scope: innermost first, up to the first isolated scope.

    A declared name that nothing has been written to is null.
    """

    def __init__(self, data: CaseData, scope: ScopeId, extra: Mapping[str, feel.Value]) -> None:
        self._extra = extra
        self._rooms = list(data.visible_from(scope))

    def __getitem__(self, name: str) -> feel.Value:
        if name in self._extra:
            return self._extra[name]
        for room in self._rooms:
            if name in room.values:
                return room.values[name]
            if name in room.declared:
                return None
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return name in self._extra or any(name in room.values or name in room.declared for room in self._rooms)

    def __iter__(self) -> Iterator[str]:
        return iter(set(self._extra).union(*((*room.values, *room.declared) for room in self._rooms)))

    def __len__(self) -> int:
        return len(set(iter(self)))


@dataclass(frozen=True, slots=True)
class CaseData:
    """All scopes of a case. Changes give a new CaseData; the old one stays as it was.

    The map of scopes shares what a change leaves alone, so that a change costs the same in a case of ten thousand scopes.
    """

    scopes: HashTrieMap[ScopeId, Scope] = field(default_factory=lambda: _ONLY_ROOT)

    @classmethod
    def of(cls, scopes: Iterable[Scope]) -> CaseData:
        """The data that consist of these scopes."""
        return cls(HashTrieMap({scope.id: scope for scope in scopes}))

    def visible_from(self, scope: ScopeId) -> Iterator[Scope]:
        """The scopes seen from `scope`, innermost first, ending with the case's or the call's own."""
        room: Scope | None = self.scopes[scope]
        while room is not None:
            yield room
            room = self.scopes[room.parent] if room.kind is ScopeKind.LAYER and room.parent is not None else None

    def view(self, scope: ScopeId, extra: Mapping[str, feel.Value] | None = None) -> ScopeView:
        """The names visible from `scope`; `extra` (an event's payload, `case`) lies innermost."""
        return ScopeView(self, scope, extra or {})

    def seen_from(self, scope: ScopeId) -> dict[str, feel.Value]:
        """What has been written to the names visible from `scope`; null is as good as nothing."""
        seen: dict[str, feel.Value] = {}
        for room in [*self.visible_from(scope)][::-1]:
            for name in room.declared:  # what lies behind it is not seen
                seen.pop(name, None)
            seen.update(room.values)
        return {name: value for name, value in seen.items() if value is not None}

    def home_of(self, scope: ScopeId, name: str) -> ScopeId:
        """The scope that a write of `name` from `scope` goes to."""
        rooms = list(self.visible_from(scope))
        for room in rooms:
            if name in room.declared:
                return room.id
        return rooms[-1].id

    def read(self, scope: ScopeId, path: str) -> feel.Value:
        """The value at a dotted path seen from `scope`; None where there is nothing. An empty path reads the whole scope."""
        if not path:
            return dict(self.scopes[self.home_of(scope, "")].values)
        first, *rest = path.split(".")
        value: feel.Value = self.view(scope).get(first)
        for name in rest:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def write(self, scope: ScopeId, path: str, value: feel.Value) -> tuple[CaseData, DataChange | None]:
        """Write one value at a dotted path; contexts on the way are made where they are missing.

        Gives the new data and the change, or None for the change where the value was there already.

        Raises:
            ValueError: a name on the path holds something that is not a context, or the whole is nested too deep.
        """
        first, *rest = path.split(".")
        home = self.home_of(scope, first)
        room = self.scopes[home]
        before = self.read(home, path)
        if before == value and encode(before) == encode(value) and _kinds(before) == _kinds(value):
            return self, None
        written = _put(room.values.get(first), rest, value)
        if _depth(written) > MAX_DEPTH:
            raise ValueError(sentence("it would be nested more than {number} deep", number=MAX_DEPTH))
        changed = replace(room, values={**room.values, first: written})
        return CaseData(self.scopes.insert(home, changed)), DataChange(home, path, before, value)

    def put(self, scope: ScopeId, name: str, value: feel.Value) -> CaseData:
        """The data with one name of exactly this scope set."""
        room = self.scopes[scope]
        return CaseData(self.scopes.insert(scope, replace(room, values={**room.values, name: value})))

    def open(self, scope: Scope) -> CaseData:
        """The data with one more scope."""
        return CaseData(self.scopes.insert(scope.id, scope))

    def close(self, scope: ScopeId) -> CaseData:
        """The data without a scope. Those inside it are closed first."""
        return CaseData(self.scopes.remove(scope))


_ONLY_ROOT: HashTrieMap[ScopeId, Scope] = HashTrieMap({ROOT_SCOPE: Scope(ROOT_SCOPE, None, ScopeKind.CASE)})


def _put(holder: feel.Value, names: list[str], value: feel.Value) -> feel.Value:
    if not names:
        return value
    if holder is None:
        holder = {}
    if not isinstance(holder, dict):
        raise ValueError(sentence("a name on the way holds a {type}, not a context", type=feel.type_of(holder)))
    return {**holder, names[0]: _put(holder.get(names[0]), names[1:], value)}


def _kinds(value: feel.Value) -> object:
    """Where a value has truth values: Python takes `true` and 1 for equal, FEEL does not."""
    match value:
        case list():
            return [_kinds(item) for item in value]
        case dict():
            return {name: _kinds(item) for name, item in value.items()}
        case _:
            return isinstance(value, bool)


def _depth(value: feel.Value) -> int:
    match value:
        case list():
            return 1 + max((_depth(item) for item in value), default=0)
        case dict():
            return 1 + max((_depth(item) for item in value.values()), default=0)
        case _:
            return 0


def is_path(path: str) -> bool:
    """Whether a text can be written to: names with dots between, the first of which is not the engine's own `case`."""
    names = path.split(".")
    return all(name.isidentifier() for name in names) and names[0] != "case"


def encode(value: feel.Value) -> Json:
    """A FEEL value as tagged JSON.

    Raises:
        TypeError: a function or a range, which cannot be kept.
        ValueError: text with half a character (a lone surrogate), which has no bytes, or U+0000.
    """
    match value:
        case str():
            return _whole(value)
        case None | bool() | int():
            return value
        case Decimal():
            return value if is_safe_number(value) else {"@number": str(value)}
        case datetime() | date() | time() | feel.DaysTimeDuration() | feel.YearsMonthsDuration():
            return {"@": format_temporal(value)}
        case feel.ExactDate() | feel.ExactTime() | feel.ExactDateTime():
            return {"@": str(feel.to_json(value))}
        case list():
            return [encode(item) for item in value]
        case dict():
            return {_whole("@" + name if name.startswith("@") else name): encode(item) for name, item in value.items()}
        case _:
            raise TypeError(sentence("a {type} cannot be stored", type=feel.type_of(value)))


def _whole(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(sentence("the text has half a character (a lone surrogate)")) from error
    if "\0" in text:
        raise ValueError(sentence("the text has the character U+0000"))
    return text


def why_not_kept(error: TypeError | ValueError) -> Words:
    """What such an error of `encode` or `CaseData.write` says, as a part of a sentence."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Sentence) else str(error)


def decode(json: Json) -> feel.Value:
    """The FEEL value that `encode` wrote."""
    match json:
        case bool() | None | str() | Decimal():
            return json
        case int():
            return Decimal(json)
        case list():
            return [decode(item) for item in json]
        case dict():
            if len(json) == 1:
                match json:
                    case {"@": str(text)}:
                        return parse_temporal(text)
                    case {"@number": str(text)}:
                        return Decimal(text)
            return {name.removeprefix("@"): decode(item) for name, item in json.items()}


def parse_temporal(text: str) -> feel.Value:
    """A date, time, date and time or duration from FEEL's notation (`2025-12-25`, `P3D`, `09:00:00@Europe/Stockholm`)."""
    if text.lstrip("-").startswith("P"):
        return feel.parse_duration(text)
    if _EXACT.match(text):
        found = feel.parse_temporal(text)
        if found is None:
            raise ValueError("neither a date nor a time")
        return found
    text, _, zone = text.partition("@")
    if "T" in text:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=ZoneInfo(zone)) if zone else moment
    if ":" in text:
        clock = time.fromisoformat(text)
        return clock.replace(tzinfo=ZoneInfo(zone)) if zone else clock
    return date.fromisoformat(text)


def format_temporal(value: date | time | datetime | feel.DaysTimeDuration | feel.YearsMonthsDuration) -> str:
    """FEEL's notation for a temporal value; `parse_temporal` reads it back, named zones included.

    The second of two equal hours, when clocks are set back, is written with its offset: a zone's name cannot tell it.
    """
    zone = getattr(getattr(value, "tzinfo", None), "key", None)
    if isinstance(value, datetime) and value.fold and value.utcoffset() != value.replace(fold=0).utcoffset():
        return value.isoformat()
    if isinstance(value, datetime | time):
        return f"{value.replace(tzinfo=None).isoformat()}@{zone}" if zone else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)

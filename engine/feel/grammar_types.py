"""Types after `instance of` and in the parameters of a function: `number`, `list<string>`, `context<a: number>`."""

from __future__ import annotations

import re
from functools import lru_cache

from ..sentences import sentence
from .cursor import Cursor
from .errors import nearest_or
from .nodes import TypeName

_NAMES = {
    re.sub(r"\s+", " ", name): name
    for name in (
        "date and time", "days and time duration", "years and months duration", "day time duration",
        "year month duration", "number", "string", "boolean", "date", "time", "list", "context", "function", "range",
        "Any", "Null",
    )
}  # fmt: skip
_END_OF_CONTEXT = sentence("to end the type context")
_END_OF_PARAMETERS = sentence("to end the parameters of the type function")
_BEFORE_RESULT = sentence("before the type of the function's result")
_END_OF = {name: sentence("to end the type {name}", name=name) for name in ("list", "range")}
_MEMBER = re.compile(r"([^\W\d][\w ]*):")
_WORD = re.compile(r"[^\W\d][\w.]*|$")


@lru_cache(maxsize=64)
def _pattern(declared: frozenset[str]) -> re.Pattern[str]:
    """One type's name, the longest that fits; a declared one goes before one of FEEL's own."""
    names = [*sorted(declared), *(name for name in _NAMES if name not in declared)]
    return re.compile("|".join(map(_spaced, sorted(names, key=len, reverse=True))))


def _spaced(name: str) -> str:
    parts = (r"\s+".join(map(re.escape, part.split())) for part in name.split("."))
    return r"\s*\.\s*".join(parts) + r"(?!\w)"


def type_name(cursor: Cursor) -> TypeName:
    """Read a type; a declared one is read as what it stands for. Raises FeelSyntaxError for one that nobody declares."""
    with cursor.deeper():
        match = cursor.raw(_pattern(frozenset(cursor.types)))
        if match is None:
            word = _WORD.match(cursor.text, cursor.token.start)
            name = word.group() if word else ""
            if not name:
                said = sentence("Expected a type such as number or string, found {found}", found=cursor.found())
                cursor.fail(said, sentence("Write one."))
            otherwise = sentence("Write one such as number, string or date.")
            if name == "duration":
                otherwise = sentence("Write 'days and time duration' or 'years and months duration'.")
                cursor.fail(sentence("There is no type '{name}'", name=name), otherwise)
            near = nearest_or(name, _NAMES.keys() | cursor.types.keys(), otherwise)
            cursor.fail(sentence("There is no type '{name}'", name=name), near)
        name = ".".join(" ".join(part.split()) for part in match.group().split("."))
        if name in cursor.types:
            return cursor.types[name]
        if name in ("list", "range") and cursor.accept("<"):
            element = type_name(cursor)
            cursor.expect(">", _END_OF[name])
            return TypeName(name, (element,))
        if name == "context" and cursor.accept("<"):
            return _context_type(cursor)
        if name == "function" and cursor.accept("<"):
            return _function_type(cursor)
        return TypeName(name)


def _context_type(cursor: Cursor) -> TypeName:
    members: list[str] = []
    types: list[TypeName] = []
    while True:
        match = cursor.raw(_MEMBER)
        if match is None:
            said = sentence("Expected a member and ':' in the type context")
            cursor.fail(said, sentence("Write it as context<name: string>."))
        members.append(match.group(1).strip())
        types.append(type_name(cursor))
        if not cursor.accept(","):
            break
    cursor.expect(">", _END_OF_CONTEXT)
    return TypeName("context", tuple(types), tuple(members))


def _function_type(cursor: Cursor) -> TypeName:
    types: list[TypeName] = []
    while not cursor.at(">"):
        types.append(type_name(cursor))
        if not cursor.accept(","):
            break
    cursor.expect(">", _END_OF_PARAMETERS)
    cursor.expect("->", _BEFORE_RESULT)
    return TypeName("function", (*types, type_name(cursor)))

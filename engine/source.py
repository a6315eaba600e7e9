"""A designer's JSON or YAML file, read strictly: one meaning or a finding, never an exception.

Refused are duplicate keys (which reader wins is anybody's guess), files beyond the limits, NaN and Infinity, and in YAML
also anchors, aliases, tags and several documents. Fractions become `Decimal`. YAML follows the core schema of YAML 1.2:
`no`, `12:30` and `2025-03-17` are text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Final, TypeGuard, cast

import yaml

from .finding import Finding
from .parser_words import json_reason, yaml_reason
from .sentences import Sentence, sentence

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 60
MAX_NODES: Final = 50_000
MAX_EXPONENT: Final = 400
"""Powers of ten beyond it are refused: a short number like 1e999999999 would fill the memory when it is used."""


def read_json(source: bytes, *, name: str) -> tuple[object, list[Finding]]:
    """The value in a JSON file (UTF-8), or None and what is wrong with it; `name` names the file in the findings."""
    if len(source) > MAX_BYTES:
        return None, [_too_large(name)]
    try:
        text = source.decode("utf-8-sig")
        value = cast(
            "object",
            json.loads(
                text,
                object_pairs_hook=_without_duplicates,
                parse_float=_fraction,
                parse_int=_integer,
                parse_constant=_no_constant,
            ),
        )
    except UnicodeDecodeError:
        return None, [
            Finding("file-encoding", sentence("{name} is not UTF-8 text.", name=name), sentence("Save it as UTF-8."), file=name)
        ]
    except json.JSONDecodeError as error:
        message = sentence(
            "{name} is not JSON: {reason} (line {line}, column {column}).",
            name=name,
            reason=json_reason(error.msg),
            line=error.lineno,
            column=error.colno,
        )
        return None, [Finding("json-broken", message, sentence("Mend it."), file=name, line=error.lineno)]
    except _DuplicateError as error:
        return None, [_duplicate(str(error), name)]
    except _NumberError:
        return None, [_number_too_large(name)]
    except ValueError as error:
        return None, [
            Finding(
                "json-broken",
                sentence("{name} is not JSON: {reason}.", name=name, reason=json_reason(str(error))),
                sentence("Mend it."),
                file=name,
            )
        ]
    except RecursionError:
        return None, [_too_large(name)]
    if not is_modest(value, depth=MAX_DEPTH, nodes=MAX_NODES):
        return None, [_too_large(name)]
    if not is_unicode(value):
        message = sentence("{name} has half a character (a lone surrogate).", name=name)
        return None, [Finding("json-broken", message, sentence("Retype it."), file=name)]
    return value, []


def read_yaml(source: bytes, *, name: str) -> tuple[object, list[Finding]]:
    """The value in a YAML file (UTF-8), or None and what is wrong with it. Values are those that JSON has."""
    if len(source) > MAX_BYTES:
        return None, [_too_large(name)]
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [
            Finding("file-encoding", sentence("{name} is not UTF-8 text.", name=name), sentence("Save it as UTF-8."), file=name)
        ]
    try:
        if refused := _refused_yaml(text, name):
            return None, [refused]
        value = cast("object", yaml.load(text, Loader=_Loader))  # noqa: S506  constructs plain data only
    except _DuplicateError as error:
        return None, [_duplicate(str(error), name)]
    except _NumberError:
        return None, [_number_too_large(name)]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = yaml_reason(getattr(error, "problem", None))
        line = mark.line + 1 if mark else None
        return None, [
            Finding(
                "yaml-broken",
                sentence("{name} is not YAML: {reason}.", name=name, reason=reason),
                sentence("Mend it."),
                file=name,
                line=line,
            )
        ]
    except ValueError as error:
        return None, [
            Finding(
                "yaml-broken",
                sentence("{name} is not YAML: {reason}.", name=name, reason=yaml_reason(str(error))),
                sentence("Mend it."),
                file=name,
            )
        ]
    if not is_modest(value, depth=MAX_DEPTH, nodes=MAX_NODES):
        return None, [_too_large(name)]
    if not is_unicode(value):
        return None, [
            Finding("yaml-broken", sentence("{name} has half a character.", name=name), sentence("Retype it."), file=name)
        ]
    return value, []


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether it is a JSON object (keys of what this module reads are always text)."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Whether it is a JSON array."""
    return isinstance(value, list)


def is_modest(value: object, *, depth: int, nodes: int) -> bool:
    """Whether a JSON value has at most `depth` levels, `nodes` values and numbers of a size to compute with.

    Never recurses, so it is safe on what somebody else decoded.
    """
    level = [value]
    count = 0
    for _ in range(depth):
        count += len(level)
        if count > nodes or any(_is_extreme(item) for item in level):
            return False
        level = [child for item in level for child in _children(item)]
        if not level:
            return True
    return False


def is_unicode(value: object) -> bool:
    """Whether all text in a (modest) JSON value can be written as UTF-8, keys included."""
    if isinstance(value, str):
        return _SURROGATE.search(value) is None
    if is_object(value):
        return all(is_unicode(key) and is_unicode(item) for key, item in value.items())
    return all(is_unicode(item) for item in _children(value))


def plain_number(number: Decimal) -> int | Decimal:
    """The number as the rest of the engine keeps it in JSON: `int` when whole, else `Decimal`; never a float."""
    return int(number) if number == number.to_integral_value() else number


def with_plain_numbers(value: object) -> object:
    """The (modest) JSON value with `plain_number` for each fraction."""
    if isinstance(value, Decimal):
        return plain_number(value)
    if is_object(value):
        return {key: with_plain_numbers(item) for key, item in value.items()}
    return [with_plain_numbers(item) for item in value] if is_list(value) else value


_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def _children(value: object) -> list[object]:
    if is_object(value):
        return list(value.values())
    return value if is_list(value) else []


def _is_extreme(value: object) -> bool:
    if isinstance(value, Decimal):
        return not value.is_finite() or abs(value.adjusted()) > MAX_EXPONENT or len(value.as_tuple().digits) > MAX_EXPONENT
    if isinstance(value, float):
        return not isfinite(value)
    return isinstance(value, int) and value.bit_length() > 4 * MAX_EXPONENT


class _DuplicateError(Exception):
    pass


class _NumberError(Exception):
    pass


def _integer(text: str) -> int:
    if len(text) > MAX_EXPONENT:
        raise _NumberError
    return int(text)


def _fraction(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _NumberError from None
    if _is_extreme(number):
        raise _NumberError
    return number


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, value in pairs:
        if key in result:
            raise _DuplicateError(key)
        result[key] = value
    return result


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number in JSON")


def _too_large(name: str) -> Finding:
    message = sentence(
        "{name} is larger than {max_bytes} bytes, {max_depth} levels or {max_nodes} values.",
        name=name,
        max_bytes=MAX_BYTES,
        max_depth=MAX_DEPTH,
        max_nodes=MAX_NODES,
    )
    return Finding("file-too-large", message, sentence("Split it."), file=name)


def _number_too_large(name: str) -> Finding:
    message = sentence("{name} has a number of more than {digits} digits, written out.", name=name, digits=MAX_EXPONENT)
    return Finding("number-too-large", message, sentence("Write a shorter number, or text in quotation marks."), file=name)


def _duplicate(key: str, name: str) -> Finding:
    return Finding(
        "duplicate-key",
        sentence("{name} has the key {value} twice in one object.", name=name, value=repr(key[:80])),
        sentence("Remove one."),
        file=name,
    )


def _refused_yaml(text: str, name: str) -> Finding | None:
    depth = documents = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        what: Sentence | None = None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = sentence("anchors and aliases (& and *)")
        elif getattr(event, "tag", None):
            what = sentence("tags (!)")
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            what = sentence("several documents (---)") if documents > 1 else None
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if what:
            line = event.start_mark.line + 1 if event.start_mark else None
            return Finding(
                "yaml-refused",
                sentence("{name} uses {what}.", name=name, what=what),
                sentence("Write the value out."),
                file=name,
                line=line,
            )
        if depth > MAX_DEPTH or count > 2 * MAX_NODES:
            return _too_large(name)
    return None


class _Loader(yaml.CSafeLoader):
    """The core schema of YAML 1.2 and nothing else; what it constructs is what JSON has."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  the base class's own table, replaced

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        result: dict[Hashable, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be text", key_node.start_mark)
            if key_node.value in result:
                raise _DuplicateError(key_node.value)
            result[key_node.value] = self.construct_object(value_node, deep=deep)
        return result


def _construct_float(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return _fraction(loader.construct_scalar(node))


def _construct_int(loader: _Loader, node: yaml.ScalarNode) -> int:
    return _integer(loader.construct_scalar(node))


def _construct_bool(loader: _Loader, node: yaml.ScalarNode) -> bool:
    return str(loader.construct_scalar(node)).lower() == "true"


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?", list("-+0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first)
_Loader.add_constructor("tag:yaml.org,2002:float", _construct_float)
_Loader.add_constructor("tag:yaml.org,2002:int", _construct_int)
_Loader.add_constructor("tag:yaml.org,2002:bool", _construct_bool)

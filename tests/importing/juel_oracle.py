"""JUEL by its specification (JSR 245, 1.5 to 1.14), written without a parser: each text is made together with what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]


class Failed(Exception):
    """The expression has no value on these data."""


@dataclass(frozen=True)
class Thing:
    """An expression and its meaning."""

    text: str
    value: Callable[[Data], Any]

    def __repr__(self) -> str:
        return self.text


def number(value: Any) -> Any:
    """Coercion to a number: null and empty text are 0."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool | list | dict):
        raise Failed
    if isinstance(value, str):
        try:
            parsed = Decimal(value)
        except InvalidOperation:
            raise Failed from None
        return int(parsed) if parsed == int(parsed) else float(parsed)
    return value


def truth(value: Any) -> bool:
    """Coercion to Boolean: null and all text but "true" are false."""
    if value is None or isinstance(value, str):
        return value is not None and value.lower() == "true"
    if not isinstance(value, bool):
        raise Failed
    return value


def equal(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return left is right
    if any(isinstance(side, bool) for side in (left, right)):
        return truth(left) == truth(right)
    if any(isinstance(side, int | float) for side in (left, right)):
        return bool(number(left) == number(right))
    if any(isinstance(side, str) for side in (left, right)):
        if not (isinstance(left, str) and isinstance(right, str)):
            raise Failed  # a list as text is the tool's own affair
        return left == right
    return bool(left == right)


def less(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return False
    if any(isinstance(side, int | float) and not isinstance(side, bool) for side in (left, right)):
        return bool(number(left) < number(right))
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    raise Failed


def empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _item(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, dict):
        return value.get(0)
    if not isinstance(value, list):
        raise Failed
    return value[0] if value else None


def _member(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise Failed
    return value.get("m")


def _size(value: Any) -> int:
    if not isinstance(value, list | dict):
        raise Failed
    return len(value)


_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": less,
    ">": lambda left, right: less(right, left),
    "<=": lambda left, right: False if None in (left, right) else not less(right, left),
    "+": lambda left, right: number(left) + number(right),
    "-": lambda left, right: number(left) - number(right),
    "*": lambda left, right: number(left) * number(right),
}


def _binary(left: Thing, operator: str, right: Thing) -> Thing:
    text = f"({left.text} {operator} {right.text})"
    if operator == "&&":
        return Thing(text, lambda data: truth(left.value(data)) and truth(right.value(data)))
    if operator == "||":
        return Thing(text, lambda data: truth(left.value(data)) or truth(right.value(data)))
    return Thing(text, lambda data: _BINARY[operator](left.value(data), right.value(data)))


def _unary(name: str, inner: Thing) -> Thing:
    forms: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "!": ("(!{})", lambda value: not truth(value)),
        "-": ("(-{})", lambda value: -number(value)),
        "empty": ("(empty {})", empty),
        "item": ("({})[0]", _item),
        "member": ("({}).m", _member),
        "size": ("({}).size()", _size),
    }
    text, meaning = forms[name]
    return Thing(text.format(inner.text), lambda data: meaning(inner.value(data)))


def _choice(condition: Thing, then: Thing, otherwise: Thing) -> Thing:
    text = f"({condition.text} ? {then.text} : {otherwise.text})"
    return Thing(text, lambda data: then.value(data) if truth(condition.value(data)) else otherwise.value(data))


def _constant(text: str, value: Any) -> Thing:
    return Thing(text, lambda data: value)


def _name(name: str) -> Thing:
    return Thing(name, lambda data: data[name])


def expressions() -> st.SearchStrategy[Thing]:
    """Random expressions over the names a, b, c and d."""
    atoms = [*map(_name, "abcd"), _constant("1", 1), _constant("7", 7), _constant("'a'", "a"), _constant("''", "")]
    atoms += [_constant("true", True), _constant("false", False), _constant("null", None)]
    return st.recursive(
        st.sampled_from(atoms),
        lambda inner: st.one_of(
            st.builds(_binary, inner, st.sampled_from([*_BINARY, "&&", "||"]), inner),
            st.builds(_unary, st.sampled_from(["!", "-", "empty", "item", "member", "size"]), inner),
            st.builds(_choice, inner, inner, inner),
        ),
        max_leaves=8,
    )

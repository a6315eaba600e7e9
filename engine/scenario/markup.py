"""HTML and SVG as text. Whatever is not markup is escaped, so text of a diagram can never become any."""

from __future__ import annotations

from html import escape
from typing import Final

_EMPTY: Final = frozenset({"meta", "br"})


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def element(name: str, /, *inner: str, **attributes: object) -> Markup:
    """One element. Underscores in attribute names are hyphens, one at the end is dropped; attributes of None are left out."""
    given = {key.rstrip("_").replace("_", "-"): _text(value) for key, value in attributes.items() if value is not None}
    written = "".join(f' {key}="{escape(value)}"' for key, value in given.items())
    return Markup(f"<{name}{written}>" + ("" if name in _EMPTY else f"{joined(*inner)}</{name}>"))


def joined(*parts: str) -> Markup:
    """The parts one after the other, each escaped if it is not markup."""
    return Markup("".join(part if isinstance(part, Markup) else escape(part) for part in parts))


def _text(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)

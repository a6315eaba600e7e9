"""What a template of a document is, once it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from .. import feel

FOLDER: Final = "documents/"
ENDING: Final = ".html"
VOID: Final = frozenset({"br", "hr", "img", "col", "meta"})
"""Elements that hold nothing and have no end."""


@dataclass(frozen=True, slots=True)
class Value:
    expression: feel.Expression
    line: int


Text: TypeAlias = "tuple[str | Value, ...]"


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    attributes: tuple[tuple[str, Text], ...]
    inside: tuple[Tag | Text, ...]
    condition: Value | None = None
    loop: tuple[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read; `name` is its file's."""

    name: str
    root: Tag


def template_file(name: str) -> str:
    """The file in a process's package in which the template with this name lies."""
    return f"{FOLDER}{name}{ENDING}"


def is_template(file: str) -> bool:
    return file.startswith(FOLDER) and file.endswith(ENDING)

"""What is told of the names that an expression may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

import msgspec

from engine.bpmn import Scope
from engine.feel import Type

from .bodies import View

DEEPEST = 4
MOST = 500


class NameView(View, frozen=True, kw_only=True):
    """A name that FEEL may read."""

    name: Annotated[str, msgspec.Meta(description="As it is written: `person.birthDate`.")]
    kind: Annotated[str, msgspec.Meta(description="The FEEL type; empty where it is not known.")]
    item: Annotated[str, msgspec.Meta(description="The FEEL type of what a list holds; empty where it is none or not known.")]
    values: Annotated[list[str], msgspec.Meta(description="The texts that it may be; empty for any.")]


class ScopeView(View, frozen=True, kw_only=True):
    """The names in scope at an element."""

    names: Annotated[list[NameView], msgspec.Meta(description="What each expression of the element may read.")]
    answer: Annotated[
        list[NameView], msgspec.Meta(description="What its outputs may read besides: what a handler, message or process gave.")
    ]

    @classmethod
    def of(cls, scope: Scope) -> ScopeView:
        return cls(names=_views(scope.names), answer=_views(scope.answer))


def _views(names: Mapping[str, Type]) -> list[NameView]:
    found = [_view(name, type_) for name, type_ in sorted(names.items()) for name, type_ in _within(name, type_, DEEPEST)]
    return found[:MOST]


def _within(name: str, type_: Type, depth: int) -> Iterator[tuple[str, Type]]:
    """The name and those of its members, and of what it is a list of."""
    yield name, type_
    members = type_.members if type_.kind != "list" or type_.item is None else type_.item.members
    for member, inner in sorted(members.items()) if depth > 1 else ():
        yield from _within(f"{name}.{member}", inner, depth - 1)


def _view(name: str, type_: Type) -> NameView:
    item = type_.item.kind if type_.item is not None else ""
    return NameView(name=name, kind=type_.kind, item=item, values=sorted(type_.values))

"""Checks of what other tools wrote: whatever would have acted there is refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..sentences import sentence
from ..xml import Element, local, namespace
from .foreign import is_connector, is_expression, prefix_of, quoted, tool_of
from .notes import Notes, is_bpmn

LONGEST: Final = 300
"""Characters that a finding quotes."""


def check_foreign(root: Element, notes: Notes) -> None:
    """Add to the notes what a tool that we know would have done and nothing here does, and its expressions."""
    for element in root.iter("*"):
        if not is_bpmn(element):
            continue
        for written, tool in _acting(element):
            message = sentence(
                "`{written}` makes something happen in {tool} that would not happen here.", written=_short(written), tool=tool
            )
            remedy = sentence(
                "Import the diagram (`stegvis import`), which takes over what has an equal here. Draw the rest, and remove it."
            )
            notes.add("foreign-behaviour", element, message, remedy)
        for attribute in map(str, element.attrib):
            if is_expression(element, attribute):
                name = attribute.rpartition("}")[2]
                text = _short(element.get(attribute, ""))
                message = sentence("`{name}` is the expression `{text}`, and is a plain name here.", name=name, text=text)
                remedy = sentence("Write the name itself. Which case is meant is said by keys (`stegvis:correlation`).")
                notes.add("foreign-expression", element, message, remedy)


def _acting(element: Element) -> Iterator[tuple[str, str]]:
    """What would act, quoted, and the tool in which it would."""
    for name, value in element.attrib.items():
        space, _, attribute = str(name).removeprefix("{").rpartition("}")
        tool = tool_of(space)
        if tool is not None and tool.acts(attribute):
            yield f'{prefix_of(element, space)}:{attribute}="{value!s}"', tool.name
    for child in element.iterchildren("*"):
        tool = tool_of(namespace(child))
        if tool is not None and (tool.acts(local(child)) or is_connector(child)):
            yield quoted(child), tool.name


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

"""The desk at which a process of another tool is rewritten: what is done to an element, told as it is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from .. import feel
from ..bpmn.foreign import Tool, quoted
from ..bpmn.job_details import is_retries, is_topic
from ..handlers import BUILT_IN
from ..xml import BPMN, STEGVIS, Element, add, build, local, namespace, qname
from .expressions import Translator
from .report import Report

_GROUP: Final = re.compile(r"[^\s,]+")


@dataclass(slots=True)
class Desk:
    """What is at hand while one process is rewritten.

    `written` collects the names that the diagram itself writes, `wanted` the forms it needs: the form's key, and the text
    of a form of the other tool to make it from, if the file held one.
    """

    key: str
    translate: Translator
    report: Report
    keys: dict[str, str]
    """The ids of processes there, and what they are called here."""
    written: set[str] = field(default_factory=set)
    wanted: dict[str, WantedForm] = field(default_factory=dict)
    decisions: set[str] = field(default_factory=set)

    def set(self, element: Element, attribute: str, value: str, source: str) -> None:
        """Write our attribute, and tell what it stands for."""
        element.set(qname(STEGVIS, attribute), value)
        self.report.taken(element, source, f'stegvis:{attribute}="{value}"')

    def map(self, element: Element, tag: str, target: str, expression: str, source: str) -> None:
        """Write an input or output mapping; `expression` has its `=`."""
        add(extension(element), qname(STEGVIS, tag), {"target": target, "expression": expression})
        self.report.taken(element, source, f'stegvis:{tag} target="{target}" expression="{expression}"')
        if tag == "output":
            self.written.add(target.partition(".")[0])

    def person(self, element: Element, attribute: str, text: str, source: str) -> bool:
        """Write one of the attributes of a task that are text or FEEL."""
        value = self.translate.value_or_text(element, text)
        if value:
            self.set(element, attribute, value, source)
        return bool(value)

    def groups(self, element: Element, attribute: str, text: str, source: str) -> bool:
        """Write candidate groups, of which we have only names; a list of names in FEEL will do."""
        names = literal_texts(text) if text.startswith("=") else text.split(",")
        words = [name.strip() for name in names or ()]
        if not words or not all(_GROUP.fullmatch(word) and "${" not in word and "#{" not in word for word in words):
            self.report.refused(element, source, "groups")
            return False
        self.set(element, attribute, " ".join(words), source)
        return True

    def script(self, element: Element, text: str, source: str) -> None:
        """Make the element a script task with this FEEL context."""
        rename(element, "scriptTask")
        element.set("scriptFormat", "feel")
        for old in element.findall(qname(BPMN, "script")):
            element.remove(old)
        add(element, qname(BPMN, "script"), text=text)
        self.report.taken(element, source, f"scriptTask: {text}")

    def service(self, element: Element, name: str, source: str, *, retries: str = "") -> bool:
        """Make the element a service task: by our handler of that name, else as a job for another system, by its topic.

        False, and told, where no topic can be called that: the element stays as it is.
        """
        is_handler = name in BUILT_IN
        if not is_handler and not is_topic(name):
            self.report.refused(element, source, "topic-name")
            return False
        if rename(element, "serviceTask"):
            drop_names(element, "messageRef")
            for old in element.findall(qname(BPMN, "script")):
                element.remove(old)
        drop_names(element, "implementation")
        self.set(element, "handler" if is_handler else "topic", name, source)
        if retries and is_handler:
            self.report.left_out(element, source, "retries")
        elif is_retries(retries):
            self.set(element, "retries", retries.strip(), source)
        elif retries:
            self.report.refused(element, source, "retries")
        if not is_handler:
            self.report.refused(element, source, "topic", hint=name)
        return True


@dataclass(frozen=True, slots=True)
class WantedForm:
    """A form that the process needs. `source` is what it can be made from, of the kind that `made_of` says."""

    key: str
    title: str
    element: Element
    made_of: str = ""
    source: object = None
    file: str = ""


def extension(element: Element) -> Element:
    """The element's `extensionElements`, made where BPMN wants them (after the documentation) when there are none."""
    found = element.find(qname(BPMN, "extensionElements"))
    if found is None:
        found = build(qname(BPMN, "extensionElements"))
        element.insert(len(element.findall(qname(BPMN, "documentation"))), found)
    return found


def extensions(element: Element, tool: Tool) -> Iterator[Element]:
    """The extension elements of one tool; they may be removed on the way."""
    for holder in element.findall(qname(BPMN, "extensionElements")):
        yield from [child for child in holder if namespace(child) in tool.spaces]


Taking = Callable[[Element, Element, Desk], bool]
"""Takes what an extension element (the second) of an element (the first) says over, if it can; true when it has."""


def take_over(
    element: Element, child: Element, desk: Desk, tool: Tool, *, taken: Mapping[str, Taking], refused: Mapping[str, str]
) -> None:
    """Take an extension element over, leave it out where it has no effect, or tell of it; what is refused stays.

    `taken` and `refused` go by its tag; the latter gives the reason that the report knows.
    """
    tag = local(child)
    if tag in tool.harmless:
        desk.report.left_out(element, quoted(child), tool.harmless[tag])
        drop(child)
    elif tag in taken:
        if taken[tag](element, child, desk):
            drop(child)
    else:
        desk.report.refused(element, quoted(child), refused.get(tag, "unknown"))


def inner(element: Element, tag: str) -> Iterator[Element]:
    """The children of an extension element by their local name, whatever the namespace."""
    return (child for child in element if local(child) == tag)


def attributes(element: Element, tool: Tool) -> dict[str, str]:
    """The element's attributes of one tool by local name, in the file's order."""
    found: dict[str, str] = {}
    for name, value in element.attrib.items():
        space, _, attribute = str(name).removeprefix("{").rpartition("}")
        if space in tool.spaces:
            found[attribute] = str(value)
    return found


def drop_attribute(element: Element, attribute: str, tool: Tool) -> None:
    drop_names(element, *(qname(space, attribute) for space in tool.spaces))


def drop_names(element: Element, *names: str) -> None:
    """Take attributes away, where they are there."""
    for name in names:
        if name in element.attrib:
            del element.attrib[name]


def drop(child: Element) -> None:
    """Take an element out of its parent."""
    parent = child.getparent()
    if parent is not None:
        parent.remove(child)


def rename(element: Element, tag: str) -> bool:
    """Make a BPMN element another one; whether it was not that already."""
    if local(element) == tag:
        return False
    element.tag = qname(BPMN, tag)
    return True


def told_attribute(name: str, value: str, tool: Tool) -> str:
    """`camunda:assignee="mona"`."""
    return f'{tool.prefix}:{name}="{value}"'


def literal_texts(text: str) -> list[str] | None:
    """The texts of a FEEL list that holds nothing else (`= ["a", "b"]`), or of one text; None when it is something else."""
    try:
        value = feel.compile_expression(text.removeprefix("=").strip()).tree
    except feel.FeelSyntaxError:
        return None
    members = value.items if isinstance(value, feel.nodes.ListLiteral) else (value,)
    if not all(isinstance(one, feel.nodes.Literal) and isinstance(one.value, str) for one in members):
        return None
    return [one.value for one in members if isinstance(one, feel.nodes.Literal) and isinstance(one.value, str)]

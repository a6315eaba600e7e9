"""A place in a YAML file: the value there, where it lies, and readers that note what is wrong instead of raising."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import yaml

from ..canonical import Json
from ..finding import Finding
from ..parser_words import yaml_reason
from ..sentences import Sentence, sentence
from ..source import is_list, is_object, read_yaml

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file being read: its name, the line of every value, and the findings so far."""

    name: str
    lines: Mapping[Path, int]
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a file. `step` is the step it belongs to (0 before and after the steps). A reader never raises."""

    file: File
    value: object
    path: Path = ()
    step: int = 0

    @property
    def line(self) -> int | None:
        return self.file.lines.get(self.path)

    def refuse(self, message: Sentence, remedy: Sentence) -> None:
        """Note that something is wrong here."""
        path = ".".join(str(part) for part in self.path)
        place = sentence("step {number}", number=self.step) if self.step else path or sentence("the scenario")
        finding = Finding(
            "scenario-invalid",
            sentence("{place}: {message}", place=place, message=message),
            remedy,
            file=self.file.name,
            line=self.line,
        )
        self.file.findings.append(finding)

    def members(self, known: Collection[str], *, required: Collection[str] = ()) -> dict[str, Node]:
        """The members of an object by name; unknown and missing ones are noted."""
        if not is_object(self.value):
            self.refuse(
                sentence("an object is expected here."),
                sentence("Write its members ({known}) below it.", known=", ".join(known)),
            )
            return {}
        nodes = {name: Node(self.file, value, (*self.path, name), self.step) for name, value in self.value.items()}
        for name in set(nodes) - set(known):
            near = difflib.get_close_matches(name, known, n=1)
            nodes.pop(name).refuse(
                sentence("{name} is not known here.", name=repr(name)),
                sentence("Did you mean {value}?", value=repr(near[0]))
                if near
                else sentence("Known are {known}.", known=", ".join(known)),
            )
        for name in required:
            if name not in nodes:
                self.refuse(sentence("{name} is missing.", name=repr(name)), sentence("Add it."))
        return nodes

    def items(self) -> Iterator[Node]:
        """The items of a list."""
        if not is_list(self.value):
            self.refuse(sentence("a list is expected here."), sentence("Begin each item with `- `."))
            return
        for index, value in enumerate(self.value):
            yield Node(self.file, value, (*self.path, index), self.step)

    def text(self) -> str:
        if isinstance(self.value, str) and self.value:
            return self.value
        self.refuse(sentence("text is expected here."), sentence("Write it, in quotes if it looks like a number."))
        return ""

    def texts(self) -> tuple[str, ...]:
        """A list of texts, or one text alone."""
        return (self.value,) if isinstance(self.value, str) else tuple(item.text() for item in self.items())

    def truth(self) -> bool:
        if not isinstance(self.value, bool):
            self.refuse(sentence("true or false is expected here."), sentence("Write one of them."))
        return self.value is True

    def count(self) -> int:
        if isinstance(self.value, int) and not isinstance(self.value, bool) and self.value > 0:
            return self.value
        self.refuse(sentence("a number from 1 is expected here."), sentence("Count from 1."))
        return 1

    def moment(self) -> datetime:
        """A date, or a date and time; local when it has no offset."""
        try:
            return datetime.fromisoformat(self.text() or "2000-01-01")
        except ValueError:
            self.refuse(
                sentence("{value} is not a moment.", value=repr(str(self.value)[:40])),
                sentence("Write it as 2025-09-26T16:00."),
            )
            return datetime(2000, 1, 1)  # noqa: DTZ001  stands for what was refused

    def json_object(self) -> Mapping[str, Json]:
        if is_object(self.value):
            return cast("Mapping[str, Json]", self.value)
        self.refuse(sentence("an object is expected here."), sentence("Write its members below it."))
        return {}


def open_yaml(source: bytes, *, name: str) -> tuple[Node | None, list[Finding]]:
    """The top of a YAML file, or what is wrong with it. More findings join the list while nodes are read."""
    value, findings = read_yaml(source, name=name)
    if findings:
        return None, findings
    lines: dict[Path, int] = {}
    # read_yaml has refused anchors, tags and excess, so composing the same text again is safe.
    try:
        root = yaml.compose(source.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        # the reader of values takes a few texts that this one does not: `?` in a flow, a tab before a plain word
        line = error.problem_mark.line + 1 if error.problem_mark is not None else None
        message = sentence("{name} is not YAML: {value}.", name=name, value=yaml_reason(error.problem))
        return None, [Finding("yaml-broken", message, sentence("Put the text on that line in quotes."), file=name, line=line)]
    if root is not None:
        _note_lines(root, (), lines)
    return Node(File(name, lines, findings), value), findings


def _note_lines(node: yaml.Node, path: Path, lines: dict[Path, int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in cast("Sequence[tuple[yaml.ScalarNode, yaml.Node]]", node.value):
            lines[*path, str(key.value)] = key.start_mark.line + 1
            _note_lines(value, (*path, str(key.value)), lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(cast("Sequence[yaml.Node]", node.value)):
            _note_lines(item, (*path, index), lines)

"""The arrows of a decision requirements diagram: who requires whom, and in which order to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ..feel import KEYWORDS, suggestion
from ..xml import Element as Xml
from ..xml import local, namespace
from .model import Decision, Element, InputData, Knowledge, Library, Requirement, Service
from .reading import Reading

_ARROWS: Final[Mapping[str, Mapping[str, tuple[type, ...]]]] = {
    "informationRequirement": {"requiredDecision": (Decision,), "requiredInput": (InputData,)},
    "knowledgeRequirement": {"requiredKnowledge": (Knowledge, Service)},
}
REFERENCES: Final[Mapping[str, tuple[type, ...]]] = {
    "outputDecision": (Decision,),
    "inputDecision": (Decision,),
    "inputData": (InputData,),
}
MAX_CHAIN: Final = 60
"""Elements that require one another in a row."""


@dataclass(slots=True)
class Graph:
    """The elements of one file, built as they are asked for: each after those that it requires.

    `imports` are the libraries of imported models, by namespace, each with the name it is imported under.
    """

    reading: Reading
    target: str
    sources: Mapping[str, Xml]
    imports: Mapping[str, tuple[str, Library]]
    build: Callable[[Xml, Graph], Element | None]
    elements: dict[str, Element] = field(default_factory=dict)
    _under_way: list[str] = field(default_factory=list)
    _tried: set[str] = field(default_factory=set)

    def element(self, id_: str, at: Xml) -> Element | None:
        """The file's element with that id, or None and a finding (told once)."""
        if id_ in self.elements:
            return self.elements[id_]
        if id_ in self._under_way:
            circle = ", ".join(sorted(self._under_way[self._under_way.index(id_) :]))
            self.reading.add("dmn-circle", at, f"the elements require each other in a circle ({circle})", "Remove an arrow.")
            return None
        source = self.sources.get(id_)
        if source is None:
            remedy = f"Draw it, or remove the arrow.{suggestion(id_, self.sources)}"
            self.reading.add("dmn-requirement", at, f"requires {id_!r}, which is not there", remedy)
            return None
        if id_ in self._tried:
            return None
        if len(self._under_way) >= MAX_CHAIN:
            what = f"more than {MAX_CHAIN} elements require one another in a row"
            self.reading.add("dmn-too-large", at, what, "Decide more in each.")
            return None
        self._tried.add(id_)
        self._under_way.append(id_)
        built = self.build(source, self)
        self._under_way.pop()
        if built is not None:
            self.elements[id_] = built
        return built

    def requirements(self, el: Xml) -> list[Requirement] | None:
        """The arrows that lead to an element; None when one leads nowhere, or to an element with an error."""
        found: list[Requirement | None] = []
        for tag, ends in _ARROWS.items():
            for arrow in self.reading.children(el, tag):
                leads = [end for end in arrow if namespace(end) == self.reading.namespace and local(end) in ends]
                if not leads:
                    self.reading.add("dmn-requirement", el, "an arrow comes from nothing", "Draw it again, or remove it.")
                    found.append(None)
                found += [self._requirement(end, el, ends[local(end)]) for end in leads if not self._is_itself(end, el)]
        known = [one for one in found if one is not None]
        if len(known) < len(found):
            return None
        names = [one.names for one in dict.fromkeys(known)]
        plain = {one[0] for one in names if len(one) == 1}
        for one in names:
            if names.count(one) > 1 or (len(one) > 1 and one[0] in plain):
                what = f"two things that it requires have the name {'.'.join(one)!r}"
                self.reading.add("dmn-name", el, what, "Rename one of them, or import the model under another name.")
                return None
            if one[0] in KEYWORDS:
                what = f"requires {one[0]!r}, and expressions cannot read what has a word of FEEL as its name"
                self.reading.add("dmn-name", el, what, "Give what is required another name.")
                return None
        return known

    def references(self, el: Xml, tag: str) -> Iterator[Requirement | None]:
        """What the references of one kind in a decision service lead to."""
        for one in self.reading.children(el, tag):
            yield self._requirement(one, el, REFERENCES[tag])

    def _is_itself(self, reference: Xml, el: Xml) -> bool:
        """Whether a knowledge model requires itself, which it may: it sees itself in any case."""
        target, _, id_ = reference.get("href", "").strip().partition("#")
        return local(el) == "businessKnowledgeModel" and target in ("", self.target) and id_ == el.get("id")

    def _requirement(self, reference: Xml, at: Xml, kinds: tuple[type, ...]) -> Requirement | None:
        href = reference.get("href", "").strip()
        target, _, id_ = href.partition("#")
        if not id_:
            what = f"has an arrow from {href!r}, in which no id stands after '#'"
            near = f"Write '#{href}'." if href in self.sources else "Write '#' and the id of what is required."
            self.reading.add("dmn-requirement", at, what, near)
            return None
        if not target or target == self.target:
            prefix, element = "", self.element(id_, at)
        elif target in self.imports:
            prefix, library = self.imports[target]
            element = library.elements.get(id_)
            if element is None:
                what = f"requires {id_!r}, which the imported model {prefix!r} does not have"
                near = suggestion(id_, library.elements)
                self.reading.add("dmn-requirement", at, what, f"Correct the arrow or the imported model.{near}")
        else:
            self.reading.add(
                "dmn-requirement",
                at,
                f"requires {id_!r} of {target!r}, which is the namespace of no model that is imported",
                "Import the model, and let the arrow name its namespace, '#' and the id.",
            )
            return None
        if element is None:
            return None
        if not isinstance(element, kinds):
            self.reading.add(
                "dmn-requirement", at, f"requires {element.name!r}, which is of another kind", "Draw the other arrow."
            )
            return None
        return Requirement(element, (prefix, element.name) if prefix else (element.name,))

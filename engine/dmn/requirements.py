"""The arrows of a decision requirements diagram: who requires whom, and in which order to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ..feel import KEYWORDS, nearest_name
from ..sentences import sentence
from ..xml import Element as Xml
from ..xml import local, namespace
from .model import Decision, Element, InputData, Knowledge, Library, Requirement, Service
from .reading import Reading, nearer

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
            self.reading.add(
                "dmn-circle",
                at,
                sentence("the elements require each other in a circle ({circle})", circle=circle),
                sentence("Remove an arrow."),
            )
            return None
        source = self.sources.get(id_)
        if source is None:
            remedy = nearer(sentence("Draw it, or remove the arrow."), nearest_name(id_, self.sources))
            self.reading.add("dmn-requirement", at, sentence("requires {id}, which is not there", id=repr(id_)), remedy)
            return None
        if id_ in self._tried:
            return None
        if len(self._under_way) >= MAX_CHAIN:
            what = sentence("more than {most} elements require one another in a row", most=MAX_CHAIN)
            self.reading.add("dmn-too-large", at, what, sentence("Decide more in each."))
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
                    self.reading.add(
                        "dmn-requirement", el, sentence("an arrow comes from nothing"), sentence("Draw it again, or remove it.")
                    )
                    found.append(None)
                found += [self._requirement(end, el, ends[local(end)]) for end in leads if not self._is_itself(end, el)]
        known = [one for one in found if one is not None]
        if len(known) < len(found):
            return None
        names = [one.names for one in dict.fromkeys(known)]
        plain = {one[0] for one in names if len(one) == 1}
        for one in names:
            if names.count(one) > 1 or (len(one) > 1 and one[0] in plain):
                what = sentence("two things that it requires have the name {name}", name=repr(".".join(one)))
                self.reading.add("dmn-name", el, what, sentence("Rename one of them, or import the model under another name."))
                return None
            if one[0] in KEYWORDS:
                what = sentence(
                    "requires {name}, and expressions cannot read what has a word of FEEL as its name", name=repr(one[0])
                )
                self.reading.add("dmn-name", el, what, sentence("Give what is required another name."))
                if not self.reading.stored:
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
            what = sentence("has an arrow from {href}, in which no id stands after '#'", href=repr(href))
            remedy = sentence("Write '#' and the id of what is required.")
            if href in self.sources:
                remedy = sentence("Write '#{href}'.", href=href)
            self.reading.add("dmn-requirement", at, what, remedy)
            return None
        if not target or target == self.target:
            prefix, element = "", self.element(id_, at)
        elif target in self.imports:
            prefix, library = self.imports[target]
            element = library.elements.get(id_)
            if element is None:
                what = sentence(
                    "requires {id}, which the imported model {prefix} does not have", id=repr(id_), prefix=repr(prefix)
                )
                remedy = nearer(sentence("Correct the arrow or the imported model."), nearest_name(id_, library.elements))
                self.reading.add("dmn-requirement", at, what, remedy)
        else:
            self.reading.add(
                "dmn-requirement",
                at,
                sentence(
                    "requires {id} of {target}, which is the namespace of no model that is imported",
                    id=repr(id_),
                    target=repr(target),
                ),
                sentence("Import the model, and let the arrow name its namespace, '#' and the id."),
            )
            return None
        if element is None:
            return None
        if not isinstance(element, kinds):
            self.reading.add(
                "dmn-requirement",
                at,
                sentence("requires {name}, which is of another kind", name=repr(element.name)),
                sentence("Draw the other arrow."),
            )
            return None
        return Requirement(element, (prefix, element.name) if prefix else (element.name,))

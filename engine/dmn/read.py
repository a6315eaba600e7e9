"""DMN XML to decisions. What we do not execute as the standard says is refused by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from .. import feel
from ..finding import Finding
from ..sentences import sentence
from ..xml import DMN_VERSIONS, local, namespace, read_xml
from ..xml import Element as Xml
from .boxes import Function, function
from .evaluate import DecisionModel
from .imports import in_order, read_imports
from .item_types import member_names, read_types
from .logic import Logic
from .model import Decision, Element, InputData, Knowledge, Library, Requirement, Service, requirements
from .reading import Reading
from .reads import Reads
from .requirements import REFERENCES, Graph
from .types import ANY, ItemType

MAX_ELEMENTS: Final = 500

_HARMLESS: Final = frozenset(
    """DMNDI artifact association description elementCollection extensionElements group knowledgeSource organizationUnit
    performanceIndicator textAnnotation""".split()  # noqa: SIM905
)
"""Documentation: it changes no result."""
_DRG: Final = frozenset({"decision", "inputData", "businessKnowledgeModel", "decisionService"})


def read_decisions(source: bytes, *, name: str, strict: bool = True) -> tuple[DecisionModel | None, list[Finding]]:
    """The decisions of one DMN file that imports no other, and all findings; see `read_models`."""
    models, findings = read_models({name: source}, strict=strict)
    return models.get(name), findings


def read_models(
    sources: Mapping[str, bytes], *, strict: bool = True, stored: bool = False
) -> tuple[dict[str, DecisionModel], list[Finding]]:
    """The decisions of DMN files that may import each other, by the file's name, and all findings.

    An import means the file with its namespace; where several have it, the one whose name ends its `locationURI`. A file
    with an error has no model. With `strict`, what has no value is an error when a decision is taken; without, it
    is null with a diagnosis, as the standard has it, and what cannot be compiled is null as well, with a warning.
    Files that are `stored` were checked when they were deployed: what a younger rule says against them is a warning, an
    expression that is not FEEL any more fails when it is evaluated, and a decision that cannot be made is missing.
    """
    findings: list[Finding] = []
    roots: dict[str, Xml] = {}
    for name, source in sources.items():
        root, found = _root(source, name)
        findings += found
        if root is not None:
            roots[name] = root
    models: dict[str, DecisionModel] = {}
    for name in in_order(roots):
        libraries = {file: model.library for file, model in models.items()}
        model, found = _Model(
            roots, name, libraries, Reading(name, namespace(roots[name]), strict=strict, stored=stored)
        ).read()
        findings += found
        if model is not None:
            models[name] = model
    return models, findings


def _root(source: bytes, name: str) -> tuple[Xml | None, list[Finding]]:
    root, findings = read_xml(source, name=name)
    if root is None:
        return None, findings
    if local(root) != "definitions" or namespace(root) not in DMN_VERSIONS:
        versions = ", ".join(sorted(set(DMN_VERSIONS.values())))
        message = sentence("{name} is not DMN of a version that is read here ({versions}).", name=name, versions=versions)
        return None, [Finding("dmn-version", message, sentence("Save it from a DMN editor of today."), file=name, line=1)]
    return root, []


class _Model:
    """One file on its way to a model."""

    def __init__(self, roots: Mapping[str, Xml], name: str, libraries: Mapping[str, Library], reading: Reading) -> None:
        self._root = roots[name]
        self._roots = roots
        self._libraries = libraries
        self._reading = reading
        self._names: set[str] = set()

    def read(self) -> tuple[DecisionModel | None, list[Finding]]:
        reading = self._reading
        reading.check_language(self._root)
        sources = self._sources()
        before = reading.errors
        imports = read_imports(self._root, reading, self._roots, self._libraries)
        if reading.errors > before:  # whatever uses the import would be told as missing too
            return None, reading.findings
        imported = {
            f"{name}.{key}" if name else key: type_ for name, one in imports.values() for key, type_ in one.types.items()
        }
        members = frozenset(one for _, library in imports.values() for one in library.members)
        spaced = {name for name in self._names if not name.isidentifier()}
        reading.members = (member_names(self._root, reading) | members | spaced) - feel.functions().spaced
        reading.declare(read_types(self._root, reading, imported))
        graph = Graph(reading, self._root.get("namespace", ""), sources, imports, self._build)
        for id_, el in sources.items():
            graph.element(id_, el)
        if reading.errors:
            return None, reading.findings
        own = {name: type_ for name, type_ in reading.types.items() if name not in imported}
        library = Library(self._root.get("namespace", ""), graph.elements, own, reading.members | _names(graph.elements))
        model = DecisionModel(self._root.get("name", reading.file), graph.elements, library, reading.strict)
        return model, reading.findings

    def _sources(self) -> dict[str, Xml]:
        reading = self._reading
        found: dict[str, Xml] = {}
        names = self._names
        for el in self._root:
            tag = local(el)
            if namespace(el) != reading.namespace or tag in _HARMLESS | {"itemDefinition", "import"}:
                continue
            if tag not in _DRG:
                reading.refuse(
                    el, sentence("a {tag} is not executed here", tag=tag), sentence("Move what it says into a decision.")
                )
                continue
            id_, name = el.get("id", ""), self._name(el)
            if not id_ or id_ in found:
                reading.add("dmn-id", el, sentence("has no id of its own"), sentence("Give each element its own id."))
            if name in names:
                reading.add(
                    "dmn-name",
                    el,
                    sentence("has the name {name} of another element", name=repr(name)),
                    sentence("Give it a name of its own."),
                )
            found[id_] = el
            names.add(name)
        if not found:
            reading.add("dmn-empty", self._root, sentence("has no decision"), sentence("Draw a decision."))
        if len(found) > MAX_ELEMENTS:
            reading.add(
                "dmn-too-large",
                self._root,
                sentence("has more than {most} elements", most=MAX_ELEMENTS),
                sentence("Split the file."),
            )
            return {}
        return found

    def _name(self, el: Xml) -> str:
        """What expressions call the element: its variable's name, else its own."""
        variable = self._reading.child(el, "variable")
        named = self._reading.name_of(variable) if variable is not None else ""
        return named or self._reading.name_of(el) or el.get("id", "")

    def _build(self, el: Xml, graph: Graph) -> Element | None:
        match local(el):
            case "inputData":
                return InputData(el.get("id", ""), self._name(el), self._type(el))
            case "decision":
                return self._decision(el, graph)
            case "businessKnowledgeModel":
                return self._knowledge(el, graph)
            case _:
                return self._service(el, graph)

    def _type(self, el: Xml) -> ItemType:
        return self._reading.type_of(self._reading.child(el, "variable"), el)

    def _decision(self, el: Xml, graph: Graph) -> Decision | None:
        requires = graph.requirements(el)
        if requires is None:
            return None
        label = self._reading.name_of(el) or el.get("id", "")
        logic = Logic(self._reading, el.get("id", ""), label)
        names = frozenset(one.names[0] for one in requires)
        type_ = self._type(el)
        expression = logic.inside(el, names, label, type_)
        if expression is None:
            return None
        alone = self._reads(graph).undrawn(el, expression, requires, logic.tables) if self._reading.strict else []
        undrawn = [Requirement(InputData("", one, ANY), (one,)) for one in alone]
        return Decision(
            id=el.get("id", ""),
            name=self._name(el),
            label=label,
            type=type_,
            logic=expression,
            requires=(*requires, *undrawn),
            tables=tuple(logic.tables),
        )

    def _reads(self, graph: Graph) -> Reads:
        return Reads(self._reading, frozenset(self._names), {name: library for name, library in graph.imports.values() if name})

    def _knowledge(self, el: Xml, graph: Graph) -> Knowledge | None:
        requires = graph.requirements(el)
        if requires is None:
            return None
        name = self._name(el)
        body = self._reading.child(el, "encapsulatedLogic")
        logic = Logic(self._reading, el.get("id", ""), self._reading.name_of(el) or name)
        names = frozenset([name, *(one.names[0] for one in requires)])
        if body is None:
            empty = self._reading.broken(
                "dmn-logic", el, sentence("{name} is empty", name=name), sentence("Write its function.")
            )
            made = None if empty is None else function([], empty, name)
        else:
            made = logic.function(body, names, name, self._type(el))
        if made is None:
            return None
        assert isinstance(made.origin, Function)
        parameters = made.origin.parameters
        expression = feel.compile_tree(made, name, strict=self._reading.strict)
        if self._reading.strict:
            self._reads(graph).check(el, expression, requires, names)
        return Knowledge(
            id=el.get("id", ""),
            name=name,
            type=self._type(el),
            logic=expression,
            requires=tuple(requires),
            parameters=tuple(one.name for one in parameters),
            types=tuple(one.type for one in parameters),
            tables=tuple(logic.tables),
        )

    def _service(self, el: Xml, graph: Graph) -> Service | None:
        found = {tag: list(graph.references(el, tag)) for tag in REFERENCES}
        if any(one is None for references in found.values() for one in references):
            return None
        outputs = [one.element for one in _known(found["outputDecision"]) if isinstance(one.element, Decision)]
        inputs = [
            one.element
            for tag in ("inputData", "inputDecision")
            for one in _known(found[tag])
            if isinstance(one.element, InputData | Decision)
        ]
        twice = next((one.name for part in (outputs, inputs) for one in part if _names_in(part).count(one.name) > 1), "")
        if twice:
            self._reading.add(
                "dmn-service",
                el,
                sentence("lists {twice} twice", twice=repr(twice)),
                sentence("List it once, or rename one of the two."),
            )
            return None
        if not outputs:
            self._reading.add("dmn-service", el, sentence("gives no decision"), sentence("Put a decision in its upper half."))
            return None
        for name in _not_given(outputs, inputs) if self._reading.strict else []:
            what = sentence("its decisions read {name}, which the service is not given", name=repr(name))
            self._reading.add("dmn-service", el, what, sentence("Make it an input of the service."))
        return Service(el.get("id", ""), self._name(el), self._type(el), tuple(outputs), tuple(inputs))


def _not_given(outputs: list[Decision], inputs: list[InputData | Decision]) -> list[str]:
    """The input data that a service's decisions would read from outside."""
    given, seen = {*inputs}, set[Element]()
    waiting: list[Element] = [*outputs]
    names: dict[str, None] = {}
    while waiting:
        for one in requirements(waiting.pop()):
            if isinstance(one.element, InputData) and one.element not in given:
                names[one.element.name] = None
            elif isinstance(one.element, Decision | Knowledge) and one.element not in given | seen:
                seen.add(one.element)
                waiting.append(one.element)
    return [*names]


def _names_in(elements: Sequence[Element]) -> list[str]:
    return [one.name for one in elements]


def _known(references: list[Requirement | None]) -> list[Requirement]:
    return [one for one in references if one is not None]


def _names(elements: Mapping[str, Element]) -> frozenset[str]:
    return frozenset(element.name for element in elements.values() if not element.name.isidentifier())

"""DMN XML to decisions. What we do not execute as the standard says is refused by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .. import feel
from ..finding import Finding
from ..xml import DMN_VERSIONS, local, namespace, read_xml
from ..xml import Element as Xml
from .boxes import function
from .evaluate import DecisionModel
from .item_types import member_names, read_types
from .logic import Logic
from .model import Decision, Element, InputData, Knowledge, Library, Requirement, Service
from .reading import Reading
from .requirements import REFERENCES, Graph
from .types import ItemType

MAX_ELEMENTS: Final = 500

_HARMLESS: Final = frozenset(
    """DMNDI artifact association description elementCollection extensionElements group knowledgeSource organizationUnit
    performanceIndicator textAnnotation""".split()  # noqa: SIM905
)
"""Documentation: it changes no result."""
_DRG: Final = frozenset({"decision", "inputData", "businessKnowledgeModel", "decisionService"})
_LOGIC: Final = frozenset(
    """literalExpression decisionTable context list relation invocation functionDefinition conditional filter for some
    every""".split()  # noqa: SIM905
)


def read_decisions(source: bytes, *, name: str, strict: bool = True) -> tuple[DecisionModel | None, list[Finding]]:
    """The decisions of one DMN file that imports no other, and all findings; see `read_models`."""
    models, findings = read_models({name: source}, strict=strict)
    return models.get(name), findings


def read_models(sources: Mapping[str, bytes], *, strict: bool = True) -> tuple[dict[str, DecisionModel], list[Finding]]:
    """The decisions of DMN files that may import each other, by the file's name, and all findings.

    A file with an error has no model. With `strict`, what has no value is an error when a decision is taken; without, it
    is null with a diagnosis, as the standard has it, and an expression that is not FEEL is null as well.
    """
    findings: list[Finding] = []
    roots: dict[str, Xml] = {}
    for name, source in sources.items():
        root, found = _root(source, name)
        findings += found
        if root is not None:
            roots[name] = root
    models: dict[str, DecisionModel] = {}
    for name in _in_order(roots):
        imported = {model.library.namespace: model.library for model in models.values()}
        model, found = _Model(roots[name], name, imported, strict=strict).read()
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
        message = f"{name} is not DMN of a version that is read here ({versions})."
        return None, [Finding("dmn-version", message, "Save it from a DMN editor of today.", file=name, line=1)]
    return root, []


def _imports(root: Xml) -> Iterator[Xml]:
    return (el for el in root if local(el) == "import" and namespace(el) == namespace(root))


def _in_order(roots: Mapping[str, Xml]) -> list[str]:
    """The files, each after those that it imports; those that import each other in a circle come last."""
    names = {root.get("namespace", ""): name for name, root in roots.items()}
    needs = {name: {names.get(el.get("namespace", "")) for el in _imports(root)} & roots.keys() for name, root in roots.items()}
    order: list[str] = []
    while ready := [name for name in needs if name not in order and needs[name] <= {*order}]:
        order += ready
    return [*order, *(name for name in needs if name not in order)]


class _Model:
    """One file on its way to a model."""

    def __init__(self, root: Xml, name: str, libraries: Mapping[str, Library], *, strict: bool) -> None:
        self._root = root
        self._libraries = libraries
        self._reading = Reading(name, namespace(root), strict=strict)
        self._imports: dict[str, tuple[str, Library]] = {}

    def read(self) -> tuple[DecisionModel | None, list[Finding]]:
        reading = self._reading
        reading.check_language(self._root)
        sources = self._sources()
        self._imports = self._read_imports()
        imported = {
            f"{name}.{key}" if name else key: type_ for name, one in self._imports.values() for key, type_ in one.types.items()
        }
        members = frozenset(one for _, library in self._imports.values() for one in library.members)
        reading.members = member_names(self._root, reading) | members
        reading.declare(read_types(self._root, reading, imported))
        graph = Graph(reading, self._root.get("namespace", ""), sources, self._imports, self._build)
        for id_, el in sources.items():
            graph.element(id_, el)
        if any(finding.is_error for finding in reading.findings):
            return None, reading.findings
        own = {name: type_ for name, type_ in reading.types.items() if name not in imported}
        library = Library(self._root.get("namespace", ""), graph.elements, own, reading.members | _names(graph.elements))
        model = DecisionModel(self._root.get("name", reading.file), graph.elements, library, reading.strict)
        return model, reading.findings

    def _sources(self) -> dict[str, Xml]:
        reading = self._reading
        found: dict[str, Xml] = {}
        names: set[str] = set()
        for el in self._root:
            tag = local(el)
            if namespace(el) != reading.namespace or tag in _HARMLESS | {"itemDefinition", "import"}:
                continue
            if tag not in _DRG:
                reading.refuse(el, f"a {tag} is not executed here", "Move what it says into a decision.")
                continue
            id_, name = el.get("id", ""), self._name(el)
            if not id_ or id_ in found:
                reading.add("dmn-id", el, "has no id of its own", "Give each element its own id.")
            if name in names:
                reading.add("dmn-name", el, f"has the name {name!r} of another element", "Give it a name of its own.")
            found[id_] = el
            names.add(name)
        if not found:
            reading.add("dmn-empty", self._root, "has no decision", "Draw a decision.")
        if len(found) > MAX_ELEMENTS:
            reading.add("dmn-too-large", self._root, f"has more than {MAX_ELEMENTS} elements", "Split the file.")
            return {}
        return found

    def _read_imports(self) -> dict[str, tuple[str, Library]]:
        found: dict[str, tuple[str, Library]] = {}
        for el in _imports(self._root):
            target, name = el.get("namespace", ""), self._reading.name_of(el)
            if el.get("importType", "") not in DMN_VERSIONS:
                self._reading.refuse(el, f"an import of {el.get('importType', '')!r} is not executed here", "Import DMN only.")
            elif target not in self._libraries:
                what = f"imports {target!r}, which is not among the files, has errors, or imports this file itself"
                self._reading.add("dmn-import", el, what, "Put the imported file beside this one, and mend it first.")
            else:
                found[target] = (name, self._libraries[target])
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
        label = self._reading.name_of(el) or el.get("id", "")
        logic = Logic(self._reading, el.get("id", ""), label)
        names = frozenset(one.names[0] for one in requires or ())
        boxes = [child for child in el if namespace(child) == self._reading.namespace and local(child) in _LOGIC]
        expression = logic.inside(el, names, label) if boxes or self._reading.strict else None
        if requires is None or (expression is None and (boxes or self._reading.strict)):
            return None
        if expression is not None:
            self._check_names(el, expression, names)
        return Decision(
            id=el.get("id", ""),
            name=self._name(el),
            label=label,
            type=self._type(el),
            logic=expression,
            requires=tuple(requires),
            tables=tuple(logic.tables),
        )

    def _check_names(self, el: Xml, expression: feel.Expression, names: frozenset[str]) -> None:
        """All that a decision may read is drawn: an arrow for each name."""
        if not self._reading.strict:
            return
        for name in sorted({path[0] for path in expression.paths} - names):
            what = f"reads {name!r}, which it does not require{feel.suggestion(name, names)}"
            self._reading.add("dmn-requirement", el, what, f"Draw an arrow to it from the input data or decision {name!r}.")

    def _knowledge(self, el: Xml, graph: Graph) -> Knowledge | None:
        requires = graph.requirements(el)
        name = self._name(el)
        body = self._reading.child(el, "encapsulatedLogic")
        logic = Logic(self._reading, el.get("id", ""), self._reading.name_of(el) or name)
        names = frozenset([name, *(one.names[0] for one in requires or ())])
        read = logic.function(body, names, name) if body is not None else None
        if body is None:
            self._reading.add("dmn-logic", el, "has no encapsulated logic", "Write its function.")
        if requires is None or read is None:
            return None
        parameters, inner = read
        expression = feel.compile_tree(function(parameters, inner, name), name, strict=self._reading.strict)
        self._check_names(el, expression, names)
        return Knowledge(
            id=el.get("id", ""),
            name=name,
            type=self._type(el),
            logic=expression,
            requires=tuple(requires),
            parameters=tuple(one.name for one in parameters),
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
        if not outputs:
            self._reading.add("dmn-service", el, "gives no decision", "Put a decision in its upper half.")
            return None
        return Service(el.get("id", ""), self._name(el), self._type(el), tuple(outputs), tuple(inputs))


def _known(references: list[Requirement | None]) -> list[Requirement]:
    return [one for one in references if one is not None]


def _names(elements: Mapping[str, Element]) -> frozenset[str]:
    return frozenset(element.name for element in elements.values() if not element.name.isidentifier())

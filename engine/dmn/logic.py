"""The boxed expressions of a DMN file, compiled (DMN 1.5 clause 7.3 and 10.2.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from .. import feel
from ..feel import nodes
from ..sentences import Sentence, Words, sentence
from ..xml import Element, local, namespace
from . import boxes
from .boxes import Entry
from .model import Table
from .reading import Reading
from .table import read_table
from .types import ANY, ItemType

Names: TypeAlias = frozenset[str]
MAX_DEPTH: Final = 30
"""Boxes inside each other."""


class Logic:
    """Reads the boxes of one decision or knowledge model. `tables` collects the decision tables met."""

    def __init__(self, reading: Reading, owner: str, title: str) -> None:
        self._reading = reading
        self._owner = owner
        self._title = title
        self._depth = 0
        self._wanted = ANY
        self.tables: list[Table] = []

    def read(self, el: Element, names: Names, where: Words = "", wanted: ItemType = ANY) -> feel.Expression | None:
        """The expression in a box, or None and a finding.

        `names` are those that it sees; `where` is its place; `wanted` is the type that its value is made to fit.
        """
        where = where or self._title
        if self._depth >= MAX_DEPTH:
            what = sentence("{where}: boxes stand inside each other deeper than {most} levels", where=where, most=MAX_DEPTH)
            self._reading.add("dmn-too-large", el, what, sentence("Give the inner ones decisions of their own."))
            return None
        self._depth += 1
        type_ = self._reading.type_of(el, el) if el.get("typeRef") and local(el) != "functionDefinition" else ANY
        self._wanted = wanted if type_ == ANY else type_
        node = _BOXES[local(el)](self, el, names, where)
        self._depth -= 1
        if node is None:
            return None
        try:
            expression = self._tree(node)
        except feel.FeelSyntaxError as error:
            what = sentence("{where}: {error}", where=where, error=error.said)
            return self._reading.broken("dmn-expression", el, what, error.advice)
        if type_ != ANY:
            expression = self._tree(boxes.typed(expression, type_, where))
        return boxes.placed(expression, where, strict=self._reading.strict)

    def inside(self, el: Element, names: Names, where: Words, wanted: ItemType = ANY) -> feel.Expression | None:
        """The one boxed expression among the children of an element, or None and a finding."""
        found = self.boxes(el)
        if self._is_odd(el, where):
            return None
        if len(found) == 1:
            return self.read(found[0], names, where, wanted)
        what, remedy = sentence("{where} has two expressions", where=where), sentence("Remove one.")
        if not found:
            what, remedy = sentence("{where} is empty", where=where), sentence("Write an expression, or fill the table.")
        return self._reading.broken("dmn-logic", el, what, remedy)

    def _is_odd(self, el: Element, where: Words) -> bool:
        """Whether a child is neither a box nor what stands beside boxes; it is refused by name."""
        known = _BESIDE | _BOXES.keys()
        odd = [local(child) for child in el if namespace(child) == self._reading.namespace and local(child) not in known]
        if odd:
            self._reading.refuse(
                el,
                sentence("{where}: a {tag} is not executed here", where=where, tag=odd[0]),
                sentence("Use another boxed expression."),
            )
        return bool(odd)

    def boxes(self, el: Element) -> list[Element]:
        """The boxed expressions among the children of an element."""
        return [child for child in el if namespace(child) == self._reading.namespace and local(child) in _BOXES]

    def function(self, el: Element, names: Names, where: Words, declared: ItemType = ANY) -> nodes.Compiled | None:
        """The function that a `functionDefinition` or `encapsulatedLogic` makes; None and a finding when it is not to be had.

        `declared` is what is said of it elsewhere, as its own `typeRef` says here: a function type, or what it gives.
        """
        kind = el.get("kind", "FEEL")
        if kind != "FEEL":
            self._reading.refuse(
                el,
                sentence("{where}: a function in {kind} is not executed here", where=where, kind=kind),
                sentence("Write its body in FEEL."),
            )
            return None
        parameters = [
            Entry(self._reading.name_of(one), self._reading.type_of(one, one))
            for one in self._reading.children(el, "formalParameter")
        ]
        own = {one.name for one in parameters}
        if len(own) < len(parameters):
            self._reading.add(
                "dmn-name", el, sentence("{where}: two parameters have the same name", where=where), sentence("Rename one.")
            )
            return None
        unreadable = sorted(own & feel.KEYWORDS)
        if unreadable:
            self._reading.add("dmn-name", el, *_unreadable(where, unreadable[0]))
            return None
        types, result = (self._reading.type_of(el, el), declared), ANY
        wanted = next((one.given for one in types if one.given != ANY), ANY)
        body = self.inside(el, names | own, where, wanted)
        if body is None:
            return None
        for type_ in types:
            what = type_.mismatch(tuple(one.name for one in parameters), tuple(one.type for one in parameters))
            if what:
                self._reading.add(
                    "dmn-type",
                    el,
                    sentence("{where}: {what}", where=where, what=what),
                    sentence("Correct the parameters, or the type."),
                )
                return None
            if type_.given != ANY:
                result = type_.given
                body = self._tree(boxes.typed(body, result, sentence("{where}, result", where=where)))
        return boxes.function(parameters, body, where, result)

    def _tree(self, node: nodes.Node) -> feel.Expression:
        return feel.compile_tree(node, "", strict=self._reading.strict)

    def _literal(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        if self._reading.child(el, "importedValues") is not None:
            self._reading.refuse(
                el,
                sentence("{where}: imported values are not executed here", where=where),
                sentence("Write them in the model."),
            )
            return None
        expression = self._reading.expression(el, where, names)
        return None if expression is None else expression.as_node()

    def _table(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        logic = read_table(el, self._reading, names, owner=self._owner, title=where, wanted=self._wanted)
        if logic is None:
            return None
        self.tables.append(logic)
        return boxes.table(logic)

    def _context(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        entries: list[Entry] = []
        result: feel.Expression | None = None
        wanted = self._wanted
        rows = self._reading.children(el, "contextEntry")
        for number, row in enumerate(rows, start=1):
            variable = self._reading.child(row, "variable")
            name = self._reading.name_of(variable) if variable is not None else ""
            here = (
                sentence("{where}, entry {entry}", where=where, entry=name or number)
                if name or number < len(rows)
                else sentence("{where}, result", where=where)
            )
            if not name and number < len(rows):
                self._reading.add(
                    "dmn-context",
                    row,
                    sentence("{here} has no name", here=here),
                    sentence("Name it; only the last entry may have none."),
                )
                return None
            if name in {entry.name for entry in entries}:
                self._reading.add("dmn-context", row, sentence("{here} is there twice", here=here), sentence("Rename one."))
                return None
            if name in feel.CONSTANTS:
                self._reading.add("dmn-name", row, *_unreadable(where, name))
                return None
            is_function = self._reading.child(row, "functionDefinition") is not None
            type_ = self._reading.type_of(variable, row)
            inner = self.inside(
                row, names | {name} if is_function else names, here, wanted if type_ == ANY and not name else type_
            )
            if inner is None:
                return None
            typed = inner if type_ == ANY else self._tree(boxes.typed(inner, type_, here))
            if name:
                entries.append(Entry(name, type_, typed, is_function))
                names |= {name}
            else:
                result = typed
        return boxes.context(entries, result)

    def _list(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        if self._is_odd(el, where):
            return None
        items = [
            self.read(child, names, sentence("{where}, item {number}", where=where, number=number))
            for number, child in enumerate(self.boxes(el), start=1)
        ]
        written = [item.as_node() for item in items if item is not None]
        return nodes.ListLiteral(tuple(written), 0) if len(written) == len(items) else None

    def _relation(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        columns = self._reading.children(el, "column")
        labels = [self._reading.name_of(column) for column in columns]
        types = [self._reading.type_of(column, column) for column in columns]
        if len({label for label in labels if label}) < len(labels):
            self._reading.add(
                "dmn-relation",
                el,
                sentence("{where}: a column has no name of its own", where=where),
                sentence("Name each column."),
            )
            return None
        rows: list[list[feel.Expression]] = []
        for number, row in enumerate(self._reading.children(el, "row"), start=1):
            cells = self.boxes(row)
            if len(cells) != len(columns):
                what = sentence(
                    "{where}, row {number} has {count} cells for {count2} columns",
                    where=where,
                    number=number,
                    count=len(cells),
                    count2=len(columns),
                )
                self._reading.add("dmn-relation", row, what, sentence("Give each column a cell."))
                return None
            read = [
                (type_, place, self.read(cell, names, place))
                for cell, label, type_ in zip(cells, labels, types, strict=True)
                for place in [
                    sentence("{where}, row {number}, column {column}", where=where, number=number, column=repr(label))
                ]
            ]
            rows.append([self._tree(boxes.typed(cell, type_, place)) for type_, place, cell in read if cell is not None])
            if len(rows[-1]) < len(columns):
                return None
        return boxes.relation(labels, rows)

    def _invocation(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        called = self.inside(el, names, sentence("{where}, the function called", where=where))
        parameters: list[str] = []
        arguments: list[nodes.Node] = []
        bindings = self._reading.children(el, "binding")
        for binding in bindings:
            parameter = self._reading.child(binding, "parameter")
            name = self._reading.name_of(parameter) if parameter is not None else ""
            here = sentence("{where}, parameter {name}", where=where, name=repr(name))
            if not name or name in parameters:
                self._reading.add(
                    "dmn-name",
                    binding,
                    sentence("{where}: a parameter has no name of its own", where=where),
                    sentence("Name each."),
                )
                return None
            argument = self.inside(binding, names, here)
            if argument is not None:
                parameters.append(name)
                arguments.append(boxes.typed(argument, self._reading.type_of(parameter, binding), here))
        if called is None or len(arguments) < len(bindings):
            return None
        callee = boxes.core(called).tree
        is_built_in = isinstance(callee, nodes.Name) and callee.name in feel.functions().by_name.keys() - names
        function = callee if is_built_in else called.as_node()  # a built-in one may be called as in FEEL's own text
        return nodes.Call(function, tuple(arguments), tuple(parameters), 0)

    def _function(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        return self.function(el, names, where)

    def _conditional(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        condition, then, otherwise = (self._part(el, tag, names, where) for tag in ("if", "then", "else"))
        if condition is None or then is None or otherwise is None:
            return None
        return nodes.If(condition, then, otherwise, 0)

    def _filter(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        source, match = self._part(el, "in", names, where), self._part(el, "match", names | {"item"}, where)
        return None if source is None or match is None else nodes.Filter(source, match, 0)

    def _for(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        steps = self._steps(el, names, where, "return", {"partial"})
        return None if steps is None else nodes.For((steps[0],), steps[1], 0)

    def _some(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        steps = self._steps(el, names, where, "satisfies", set())
        return None if steps is None else nodes.Quantified("some", (steps[0],), steps[1], 0, boxed=True)

    def _every(self, el: Element, names: Names, where: Words) -> nodes.Node | None:
        steps = self._steps(el, names, where, "satisfies", set())
        return None if steps is None else nodes.Quantified("every", (steps[0],), steps[1], 0, boxed=True)

    def _steps(
        self, el: Element, names: Names, where: Words, tag: str, also: set[str]
    ) -> tuple[nodes.Iterator, nodes.Node] | None:
        variable = " ".join(el.get("iteratorVariable", "").split())
        source = self._part(el, "in", names, where)
        result = self._part(el, tag, names | {variable} | also, where)
        if not variable:
            self._reading.add(
                "dmn-name",
                el,
                sentence("{where}: the iterator has no variable", where=where),
                sentence("Name what it goes through."),
            )
        if variable in feel.KEYWORDS:
            self._reading.add("dmn-name", el, *_unreadable(where, variable))
            return None
        if source is None or result is None or not variable:
            return None
        return nodes.Iterator(variable, source, 0), result

    def _part(self, el: Element, tag: str, names: Names, where: Words) -> nodes.Node | None:
        part = self._reading.child(el, tag)
        here = sentence("{where}, {tag}", where=where, tag=tag)
        expression = (
            self._reading.broken("dmn-logic", el, sentence("{here} is not there", here=here), sentence("Fill the box."))
            if part is None
            else self.inside(part, names, here)
        )
        if expression is None:
            return None
        return boxes.typed(expression, self._reading.type_of(part, el if part is None else part), here)


def _unreadable(where: Words, name: str) -> tuple[Sentence, Sentence]:
    """What is wrong with a name that expressions take for a word of FEEL, and what to do."""
    said = sentence(
        "{where}: {name} is a word of FEEL, so that no expression can read what is named so", where=where, name=repr(name)
    )
    return said, sentence("Give it another name.")


_Box: TypeAlias = Callable[[Logic, Element, Names, Words], nodes.Node | None]
_BOXES: Final[Mapping[str, _Box]] = {
    "literalExpression": Logic._literal,
    "decisionTable": Logic._table,
    "context": Logic._context,
    "list": Logic._list,
    "relation": Logic._relation,
    "invocation": Logic._invocation,
    "functionDefinition": Logic._function,
    "conditional": Logic._conditional,
    "filter": Logic._filter,
    "for": Logic._for,
    "some": Logic._some,
    "every": Logic._every,
}
_BESIDE: Final = frozenset(
    """description extensionElements variable parameter binding formalParameter informationRequirement knowledgeRequirement
    authorityRequirement question allowedAnswers supportedObjective impactedPerformanceIndicator decisionMaker decisionOwner
    usingProcess usingTask encapsulatedLogic""".split()  # noqa: SIM905
)

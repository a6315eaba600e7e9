"""What the expressions of one element read, against what is drawn and imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .. import feel
from ..feel.nodes import Name
from ..finding import Severity
from ..sentences import Words, sentence
from ..xml import Element as Xml
from . import places
from .boxes import core
from .model import Library, Requirement, Table
from .reading import Reading, nearer


@dataclass(frozen=True, slots=True)
class Reads:
    """Checks an element's names: `drawn` are those of the file's elements, `imports` the libraries by the imports' names."""

    reading: Reading
    drawn: frozenset[str]
    imports: Mapping[str, Library]

    def undrawn(
        self, el: Xml, expression: feel.Expression, requires: Sequence[Requirement], tables: Sequence[Table]
    ) -> list[str]:
        """The names that a decision reads though nobody drew them, each with a warning: many draw a table alone."""
        names = frozenset(one.names[0] for one in requires)
        known = names | self.drawn | self.imports.keys()
        read = {path[0] for path in expression.paths} - names
        alone = sorted(name for name in read if name not in known and not feel.nearest_name(name, known))
        for name in alone:
            self._tell_undrawn(el, name, expression, tables)
        self.check(el, expression, requires, names.union(alone))
        return alone

    def check(self, el: Xml, expression: feel.Expression, requires: Sequence[Requirement], names: frozenset[str]) -> None:
        """Note what is read without an arrow, and members that an import does not bring. `names` may be read."""
        for name in sorted({path[0] for path in expression.paths} - names):
            what = sentence("reads {name}, which it does not require", name=repr(name))
            remedy = sentence("Draw an arrow to it from the input data or decision {name}.", name=repr(name))
            if name not in self.drawn:
                near = feel.nearest_name(name, {*names, *self.drawn})
                remedy = nearer(sentence("Correct the name, or draw it, with an arrow."), near)
            self.reading.add("dmn-requirement", el, what, remedy)
        brought = {one.names for one in requires if len(one.names) > 1}
        under = {names[0] for names in brought}
        for path in sorted({path[:2] for path in expression.paths if path[0] in under and len(path) > 1} - brought):
            others = {element.name for element in self.imports[path[0]].elements.values()}
            whole = repr(".".join(path))
            if path[1] in others:
                what, remedy = sentence("reads {name}, which it does not require", name=whole), sentence("Draw an arrow to it.")
            else:
                what = sentence("reads {name}, which the imported model does not have", name=whole)
                remedy = nearer(sentence("Correct the name, or the imported model."), feel.nearest_name(path[1], others))
            self.reading.add("dmn-requirement", el, what, remedy)

    def _tell_undrawn(self, el: Xml, name: str, expression: feel.Expression, tables: Sequence[Table]) -> None:
        found = [one for table in tables for one in _places(table, name)]
        is_text = any(quoted for _, quoted in found) or _is(core(expression), name)
        what = sentence("reads {name}, which is drawn nowhere and is taken from the case", name=repr(name))
        if found:
            what = sentence("{what} ({place})", what=what, place=found[0][0])
        if len(found) > 1:
            what = sentence("{what}; further places: {count}", what=what, count=len(found) - 1)
        remedy = sentence("Draw it as input data, with an arrow to the decision.")
        if is_text:
            remedy = sentence(
                'Draw it as input data, with an arrow to the decision, or put it in quotation marks if it is text: "{name}".',
                name=name,
            )
        self.reading.add("dmn-undrawn", el, what, remedy, Severity.WARNING)


def _places(table: Table, name: str) -> Iterator[tuple[Words, bool]]:
    """Where a table reads the name, and whether it is likely to be text without its quotation marks: it stands alone in
    its cell, or another cell of the column has it as text."""
    quoted = f'"{name}"'
    for place, column in enumerate(table.inputs):
        texts = [test.text for rule in table.rules if (test := rule.tests[place]) is not None]
        is_text = any(quoted in text for text in (*texts, *(allowed.text for allowed in column.type.allowed)))
        if _reads(column.expression, name):
            yield places.input_(table.place, column.label), False
        for rule in table.rules:
            test = rule.tests[place]
            if test is not None and _reads(test, name):
                alone = any(isinstance(one, Name) and one.name == name for one in test.tree.tests)
                yield places.cell(table.place, rule.number, column.label), is_text or alone
    for place, output in enumerate(table.outputs):
        results = [
            (places.result(table.place, rule.number, output.name or place + 1), rule.outputs[place]) for rule in table.rules
        ]
        if output.default is not None:
            results.append((places.default(table.place, output.name or place + 1), output.default))
        texts = [*(result.text for _, result in results), *(allowed.text for allowed in output.type.allowed)]
        is_text = any(quoted in text for text in texts)
        for where, result in results:
            if _reads(result, name):
                alone = _is(result, name)
                yield where, is_text or alone


def _reads(part: feel.Expression | feel.UnaryTests, name: str) -> bool:
    return any(path[0] == name for path in part.paths)


def _is(part: feel.Expression, name: str) -> bool:
    return isinstance(part.tree, Name) and part.tree.name == name

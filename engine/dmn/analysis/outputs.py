"""What rules give, where that is known: values outside what is declared, and hit policies that cannot use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from ... import feel
from ...feel.nodes import ListLiteral
from ...finding import Finding, Severity
from ...sentences import Words, all_of, sentence
from ..constants import constant
from ..model import Aggregation, Output, Rule, Table
from ..table_run import rank, ranking
from .lines import KINDS
from .report import finding, shown

Values: TypeAlias = tuple[feel.Value, ...]
_FIT: Final = sentence("Give a value of the declared type that is allowed, or correct what is declared.")


class Outputs:
    """The values that the rules of a table give, and what is wrong with them in `findings`."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.findings: list[Finding] = []
        self._values = {rule.number: self._outputs(rule) for rule in table.rules}
        self._orders = [self._order(column) for column in table.outputs]
        self.findings += [*self._defaults(), *self._unranked(), *self._unaggregated()]

    def known(self, rule: Rule) -> Values | None:
        """The rule's outputs, None when one of them depends on data or is wrong."""
        values = self._values[rule.number]
        return None if None in values else tuple(value for found in values if found is not None for value in found)

    def differ(self, one: Rule, other: Rule) -> bool:
        """Whether two rules are known to give different results."""
        left, right = self.known(one), self.known(other)
        if left is None or right is None:
            return False
        return not all(feel.same(a, b, _frame().run) for a, b in zip(left, right, strict=True))

    def rank(self, rule: Rule) -> tuple[list[int], int] | None:
        """What PRIORITY sorts the rule's hit by, None when it is not known."""
        values = self.known(rule)
        if values is None or None in self._orders:
            return None
        orders = [order or [] for order in self._orders]
        return [rank(order, value, _frame()) for order, value in zip(orders, values, strict=True)], rule.number

    def _outputs(self, rule: Rule) -> tuple[tuple[feel.Value] | None, ...]:
        return tuple(
            self._fitted(expression, column, sentence("output {output}", output=repr(column.name or self._table.title)), rule)
            for expression, column in zip(rule.outputs, self._table.outputs, strict=True)
        )

    def _fitted(self, expression: feel.Expression, column: Output, where: Words, at: Rule | None) -> tuple[feel.Value] | None:
        """The constant as the engine makes it fit its column; None and perhaps a finding when there is none."""
        try:
            found = constant(expression)
        except feel.FeelError as error:
            what = sentence("{where} has no value. {error}", where=where, error=error.told)
            self.findings.append(finding("dmn-output-value", self._table, what, sentence("Correct it."), Severity.ERROR, at))
            return None
        if found is None:
            return None
        try:
            value, obstacle = column.type.fit(found[0], _frame())
        except feel.FeelError:  # the allowed values depend on data
            return None
        if not obstacle:
            return (value,)
        what = sentence("{where} is {value}: {obstacle}.", where=where, value=shown(found[0]), obstacle=obstacle)
        self.findings.append(finding("dmn-output-value", self._table, what, _FIT, Severity.ERROR, at))
        return None

    def _defaults(self) -> Iterator[Finding]:
        policy = self._table.hit_policy
        for column in self._table.outputs:
            if column.default is None:
                continue
            where = sentence("the default of output {output}", output=repr(column.name or self._table.title))
            found = self._fitted(column.default, column, where, None)
            if policy.gives_list and self._table.aggregation is None and found is not None and not isinstance(found[0], list):
                what = sentence("{where} is a single value, but {policy} gives a list.", where=where, policy=policy)
                remedy = sentence("Remove the default: the list is empty when no rule matches.")
                yield finding("dmn-list-default", self._table, what, remedy, Severity.WARNING)

    def _order(self, column: Output) -> list[feel.Value] | None:
        try:
            return ranking(column.ranked, _frame())
        except feel.FeelError:
            return None

    def _unranked(self) -> Iterator[Finding]:
        policy = self._table.hit_policy
        if not policy.ranks_outputs:
            return
        if not any(column.ranked for column in self._table.outputs):
            what = sentence(
                "{policy} chooses by the order of the allowed output values, but no output names any.", policy=policy
            )
            remedy = sentence("List the allowed values of an output, the most important one first, or use another hit policy.")
            yield finding("dmn-ranking", self._table, what, remedy, Severity.WARNING)
        for column in self._table.outputs:
            if column.ranked and any(_is_partly(column.ranked, tests) for tests in column.type.allowed):
                what = sentence(
                    "what output {output} allows by a condition has no place in the order.",
                    output=repr(column.name or self._table.title),
                )
                remedy = sentence("Name each allowed value by itself, the most important one first.")
                yield finding("dmn-ranking", self._table, what, remedy, Severity.WARNING)
        for rule in self._table.rules:
            for column, order, found in zip(self._table.outputs, self._orders, self._values[rule.number], strict=True):
                if column.ranked and order is not None and found and rank(order, found[0], _frame()) == len(order):
                    what = sentence(
                        "output {output} is {value}, which has no place in the order.",
                        output=repr(column.name or self._table.title),
                        value=shown(found[0]),
                    )
                    remedy = sentence("Name each allowed value by itself, the most important one first.")
                    yield finding("dmn-ranking", self._table, what, remedy, Severity.WARNING, rule)

    def _unaggregated(self) -> Iterator[Finding]:
        given = {rule.number: (rule, values[0]) for rule in self._table.rules if (values := self.known(rule))}
        kinds = {number: feel.type_of(value) for number, (_, value) in given.items()}
        if self._table.aggregation is Aggregation.SUM:
            for number, kind in kinds.items():
                if kind not in _ADDED:
                    what = sentence(
                        "the output is {value}, and SUM adds up numbers or durations.", value=shown(given[number][1])
                    )
                    yield finding(
                        "dmn-aggregation", self._table, what, sentence("Give a number."), Severity.ERROR, given[number][0]
                    )
        elif self._table.aggregation in {Aggregation.MIN, Aggregation.MAX}:
            yield from self._unordered(kinds)

    def _unordered(self, kinds: Mapping[int, str]) -> Iterator[Finding]:
        named = sorted(set(kinds.values()))
        if len(named) > 1 or not KINDS - {"boolean"} >= set(named):
            what = sentence(
                "{aggregation} compares what the rules give, and there is no order of {kinds}.",
                aggregation=self._table.aggregation,
                kinds=all_of(named),
            )
            yield finding("dmn-order", self._table, what, sentence("Let all rules give numbers."), Severity.WARNING)


def _is_partly(ranked: feel.Expression, tests: feel.UnaryTests) -> bool:
    """Whether the tests are those that were ranked, and not all of them could be."""
    named = ranked.tree.items if isinstance(ranked.tree, ListLiteral) else ()
    return ranked.text == tests.text and len(named) < len(tests.tree.tests)


def _frame() -> feel.Frame:
    """A frame without names, with a budget of its own for each question."""
    return feel.Frame({}, None, feel.Run(feel.Environment()))


_ADDED: Final = frozenset({"number", "days and time duration", "years and months duration"})

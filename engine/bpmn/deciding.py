"""Which of several conditions can hold together: they are tried on values from every range that they tell apart.

A condition is made of comparisons of terms with written values. A term is a name, or anything else that is not looked into;
between the written values a condition does not change, so one sample from each range stands for all of it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from .. import feel
from ..feel import nodes as tree

MOST_SAMPLES: Final = 5_000
SIGNS: Final[Mapping[str, tuple[int, ...]]] = {
    "=": (0,), "!=": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1),
}  # fmt: skip
"""What the sign of left minus right must be."""
NEVER_NEGATIVE: Final = frozenset({"count", "string length", "abs"})
OTHER: Final = "…"
"""A text that is none of those that are written."""

Sample = Mapping[str, feel.Value]


@dataclass
class Term:
    """What conditions compare with written values.

    `is_plain` when it is a name: its values are independent of others'. `is_ordered` when more than equality is asked.
    """

    is_plain: bool
    written: list[feel.Value] = field(default_factory=list)
    type: feel.Type = field(default_factory=feel.Type)
    is_negative: bool = True
    is_ordered: bool = False

    def samples(self) -> list[feel.Value] | None:
        """One value from each range; None when the written values are of kinds that are not told apart."""
        found = [value for value in self.written if value is not None]
        none: list[feel.Value] = [None] if len(found) < len(self.written) else []
        if all(isinstance(value, bool) for value in found):
            return [True, False, *none]
        if all(isinstance(value, Decimal) for value in found):
            return [*(one for one in _around_numbers(found) if self.is_negative or one >= 0), *none]
        if all(isinstance(value, str) for value in found):
            if self.is_ordered:
                return None
            values: Iterable[feel.Value] = sorted(self.type.values) if self.type.values else [*dict.fromkeys(found), OTHER]
            return [*values, *none]
        if all(isinstance(value, date) and not isinstance(value, datetime) for value in found):
            days = [value for value in found if isinstance(value, date)]
            return [*sorted({day + timedelta(days=step) for day in days for step in (-1, 0, 1)}), *none]
        return None


def _around_numbers(written: Iterable[feel.Value]) -> list[Decimal]:
    """The numbers, one between each two, and one on either side."""
    numbers = sorted({value for value in written if isinstance(value, Decimal)})
    between = [(low + high) / 2 for low, high in itertools.pairwise(numbers)]
    return sorted({*numbers, *between, numbers[0] - 1, numbers[-1] + 1})


class Conditions:
    """Several conditions (FEEL texts that can be read) over the same data, whose types are `types`."""

    def __init__(self, texts: Mapping[str, str], types: Mapping[str, feel.Type]) -> None:
        self._types = types
        self.terms: dict[str, Term] = {}
        self._trees = {id_: feel.compile_expression(text).tree for id_, text in texts.items()}
        for node in self._trees.values():
            self._holds(node, None)

    def is_between_whole(self, sample: Sample) -> bool:
        """Whether the sample has a fraction that no condition speaks of: the data may have none."""
        numbers = [(value, self.terms[name]) for name, value in sample.items() if isinstance(value, Decimal)]
        return any(
            value % 1 and all(not isinstance(one, Decimal) or not one % 1 for one in term.written) for value, term in numbers
        )

    def outcomes(self) -> Iterator[tuple[Sample, dict[str, bool | None]]]:
        """Each sample with what every condition is then: true, false, or None where it has no answer.

        Nothing when there are too many samples, or values that cannot be told apart.
        """
        values = [term.samples() for term in self.terms.values()]
        if any(one is None for one in values) or math.prod(len(one or ()) for one in values) > MOST_SAMPLES:
            return
        for chosen in itertools.product(*(one or () for one in values)):
            sample = dict(zip(self.terms, chosen, strict=True))
            yield sample, {id_: self._holds(node, sample) for id_, node in self._trees.items()}

    def _holds(self, node: tree.Node, sample: Sample | None) -> bool | None:
        """What a condition is on a sample; without one its terms are collected."""
        match node:
            case tree.Literal(bool() as value):
                return value
            case tree.Junction(operator=operator, operands=operands):
                answers = [self._holds(operand, sample) for operand in operands]
                decisive = operator == "or"
                return decisive if decisive in answers else None if None in answers else not decisive
            case tree.Call(callee=tree.Name(name="not"), arguments=(inner,)):
                answer = self._holds(inner, sample)
                return None if answer is None else not answer
            case tree.Comparison(operator=operator, left=left, right=right) if operator in SIGNS:
                return self._compared(operator, left, right, sample)
            case tree.Between(value=value, low=low, high=high):
                ends = (self._compared(">=", value, low, sample), self._compared("<=", value, high, sample))
                return False if False in ends else None if None in ends else True
            case tree.In(value=value, tests=tests) if _is_choice(tests):
                one_of = _choices(tests)
                answers = [self._compared("=", value, one, sample) for one in one_of]
                return True in answers
        return self._truth(node, sample)

    def _truth(self, node: tree.Node, sample: Sample | None) -> bool | None:
        text = feel.unparse(node)
        if sample is None:
            self._term(text, node).written.append(True)
            return None
        value = sample[text]
        return value if isinstance(value, bool) else None

    def _compared(self, operator: str, left: tree.Node, right: tree.Node, sample: Sample | None) -> bool | None:
        (first, is_fixed), (second, is_second_fixed) = fixed(left), fixed(right)
        if is_fixed and is_second_fixed:
            sign = _sign(first, second)
        elif is_fixed or is_second_fixed:
            node, value = (right, first) if is_fixed else (left, second)
            text = feel.unparse(node)
            if sample is None:
                term = self._term(text, node)
                term.written.append(value)
                term.is_ordered = term.is_ordered or operator not in ("=", "!=")
                return None
            sign = _sign(value, sample[text]) if is_fixed else _sign(sample[text], value)
        else:
            texts = sorted((feel.unparse(left), feel.unparse(right)))
            key = " ? ".join(texts)
            if sample is None:
                self.terms.setdefault(key, Term(is_plain=False)).written += [Decimal(0)]
                return None
            turned = -1 if feel.unparse(left) != texts[0] else 1
            sign = _sign(sample[key], Decimal(0))
            sign = None if sign is None else sign * turned
        if sign is None:
            return (operator == "!=") if operator in ("=", "!=") else None
        return sign in SIGNS[operator]

    def _term(self, text: str, node: tree.Node) -> Term:
        if text not in self.terms:
            path = _path(node)
            term = Term(path is not None, type=self._type(path) if path else feel.Type())
            if isinstance(node, tree.Call) and isinstance(node.callee, tree.Name):
                term.is_negative = node.callee.name not in NEVER_NEGATIVE
            self.terms[text] = term
        return self.terms[text]

    def _type(self, path: tuple[str, ...]) -> feel.Type:
        found = self._types.get(path[0], feel.Type())
        for name in path[1:]:
            found = found.members.get(name, feel.Type())
        return found


def fixed(node: tree.Node) -> tuple[feel.Value, bool]:
    """The value of what reads no names, and whether it has one."""
    text = feel.unparse(node)
    return constant(text)


def constant(text: str) -> tuple[feel.Value, bool]:
    """The value of an expression that is the same whatever the data and the time, and whether it is such a one.

    One that names a function without calling it is none: case data may be called so, as in `number`, and then that is read.
    """
    try:
        compiled = feel.compile_expression(text)
        if compiled.paths or compiled.filter_paths or tree.reads_names(compiled.tree):
            return None, False
        return compiled.evaluate({}), True
    except feel.FeelError:
        return None, False


def _sign(left: feel.Value, right: feel.Value) -> int | None:
    """The sign of left minus right; None when they have no order, of which null and something else are not equal."""
    if left is None and right is None:
        return 0
    match left, right:
        case (bool(), bool()) | (str(), str()):
            return 0 if left == right else -1 if str(left) < str(right) else 1
        case Decimal(), Decimal():
            return (left > right) - (left < right)
        case date(), date() if not isinstance(left, datetime) and not isinstance(right, datetime):
            return (left > right) - (left < right)
    return None


def _path(node: tree.Node) -> tuple[str, ...] | None:
    match node:
        case tree.Name(name=name):
            return (name,)
        case tree.Path(source=source, member=member):
            inner = _path(source)
            return (*inner, member) if inner else None
    return None


def _is_choice(tests: tuple[tree.Node, ...]) -> bool:
    return all(isinstance(one, tree.Literal) for one in _choices(tests))


def _choices(tests: tuple[tree.Node, ...]) -> tuple[tree.Node, ...]:
    match tests:
        case (tree.ListLiteral(items=items),):
            return items
    return tests

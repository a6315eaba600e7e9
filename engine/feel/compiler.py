"""Expressions and unary tests, compiled once and evaluated often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, TypeAlias, cast

from ..sentences import sentence
from . import compile_calls, compile_control, compile_names, compile_operators, compile_tests, nodes
from .build import Build, Rule, Site
from .errors import TOO_DEEP, BudgetExceeded, EvaluationError, Excess, FeelSyntaxError
from .extensions import Functions, functions
from .grammar import NO_TYPES, parse_expression, parse_unary_tests
from .machine import Closure, Environment, Frame, Run
from .nodes import Compiled, ContextLiteral, Node, Tests, TypeName, size
from .sizes import check_size
from .values import Value

_DEFAULT = Environment()
_Types: TypeAlias = frozenset[tuple[str, TypeName]]
# Each rule takes the one kind of node that it stands beside; a dict cannot say so to the type checker.
_RULES: Mapping[type, Rule] = cast(
    "Any",
    {
        nodes.Compiled: compile_control.compiled,
        nodes.Literal: compile_control.literal,
        nodes.Name: compile_names.name,
        nodes.Path: compile_names.path,
        nodes.Filter: compile_names.filter_,
        nodes.Call: compile_calls.call,
        nodes.FunctionLiteral: compile_calls.function_literal,
        nodes.Negate: compile_operators.negation,
        nodes.Arithmetic: compile_operators.arithmetic,
        nodes.Junction: compile_operators.junction,
        nodes.Comparison: compile_operators.comparison,
        nodes.Between: compile_operators.between,
        nodes.In: compile_tests.membership,
        nodes.Test: compile_tests.test_outside,
        nodes.Tests: compile_tests.unary_tests,
        nodes.RangeLiteral: compile_operators.range_literal,
        nodes.If: compile_control.if_,
        nodes.For: compile_control.for_,
        nodes.Quantified: compile_control.quantified,
        nodes.ListLiteral: compile_control.list_literal,
        nodes.ContextLiteral: compile_control.context_literal,
        nodes.InstanceOf: compile_control.instance_of,
    },
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression.

    `paths` are the references to the scope as written (`client.endDate` is `("client", "endDate")`), built-in names
    excluded. Inside a filter a name may belong to the item or to the scope: those are in `filter_paths`. `members` are
    the names that a context literal gives values to (`{round: 1}`), empty for every other expression.
    """

    text: str
    paths: frozenset[tuple[str, ...]]
    filter_paths: frozenset[tuple[str, ...]]
    members: tuple[str, ...]
    _closure: Closure = field(repr=False, compare=False)
    tree: Node = field(repr=False, compare=False)
    weight: int = 1

    def evaluate(self, scope: Mapping[str, Value], environment: Environment = _DEFAULT) -> Value:
        """The value on this scope. Raises EvaluationError when there is none, BudgetExceeded when it takes too much."""
        return self.evaluate_within(scope, Run(environment))

    def outcome(self, scope: Mapping[str, Value], environment: Environment = _DEFAULT) -> Outcome:
        """The value, with the diagnoses of an expression that was compiled with `strict=False`. Raises as `evaluate`."""
        run = Run(environment)
        value = self.evaluate_within(scope, run)
        return Outcome(value, tuple(run.diagnoses))

    def evaluate_within(self, scope: Mapping[str, Value], run: Run) -> Value:
        """The same on the budget of an evaluation under way (the `run` that a Function is invoked with)."""
        return _checked(self._closure, scope, run, self.text)

    def as_node(self) -> Compiled:
        """The expression as a part of a larger tree, to be compiled with `compile_tree`."""
        closure = partial(_guarded, self._closure, text=self.text)
        return Compiled(closure, self.paths, self.filter_paths, self.weight, origin=self)

    def evaluate_in(self, frame: Frame) -> Value:
        """The value on the names of a frame, on the budget of its run."""
        return _guarded(self._closure, frame, self.text)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value, and why it or parts of it are null: each diagnosis says what, where in the text, and about which values."""

    value: Value
    diagnoses: tuple[EvaluationError, ...] = ()


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """A compiled input entry of a decision table. `paths`, `filter_paths` and `tree` as in Expression."""

    text: str
    paths: frozenset[tuple[str, ...]]
    filter_paths: frozenset[tuple[str, ...]]
    _closure: Closure = field(repr=False, compare=False)
    tree: Tests = field(repr=False, compare=False)

    def matches(self, value: Value, scope: Mapping[str, Value], environment: Environment = _DEFAULT) -> bool:
        """Whether the value passes; a test that gives null (null against a number, for example) does not.

        Raises as Expression.evaluate does.
        """
        return self.passes(subject(value, Frame(scope, None, Run(environment))))

    def passes(self, frame: Frame) -> bool:
        """The same for the value that `subject` made a frame of: a table asks many cells about one value."""
        try:
            return self._closure(frame) is True
        except (RecursionError, Excess) as error:
            raise _exceeded(error, self.text) from None


def subject(value: Value, around: Frame) -> Frame:
    """The frame in which unary tests find the value they are about, with the names of `around`."""
    return Frame({"?": value}, around, around.run)


def compile_expression(
    text: str, names: frozenset[str] = frozenset(), *, strict: bool = True, types: Mapping[str, TypeName] = NO_TYPES
) -> Expression:
    """Compile FEEL text; the same text, names and types are compiled once for the same functions.

    `names` are the names that the scope will have and that the text alone does not show: names with spaces or other
    signs, and functions. With `strict=False` what has no value is null instead of an error, as DMN prescribes for
    decisions; exceeding the budget is an error all the same. `types` are those that the text may name besides FEEL's own
    (`loan instance of tLoan`), with what they stand for. Raises FeelSyntaxError.
    """
    return _compile_expression(text, frozenset(names), strict, _nameable(text, types), functions())


def compile_unary_tests(
    text: str, names: frozenset[str] = frozenset(), *, strict: bool = True, types: Mapping[str, TypeName] = NO_TYPES
) -> UnaryTests:
    """Compile an input entry of a decision table (`< 5`, `"a", "b"`, `not(…)`, `-`, `? * 2 > x`).

    Arguments and errors as for compile_expression.
    """
    return _compile_unary_tests(text, frozenset(names), strict, _nameable(text, types), functions())


def _nameable(text: str, types: Mapping[str, TypeName]) -> _Types:
    """The types that the text may name: none where it names no type at all, so that it is compiled once for all models."""
    return frozenset(types.items()) if "instance" in text or "function" in text else frozenset()


@lru_cache(maxsize=8192)
def _compile_expression(text: str, names: frozenset[str], strict: bool, types: _Types, known: Functions) -> Expression:
    build = Build(text, names, strict, _RULES, known)
    node = parse_expression(text, names | known.spaced, dict(types))
    closure = _compile(build, node)
    members = tuple(name for name, _ in node.entries) if isinstance(node, ContextLiteral) else ()
    return Expression(text, frozenset(build.paths), frozenset(build.filter_paths), members, closure, node, size(node))


def clear_cache() -> None:
    """Forget what was compiled, to measure what compiling costs."""
    _compile_expression.cache_clear()
    _compile_unary_tests.cache_clear()


def compile_tree(node: Node, text: str, *, strict: bool = True) -> Expression:
    """Compile a tree that was not read from one text, such as the boxes of a decision. `text` names it in messages."""
    build = Build(text, frozenset(), strict, _RULES, functions())
    closure = _compile(build, node)
    return Expression(text, frozenset(build.paths), frozenset(build.filter_paths), (), closure, node, size(node))


@lru_cache(maxsize=8192)
def _compile_unary_tests(text: str, names: frozenset[str], strict: bool, types: _Types, known: Functions) -> UnaryTests:
    build = Build(text, names, strict, _RULES, known)
    node = parse_unary_tests(text, names | known.spaced, dict(types))
    closure = _compile(build, node)
    return UnaryTests(text, frozenset(build.paths), frozenset(build.filter_paths), closure, node)


def _compile(build: Build, node: Node) -> Closure:
    try:
        return build.closure(node, Site())
    except RecursionError:
        raise FeelSyntaxError(*TOO_DEEP, 0, build.text) from None


def _checked(closure: Closure, scope: Mapping[str, Value], run: Run, text: str) -> Value:
    value = _guarded(closure, Frame(scope, None, run), text)
    if type(value) is list or type(value) is dict:
        try:
            check_size(value, run)
        except Excess as excess:
            words = sentence("{said}. {advice}", said=excess.said, advice=excess.advice)
            raise BudgetExceeded(sentence("The result is too large"), words, 0, text) from None
    return value


def _guarded(closure: Closure, frame: Frame, text: str) -> Value:
    try:
        return closure(frame)
    except (RecursionError, Excess) as error:
        raise _exceeded(error, text) from None


def _exceeded(error: RecursionError | Excess, text: str) -> BudgetExceeded:
    if isinstance(error, Excess):
        return BudgetExceeded(error.said, error.advice, 0, text)
    nested = sentence("The evaluation is nested too deeply")
    return BudgetExceeded(nested, sentence("Use fewer nested functions."), 0, text)

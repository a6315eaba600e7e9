"""What the parts of the compiler share: the text for messages, the names known, the references found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn, TypeAlias

from ..sentences import Sentence
from . import limits
from .errors import TOO_DEEP, BudgetExceeded, EvaluationError, Excess, Fault, FeelSyntaxError
from .extensions import Functions
from .machine import Closure, Frame, Run
from .nodes import Node
from .values import Value


@dataclass(frozen=True, slots=True)
class Site:
    """Where a node stands: the names bound around it, and whether a filter's item may provide names as well."""

    bound: frozenset[str] = frozenset()
    in_filter: bool = False
    depth: int = 0

    def binding(self, *names: str) -> Site:
        """The same place inside something that binds these names."""
        return replace(self, bound=self.bound | frozenset(names))


Rule: TypeAlias = "Callable[[Build, Node, Site], Closure]"


@dataclass(slots=True)
class Build:
    """One compilation. `paths` and `filter_paths` collect the references met; `rules` compile each kind of node,
    `functions` are those that may be called by name.
    """

    text: str
    names: frozenset[str]
    strict: bool
    rules: Mapping[type, Rule]
    functions: Functions
    paths: set[tuple[str, ...]] = field(default_factory=set)
    filter_paths: set[tuple[str, ...]] = field(default_factory=set)

    def closure(self, node: Node, site: Site) -> Closure:
        """Compile a node. Raises FeelSyntaxError for what can be seen to be wrong without data."""
        if site.depth > limits.TREE_DEPTH:
            raise FeelSyntaxError(*TOO_DEEP, node.position, self.text)
        deeper = Site(site.bound, site.in_filter, site.depth + 1)
        compiled = self.rules[type(node)](self, node, deeper)
        return compiled if self.strict else _forgiving(compiled)

    def refuse(self, said: Sentence, advice: Sentence, position: int) -> NoReturn:
        """Refuse the text at a position for what can be seen to be wrong without data."""
        raise FeelSyntaxError(said, advice, position, self.text)

    def located(self, fault: Fault, position: int, *operands: Value) -> EvaluationError:
        """The fault of a function or operator as an error at a place in the text; `operands` are what it worked on."""
        kind = BudgetExceeded if isinstance(fault, Excess) else EvaluationError
        return kind(fault.said, fault.advice, position, self.text, fault.values or operands)

    def error(self, said: Sentence, advice: Sentence, position: int, *values: Value) -> EvaluationError:
        """An error at a place in the text, about these values; `said` is without a full stop."""
        return EvaluationError(said, advice, position, self.text, values)

    def null(self, error: EvaluationError, run: Run) -> None:
        """Say that something has no value: an error, or without strictness null, and the run keeps why."""
        if self.strict:
            raise error
        run.diagnose(error)


def _forgiving(compiled: Closure) -> Closure:
    """FEEL's own way: what has no value is null, and the run keeps why."""

    def evaluate(frame: Frame) -> Value:
        try:
            return compiled(frame)
        except BudgetExceeded:
            raise
        except EvaluationError as error:
            frame.run.diagnose(error)
            return None

    return evaluate

"""What examining one text keeps: the names that a node sees, and the problems found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias, cast

from ..sentences import Sentence, Words, one_of, sentence
from . import limits
from .errors import Excess, Fault, nearest_name
from .machine import Environment, Run
from .nodes import Literal, Node
from .problems import Problem, advice
from .types import UNKNOWN, Type, sample
from .values import Value, type_of

_ENVIRONMENT = Environment(budget=1_000)
_CONVERTED: Final = {
    **{kind: kind for kind in ("number", "string", "date", "time", "date and time")},
    "days and time duration": "duration",
    "years and months duration": "duration",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that a node sees, with their types. An open one has others, too: those of an item that is not known."""

    names: Mapping[str, Type]
    is_open: bool = False
    in_filter: bool = False

    def having(self, names: Mapping[str, Type]) -> Scope:
        """The same place inside something that binds these names."""
        return replace(self, names={**self.names, **names})


Rule: TypeAlias = "Callable[[Examination, Any, Scope], Type]"


@dataclass(slots=True)
class Examination:
    """One text being examined, and the problems found. `where` says where it stands, if there are several."""

    text: str
    rules: Mapping[type, Rule]
    found: dict[Problem, None] = field(default_factory=dict)
    where: Words = ""
    searches_left: int = limits.NEAREST_NAMES

    def inside(self, text: str, where: Words = "") -> Examination:
        """The same examination at a part with a text of its own."""
        return Examination(text, self.rules, self.found, where or self.where)

    def type_of(self, node: Node, scope: Scope) -> Type:
        """What the node's value is; the problems in it are noted."""
        return self.rules[type(node)](self, node, scope)

    def tell(self, kind: str, position: int, said: Sentence, advice: Sentence) -> None:
        """Note a problem, once; the first ones count."""
        if len(self.found) < limits.PROBLEMS:
            self.found[Problem(kind, position, said, advice, self.text, self.where)] = None

    def near(self, name: str, known: Iterable[str]) -> Sentence | None:
        """`Did you mean 'x'?` for the nearest known name, or None; only for the first names, as comparing takes time."""
        self.searches_left -= 1
        near = nearest_name(name, known) if self.searches_left >= 0 else ""
        return sentence("Did you mean '{near}'?", near=near) if near else None

    def attempt(self, position: int, action: Callable[..., Value], *types: Type, exact: Iterable[Node] = ()) -> Type:
        """The type of what an operator gives for these types; its refusal is noted.

        `exact` are the operands themselves: when all are literals, their own values are tried.
        """
        values = [sample(type_) for type_ in types]
        if not all(is_known for _, is_known in values):
            return UNKNOWN
        operands = [value for value, _ in values]
        literals = list(exact)
        if len(literals) == len(types) and all(isinstance(one, Literal) for one in literals):
            operands = [cast("Literal", one).value for one in literals]
        try:
            result = action(*operands, Run(_ENVIRONMENT))
        except Excess:
            return UNKNOWN
        except Fault as fault:
            self.tell("type", position, *advice(fault, types, list(exact)))
            return UNKNOWN
        return UNKNOWN if result is None else Type(type_of(result))

    def demand(self, type_: Type, kinds: tuple[str, ...], who: Words, position: int, remedy: Sentence | None = None) -> None:
        """Note when something that must be of one of these kinds is known to be of another."""
        if type_.is_known and type_.kind not in kinds:
            said = sentence("{who} needs {kinds}, not {kind}", who=who, kinds=one_of(kinds), kind=type_.kind)
            self.tell("type", position, said, remedy or _remedy(kinds))


def _remedy(kinds: tuple[str, ...]) -> Sentence:
    if kinds == ("boolean",):
        return sentence("Compare it with something.")
    convertible = next((kind for kind in kinds if kind in _CONVERTED), "")
    if convertible:
        return sentence("Convert it with {function}(…).", function=_CONVERTED[convertible])
    return sentence("Write a {kind}.", kind=kinds[0])

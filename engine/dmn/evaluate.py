"""Taking a decision: what it requires first, then its own logic, and an account of it all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from .. import feel
from ..sentences import Sentence, Words, in_both, sentence
from .boxes import fitted
from .errors import DecisionError, InputNotAllowed
from .explanation import DecisionResult, DecisionValue, Explanation, TableExplanation
from .model import Decision, Element, InputData, Knowledge, Library, Requirement, Service
from .table_run import Refusal
from .types import ANY, ItemType


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """The elements of one file, by id. `library` is what other files may import; `strict` as in `read_models`."""

    name: str
    elements: Mapping[str, Element]
    library: Library
    strict: bool = True

    @property
    def decisions(self) -> Mapping[str, Decision]:
        """The decisions, by id."""
        return {id_: one for id_, one in self.elements.items() if isinstance(one, Decision)}

    def named(self, name: str) -> Element | None:
        """The element with that id, or else with that name or label."""
        if name in self.elements:
            return self.elements[name]
        return next((one for one in self.elements.values() if name in {one.name, getattr(one, "label", "")}), None)

    def evaluate(self, decision_id: str, scope: Mapping[str, feel.Value], environment: feel.Environment) -> DecisionResult:
        """Take a decision on the input data in `scope`, by name; it may be lazy. Input data that it lacks is null.

        Raises:
            KeyError: the model has no such decision.
            DecisionError: the decision has no value on this data (only of a model that was read strictly, or when the
                budget is exceeded).
        """
        decision = self.elements[decision_id]
        if not isinstance(decision, Decision):
            raise KeyError(decision_id)
        run = feel.Run(environment)
        with _telling(decision):
            return _result(_Taking(scope, run, self.strict).value(decision, ()), run)

    def call(self, id_: str, arguments: Mapping[str, feel.Value], environment: feel.Environment) -> DecisionResult:
        """Call a decision service or business knowledge model with its parameters by name; one that is left out is null.

        Raises:
            KeyError: the model has no such function.
            DecisionError: as `evaluate`.
        """
        element = self.elements[id_]
        if not isinstance(element, Service | Knowledge):
            raise KeyError(id_)
        run = feel.Run(environment)
        with _telling(element):
            function = _Taking({}, run, self.strict).value(element, ())
            assert isinstance(function, feel.Function)
            return _result(function.invoke(run, [arguments.get(name) for name in element.parameters]), run)


_DECISION: Final = sentence("Decision")
_KINDS: Final[Mapping[type, Sentence]] = {Knowledge: sentence("Knowledge model"), Service: sentence("Decision service")}


@contextmanager
def _telling(element: Element) -> Iterator[None]:
    """Failures told as the decision's own."""
    try:
        yield
    except RecursionError:
        raise _failed(element, sentence("it is nested too deeply. Use fewer functions and requirements.")) from None
    except feel.FeelError as error:
        kind, rules = (error.error, error.rules) if isinstance(error, Refusal) else (DecisionError, ())
        raise _failed(element, error.told, kind, rules) from error
    except feel.Excess as excess:
        raise _failed(element, excess.words) from feel.BudgetExceeded(str(excess))


def _is_undrawn(element: Element) -> bool:
    """Whether a decision reads it though nobody drew it."""
    return isinstance(element, InputData) and not element.id


def _failed(
    element: Element, why: Words, kind: type[DecisionError] = DecisionError, rules: tuple[int, ...] = ()
) -> DecisionError:
    label = element.label if isinstance(element, Decision) else element.name
    named = sentence("{kind} {label}", kind=_KINDS.get(type(element), _DECISION), label=repr(label))
    told = {lang: named.part(lang) + _after(label, sentence("{message}", message=why).part(lang)) for lang in ("sv", "en")}
    return kind(in_both(sv=told["sv"], en=told["en"]), decision=element.id, rules=rules)


def _after(label: str, why: str) -> str:
    """What follows the name of what failed: the reason, without that name where it begins with it."""
    return why.removeprefix(label) if why.startswith((f"{label}:", f"{label},", f"{label} ")) else f": {why}"


def _result(value: feel.Value, run: feel.Run) -> DecisionResult:
    feel.check_size(value, run)
    tables = tuple(one for one in run.trace if isinstance(one, TableExplanation))
    taken = tuple(one for one in run.trace if isinstance(one, DecisionValue))
    return DecisionResult(value, Explanation(tables, taken), tuple(run.diagnoses))


class _Taking:
    """One evaluation: each element's value is found once. `given` stands in for elements that a service is given."""

    def __init__(
        self,
        scope: Mapping[str, feel.Value],
        run: feel.Run,
        strict: bool,
        given: Mapping[Element, feel.Value] | None = None,
    ) -> None:
        self._scope = scope
        self._run = run
        self._strict = strict
        self._values: dict[tuple[Element, tuple[str, ...]], feel.Value] = {}
        self._given = given or {}

    def value(self, element: Element, prefix: tuple[str, ...]) -> feel.Value:
        """The element's value. `prefix` are the names of the imports that lead to it."""
        if element in self._given:
            return self._given[element]
        key = (element, prefix)
        if key not in self._values:
            self._values[key] = self._find(element, prefix)
        return self._values[key]

    def _find(self, element: Element, prefix: tuple[str, ...]) -> feel.Value:
        match element:
            case InputData():
                value = self._input(element.name, prefix)
                return self._fitted(
                    element.type, value, sentence("input data {name}", name=repr(element.name)), error=InputNotAllowed
                )
            case Decision():
                return self._decision(element, prefix)
            case Knowledge():
                return self._function(element, prefix)
            case Service():
                return self._service(element, prefix)

    def _input(self, name: str, prefix: tuple[str, ...]) -> feel.Value:
        """The input data, looked for under the imports' names first, then plainly."""
        inner = self._imported(prefix)
        if name in inner:
            found: feel.Value = inner[name]
            return found
        return self._scope.get(name)

    def _imported(self, prefix: tuple[str, ...]) -> Mapping[str, Any]:
        """What is given under the imports' names; nothing when there are none."""
        value: Any = self._scope if prefix else {}
        for step in prefix:
            value = value[step] if isinstance(value, Mapping) and step in value else {}
        return value if isinstance(value, Mapping) else {}

    def _is_given(self, name: str, prefix: tuple[str, ...]) -> bool:
        return name in self._imported(prefix) or name in self._scope

    def _decision(self, decision: Decision, prefix: tuple[str, ...]) -> feel.Value:
        value = decision.logic.evaluate_in(self._frame(decision.requires, prefix))
        value = self._fitted(decision.type, value, sentence("the result of {name}", name=repr(decision.label)))
        feel.check_size(value, self._run)
        self._run.trace.append(DecisionValue(decision.id, decision.label, value))
        return value

    def _frame(self, requires: Sequence[Requirement], prefix: tuple[str, ...]) -> feel.Frame:
        names: dict[str, Any] = {}
        for one in requires:
            if _is_undrawn(one.element) and not self._is_given(one.names[0], prefix):
                continue  # reading it is an error, which names it
            if len(one.names) == 1:
                names[one.names[0]] = self.value(one.element, prefix)
            else:
                value = self.value(one.element, (*prefix, one.names[0]))
                names.setdefault(one.names[0], {})[one.names[1]] = value
        return feel.Frame(names, None, self._run)

    def _function(self, knowledge: Knowledge, prefix: tuple[str, ...]) -> feel.Value:
        """A function that sees what it requires and itself."""
        frame = self._frame(knowledge.requires, prefix)
        function = knowledge.logic.evaluate_in(frame)
        assert isinstance(function, feel.Function)
        assert isinstance(frame.names, dict)
        frame.names[knowledge.name] = function
        return function

    def _service(self, service: Service, prefix: tuple[str, ...]) -> feel.Value:
        types = tuple(one.type.structure() for one in service.inputs)
        result = None if service.type.given == ANY else service.type.given.structure()
        return feel.Function(
            service.parameters, lambda run, arguments: self._serve(service, prefix, arguments), types=types, result=result
        )

    def _serve(self, service: Service, prefix: tuple[str, ...], arguments: Sequence[feel.Value]) -> feel.Value:
        given: dict[Element, feel.Value] = {
            one: self._fitted(
                one.type, value, sentence("{where}, parameter {name}", where=repr(service.name), name=repr(one.name))
            )
            for one, value in zip(service.inputs, arguments, strict=True)
        }
        inside = _Taking({}, self._run, self._strict, given)
        values = {one.name: inside.value(one, prefix) for one in service.outputs}
        value = next(iter(values.values())) if len(values) == 1 else values
        return self._fitted(service.type.given, value, sentence("the result of {name}", name=repr(service.name)))

    def _fitted(
        self, type_: ItemType, value: feel.Value, where: Words, *, error: type[DecisionError] = DecisionError
    ) -> feel.Value:
        """The value made to fit the type; else it is refused, or null where the model was read leniently."""
        frame = feel.Frame({}, None, self._run)
        try:
            return fitted(type_, value, where, frame, error=error)
        except Refusal as refusal:
            if self._strict:
                raise
            self._run.diagnose(refusal)
            return None

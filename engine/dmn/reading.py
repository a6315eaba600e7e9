"""What the readers of one DMN file share: its findings, types, and the names members of contexts have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .. import feel
from ..finding import Finding, Severity
from ..sentences import Sentence, Words, sentence
from ..xml import Element, line, local, namespace, text_of
from .mentioned import mentioned
from .types import ANY, ItemType, built_in, nearest_type

_FORGIVEN: Final = frozenset({"dmn-expression", "dmn-logic", "dmn-type", "dmn-values"})
_LOST: Final = frozenset(
    """dmn-aggregation dmn-hit-policy dmn-import dmn-output dmn-refused dmn-rule dmn-type""".split()  # noqa: SIM905
)
"""By these the reader has left something out. They stay errors in stored files, of which all else is a warning."""
_KINDS: Final[Mapping[str, Sentence]] = {
    "binding": sentence("argument"),
    "businessKnowledgeModel": sentence("knowledge model"),
    "context": sentence("context"),
    "contextEntry": sentence("entry"),
    "decision": sentence("decision"),
    "decisionService": sentence("decision service"),
    "decisionTable": sentence("decision table"),
    "definitions": sentence("model"),
    "filter": sentence("filter"),
    "formalParameter": sentence("parameter"),
    "functionDefinition": sentence("function"),
    "input": sentence("input column"),
    "inputData": sentence("input data"),
    "inputEntry": sentence("cell"),
    "inputExpression": sentence("input column"),
    "invocation": sentence("call"),
    "itemDefinition": sentence("type"),
    "list": sentence("list"),
    "literalExpression": sentence("expression"),
    "output": sentence("output column"),
    "outputEntry": sentence("cell"),
    "relation": sentence("relation"),
    "row": sentence("row"),
    "rule": sentence("rule"),
}
"""What people call elements; others are told by their tag."""


class NotWritten(feel.EvaluationError):
    """What stands there cannot be read: it is no FEEL, or the box is empty. Null in a file that is read leniently."""


@dataclass(slots=True)
class Reading:
    """One file being read.

    `types` are its item definitions and those of imported models, `structures` what they are made of; `members` the names
    that contexts' members have, which FEEL must know if they have spaces. Without `strict` what is not FEEL, an empty box or
    an unknown type is a warning: it is null, and any type. `stored` as in `read_models`.
    """

    file: str
    namespace: str
    strict: bool = True
    stored: bool = False
    findings: list[Finding] = field(default_factory=list)
    types: Mapping[str, ItemType] = field(default_factory=dict)
    members: frozenset[str] = frozenset()
    structures: Mapping[str, feel.TypeName] = field(default_factory=dict)

    def declare(self, types: Mapping[str, ItemType]) -> None:
        """Make these the types of the file, for `typeRef` and, by what they are made of, for expressions."""
        self.types = types
        self.structures = {name: type_.structure() for name, type_ in types.items()}

    def add(self, rule: str, el: Element, what: Sentence, remedy: Sentence, severity: Severity = Severity.ERROR) -> None:
        """Note that something is wrong with an element; one without an id is found by that of the element around it."""
        label = el.get("name") or el.get("label") or ""
        kind = _KINDS.get(local(el), local(el))
        who = sentence("{kind} {label}", kind=kind, label=repr(label)) if label else kind
        if (rule in _FORGIVEN and not self.strict) or (self.stored and rule not in _LOST):
            severity = Severity.WARNING
        around = next((one for one in (el, *el.iterancestors()) if one.get("id")), el)
        place = {"file": self.file, "element": around.get("id", ""), "name": label}
        self.findings.append(
            Finding(
                rule,
                sentence("{who}: {what}.", who=who, what=what),
                remedy,
                severity,
                line=line(el),
                **place,
            )
        )

    @property
    def errors(self) -> int:
        """How many errors were found so far."""
        return sum(finding.is_error for finding in self.findings)

    def refuse(self, el: Element, what: Sentence, remedy: Sentence) -> None:
        """Note that an element is of a kind that we do not execute."""
        self.add("dmn-refused", el, what, remedy)

    def children(self, el: Element, tag: str) -> list[Element]:
        """The children of that kind in the file's DMN namespace."""
        return [child for child in el if local(child) == tag and namespace(child) == self.namespace]

    def child(self, el: Element, tag: str) -> Element | None:
        """The first of them, or None."""
        return next(iter(self.children(el, tag)), None)

    def name_of(self, el: Element) -> str:
        """The element's name, with single spaces."""
        return " ".join(el.get("name", "").split())

    def text(self, el: Element) -> str:
        """The text in an expression element's `text` child; empty when it has none. Refuses languages other than FEEL."""
        self.check_language(el)
        return text_of(self.child(el, "text"))

    def check_language(self, el: Element) -> None:
        """Refuse an element that says it is written in another language than FEEL."""
        language = el.get("expressionLanguage", "")
        if language and language.lower().rstrip("/").rpartition("/")[2] != "feel":
            self.refuse(
                el,
                sentence("the expression language {language} is not executed here", language=repr(language)),
                sentence("Write it in FEEL."),
            )

    def expression(self, el: Element, where: Words, names: frozenset[str]) -> feel.Expression | None:
        """The expression in an element, or None and a finding that says `where` it stands."""
        text = self.text(el)
        if not text:
            return self.broken(
                "dmn-expression",
                el,
                sentence("{where} is empty", where=where),
                sentence("Write an expression; null for no value."),
            )
        return self.compiled(el, text, where, names)

    def compiled(self, el: Element, text: str, where: Words, names: frozenset[str]) -> feel.Expression | None:
        """The expression in a text that stands in an element."""
        try:
            return feel.compile_expression(text, names | self.members, strict=self.strict, types=self.structures)
        except feel.FeelError as error:
            return self.broken(
                "dmn-expression",
                el,
                sentence("{where} is not FEEL: {error}", where=where, error=error.told),
                sentence("Mend the expression; draw arrows to what it calls."),
            )

    def broken(self, rule: str, el: Element, what: Sentence, remedy: Sentence) -> feel.Expression | None:
        """Note what is wrong with an expression: it is not there, null where the file is read leniently, and fails when it is
        evaluated where the file is stored.
        """
        self.add(rule, el, what, remedy)
        if self.strict and not self.stored:
            return None
        return feel.compile_tree(feel.nodes.Compiled(_failing(what), frozenset()), "", strict=self.strict)

    def unary_tests(self, el: Element, where: Words, names: frozenset[str] = frozenset()) -> feel.UnaryTests | None:
        """The tests in an element; None when any value will do, or with a finding when they are not FEEL.

        Where the file is read leniently, tests that are not FEEL let nothing pass.
        """
        text = self.text(el)
        if text in {"", "-"}:
            return None
        try:
            return feel.compile_unary_tests(text, names | self.members, strict=self.strict, types=self.structures)
        except feel.FeelError as error:
            nothing = self.broken(
                "dmn-expression",
                el,
                sentence("{where} is not FEEL: {error}", where=where, error=error.told),
                sentence("Mend the test."),
            )
            if nothing is None:
                return None
            tree = feel.nodes.Tests((nothing.as_node(),), False, 0)
            return feel.UnaryTests(text, frozenset(), frozenset(), nothing.evaluate_in, tree)

    def allowed(
        self, el: Element, where: Words, declared: ItemType, names: frozenset[str] = frozenset()
    ) -> feel.UnaryTests | None:
        """Tests that say which values of a type are allowed; a finding when no value of it can be tested by them."""
        tests = self.unary_tests(el, where, names)
        unknown = sorted({path[0] for path in tests.paths} - names) if tests is not None else []
        if tests is None or unknown:
            if unknown:
                what = sentence("{where}: there is no name {name} here", where=where, name=repr(unknown[0]))
                remedy = sentence('Put text in quotation marks: "{name}".', name=unknown[0])
                self.add("dmn-values", el, what, remedy)
            return tests
        kind = (declared.item or declared).kind
        try:
            others = [feel.type_of(value) for value in mentioned(tests) or () if feel.type_of(value) != kind]
        except feel.FeelError as error:
            what = sentence("{where} cannot be tested: {error}", where=where, error=error.told)
            self.add("dmn-values", el, what, sentence("Correct the allowed values."))
            return tests
        if others and kind not in {"", "context", "list", "function", "null"}:
            what = sentence("{where} name {other}, but {kind} is declared", where=where, other=others[0], kind=kind)
            self.add("dmn-values", el, what, sentence("Correct the allowed values, or the type."))
        return tests

    def type_of(self, el: Element | None, at: Element) -> ItemType:
        """The type that an element's `typeRef` names; a finding at `at` when there is none of that name."""
        reference = "" if el is None else " ".join(el.get("typeRef", "").split())
        if not reference:
            return ANY
        found = self.types.get(reference) or built_in(reference)
        if found is None:
            near = nearest_type(reference, self.types)
            self.add(
                "dmn-type",
                at,
                sentence("has the unknown type {reference}", reference=repr(reference)),
                nearer(sentence("Use a FEEL type, or define it."), near),
            )
        return found or ANY


def nearer(advice: Sentence, near: str) -> Sentence:
    """The advice, with the known name that is nearest to what somebody wrote, if one is."""
    return sentence("{advice} Did you mean '{near}'?", advice=advice, near=near) if near else advice


def _failing(what: Sentence) -> feel.Closure:
    def evaluate(frame: feel.Frame) -> feel.Value:
        raise NotWritten(f"{what}.")

    return evaluate

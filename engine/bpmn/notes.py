"""Where the reader and the checks write down what they find."""

from __future__ import annotations

from typing import NamedTuple

from .. import feel
from ..finding import Finding, Severity
from ..sentences import Sentence, sentence
from ..xml import BPMN, BPMNDI, STEGVIS, XSI, Element, line, local, namespace
from .foreign import is_connector, tool_of

LATER = sentence("Draw this step with the elements that are supported (docs/reference/bpmn.md lists them).")
MAX_EXPRESSION = 10_000
UNREAD = "case.id"
"""Stands for an expression that could not be read: something of which nothing is known, so that no more is told of it."""


class Flaw(NamedTuple):
    """A rule that is broken, how, and what to do."""

    rule: str
    message: Sentence
    remedy: Sentence


def is_bpmn(element: Element) -> bool:
    return namespace(element) == BPMN


def must_be_feel(what: Sentence) -> Flaw:
    """Why a text is refused that does not begin as FEEL does."""
    remedy = sentence("Write FEEL after an equals sign, such as `= age >= 16`.")
    return Flaw("not-feel", sentence("{what} does not begin with `=`.", what=what), remedy)


def flaw_of(text: str, what: Sentence) -> Flaw | None:
    """Why a text without `=` is no FEEL; None for FEEL."""
    try:
        if len(text) > MAX_EXPRESSION:
            said = sentence("The text is longer than {most} characters", most=MAX_EXPRESSION)
            raise feel.FeelSyntaxError(said, sentence("Split it."), 0, text[:40])
        feel.compile_expression(text)
    except feel.FeelSyntaxError as error:
        message = sentence("{what} is not FEEL: {error}", what=what, error=error.told)
        return Flaw("bad-expression", message, sentence("Mend the expression."))
    return None


class Notes:
    """The findings about one diagram, in the order they were made."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def say(
        self,
        rule: str,
        message: Sentence,
        remedy: Sentence,
        element: str = "",
        *,
        line: int | None = None,
        name: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.findings.append(Finding(rule, message, remedy, severity, self.file, element, name, line))

    def add(
        self, rule: str, element: Element, message: Sentence, remedy: Sentence, severity: Severity = Severity.ERROR
    ) -> None:
        """A finding about an XML element; its id, name and line are taken from it or from the element around it."""
        owner = element
        while not owner.get("id") and owner.getparent() is not None:
            owner = owner.getparent()  # type: ignore[assignment]  # None was ruled out in the condition
        name = " ".join(owner.get("name", "").split())
        self.say(rule, message, remedy, owner.get("id", ""), line=line(element), name=name, severity=severity)

    def refuse(self, element: Element, reason: Sentence) -> None:
        """Something that BPMN has and we do not execute: refused, so that nothing is silently wrong."""
        self.add("not-supported", element, sentence("{reason}.", reason=reason), LATER)

    def warn_foreign(self, element: Element) -> None:
        """An element of another tool without effect; what acts there, and what is ours and out of place, is told elsewhere."""
        if namespace(element) in (BPMNDI, STEGVIS, XSI) or not isinstance(element.tag, str):
            return
        tool = tool_of(namespace(element))
        if tool is not None and (tool.acts(local(element)) or is_connector(element)):
            return  # told as an error, wherever it stands
        self.add(
            "foreign-element",
            element,
            sentence(
                "`{tag}` of {value} means nothing here and has no effect.",
                tag=local(element),
                value=namespace(element) or sentence("no namespace"),
            ),
            sentence("Remove it, or say the same with the attributes of this engine."),
            Severity.WARNING,
        )

    def feel(self, element: Element, text: str, *, what: Sentence, owner: Element | None = None) -> str:
        """The FEEL text after a leading `=`, checked to parse; an error is noted otherwise."""
        text = text.strip()
        if not text.startswith("="):
            rule, message, remedy = must_be_feel(what)
            self.add(rule, element if owner is None else owner, message, remedy)
            return UNREAD
        return self.parsed(element, text[1:].strip(), what=what)

    def feel_or_text(self, element: Element, text: str, *, what: Sentence) -> str:
        """The text as written; what follows a leading `=` is checked to be FEEL."""
        text = text.strip()
        if text.startswith("="):
            self.parsed(element, text[1:].strip(), what=what)
        return text

    def parsed(self, element: Element, text: str, *, what: Sentence) -> str:
        """FEEL text without `=`, checked to parse."""
        flaw = flaw_of(text, what)
        if flaw is not None:
            rule, message, remedy = flaw
            self.add(rule, element, message, remedy)
        return text

    def truth(self, element: Element, attribute: str, *, default: bool = False) -> bool:
        """An attribute that is true or false; XML Schema lets both be written as 1 and 0 too."""
        text = element.get(attribute, "").strip()
        if text not in ("", "true", "1", "false", "0"):
            name = attribute.rpartition("}")[2]
            self.add(
                "bad-truth",
                element,
                sentence("`{name}` is `{text}`, neither true nor false.", name=name, text=text),
                sentence("Write true or false."),
            )
        return default if text == "" else text in ("true", "1")

    def check_attributes(self, element: Element, known: set[str]) -> None:
        """Misspelt attributes of ours are errors, attributes of others warnings: nothing is ignored in silence."""
        for name in element.attrib:
            text = str(name)
            if not text.startswith("{"):
                continue
            space, _, attribute = text[1:].partition("}")
            if space == STEGVIS and attribute not in known:
                allowed = ", ".join(f"stegvis:{item}" for item in sorted(known)) or "–"
                self.add(
                    "unknown-attribute",
                    element,
                    sentence("`stegvis:{attribute}` means nothing on a `{tag}`.", attribute=attribute, tag=local(element)),
                    sentence("Those that do: {allowed}.", allowed=allowed),
                )
            elif space not in (STEGVIS, XSI) and not ((tool := tool_of(space)) and tool.acts(attribute)):
                self.add(
                    "foreign-attribute",
                    element,
                    sentence(
                        "`{attribute}` of {space} means nothing here and has no effect.", attribute=attribute, space=space
                    ),
                    sentence("Remove it, or say the same with an attribute of this engine."),
                    Severity.WARNING,
                )

"""Which language an expression of the other tool is in, and its FEEL."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from .. import feel
from ..xml import Element
from . import juel, python
from .report import Report
from .tree import MAX_TEXT, Tree, Writer
from .untranslatable import Untranslatable


class Dialect(StrEnum):
    """Whose diagram it is, as far as the language of its expressions goes."""

    CAMUNDA_7 = "Camunda 7"
    CAMUNDA_8 = "Camunda 8"
    SPIFF = "SpiffArena"
    OTHER = "another tool"


def to_feel(text: str, dialect: Dialect, names: Mapping[str, str], *, is_condition: bool, language: str = "") -> str:
    """FEEL without `=` that means exactly what `text` does.

    Raises:
        Untranslatable: there is none, or nobody can tell what language the text is in.
    """
    text = text.strip()
    if not text:
        raise Untranslatable("empty")
    if text.startswith("="):
        return _readable(text[1:].strip())
    if "feel" in language.lower():
        return _readable(text)
    if language and not juel.is_juel(text) and "python" not in language.lower():
        raise Untranslatable("language", language)
    if juel.is_juel(text) and dialect is not Dialect.SPIFF:
        return _written(juel.WRITER, juel.read_juel(text, names), is_condition=is_condition)
    if dialect is Dialect.SPIFF or "python" in language.lower():
        return _written(python.WRITER, python.read_python(text, names), is_condition=is_condition)
    raise Untranslatable("unknown")


def _written(writer: Writer, tree: Tree, *, is_condition: bool) -> str:
    return writer.condition(tree) if is_condition else writer.value(tree)


def _readable(text: str) -> str:
    """FEEL that was FEEL already, when ours reads it."""
    try:
        if len(text) > 2 * MAX_TEXT:
            raise Untranslatable("too-large")
        feel.compile_expression(text)
    except feel.FeelSyntaxError as error:
        raise Untranslatable("syntax", error.told) from error
    return text


class Translator:
    """Translates the expressions of one process and tells of each."""

    def __init__(self, dialect: Dialect, report: Report, names: Mapping[str, str]) -> None:
        self.dialect = dialect
        self.report = report
        self.names = names

    def condition(self, element: Element, text: str, *, language: str = "") -> str:
        """`= …` for a condition; empty when it was refused, and told."""
        return self._expression(element, text, is_condition=True, language=language)

    def value(self, element: Element, text: str, *, language: str = "") -> str:
        """`= …` for an expression that gives a value; empty when it was refused, and told."""
        return self._expression(element, text, is_condition=False, language=language)

    def value_or_text(self, element: Element, text: str) -> str:
        """Where text is text and only what is marked is an expression; empty when that was refused, and told."""
        is_expression = text.strip().startswith("=") or juel.is_juel(text)
        return self.value(element, text) if is_expression else text.strip()

    def _expression(self, element: Element, text: str, *, is_condition: bool, language: str) -> str:
        text = text.strip()
        try:
            written = to_feel(text, self.dialect, self.names, is_condition=is_condition, language=language)
        except Untranslatable as error:
            self.report.untranslated(element, text, error)
            return ""
        found = f"= {written}"
        if text.removeprefix("=").strip() != written:
            self.report.translated(element, text, found)
        return found

"""What a check found: in a file a designer wrote (`Finding`), or in a form somebody filled in (`FieldProblem`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from .sentences import Sentence


class Severity(StrEnum):
    """How bad a finding is: an error stops deployment, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong in a designer's file.

    `rule` is a stable slug. `said` says what, `advice` what to do about it; `message` and `remedy` are the same in English.
    `file` is relative to the package; `element` is the id in the diagram, decision or schema, `name` its label; `line` counts
    from 1.
    """

    rule: str
    said: Sentence
    advice: Sentence
    severity: Severity = Severity.ERROR
    file: str = ""
    element: str = ""
    name: str = ""
    line: int | None = None

    def in_file(self, file: str) -> Finding:
        """The same finding, said to lie in `file`."""
        return replace(self, file=file)

    @property
    def message(self) -> str:
        return self.said.text("en")

    @property
    def remedy(self) -> str:
        return self.advice.text("en")

    def told(self) -> dict[str, str | int | None]:
        """The finding for machines, with what it says in both languages."""
        said = {"message": self.message, "remedy": self.remedy}
        swedish = {"message_sv": self.said.text("sv"), "remedy_sv": self.advice.text("sv")}
        place = {"file": self.file, "element": self.element, "name": self.name, "line": self.line}
        return {"rule": self.rule, "severity": self.severity.value, **said, **swedish, **place}

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        element = f" {self.element}" if self.element else ""
        label = f" ({self.name})" if self.name else ""
        return f"{place}{element}{label}: {self.severity}: {self.message} {self.remedy} [{self.rule}]".strip()


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing that is wrong in a submission.

    `path` is a JSON Pointer (RFC 6901) to the field; `keyword` is the JSON Schema keyword that failed (or `conflict`);
    `text` holds the sentence for the person in each language (`sv`, `en`). No value that was typed is repeated.
    """

    path: str
    keyword: str
    text_sv: str
    text_en: str

    def text(self, language: str) -> str:
        """The sentence in Swedish for `sv`, else in English."""
        return self.text_sv if language == "sv" else self.text_en

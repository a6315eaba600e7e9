"""A register as a value: what its entries look like, who may use it, which of them anybody sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .. import feel
from ..finding import FieldProblem
from ..form import Texts, Wording, plain, problems
from ..schema import Breach, Field, Schema, field_key, pointer, references, typed_members
from ..source import is_object

LANGUAGES: Final = ("sv", "en")
MAX_KEY_LENGTH: Final = 100


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """One version of a register.

    `title` is by language; `key_field` is the entry's property that tells it from others; `name_fields` are those that
    people call it by, together; `list_fields` and `search_fields` are properties of the entry; `read_groups` and
    `write_groups` are groups of actors. A `published` register is shown to anybody, reduced to the entries for which
    `filter` (FEEL over the entry) is true when there is one. Auditors read one that is `for_auditors`. `entries` are the
    invented entries that come with it, by key.

    `identity_fields` are the only ones that may hold an identity number. Where `protected` (FEEL over the entry) is true,
    `masked_fields` are shown to nobody but `unmasked_groups`.
    """

    key: str
    title: Mapping[str, str]
    key_field: str
    schema: dict[str, object]
    ui: dict[str, object]
    texts: Mapping[str, Texts]
    fields: Mapping[str, Field]
    name_fields: tuple[str, ...]
    list_fields: tuple[str, ...]
    search_fields: tuple[str, ...]
    read_groups: frozenset[str]
    write_groups: frozenset[str]
    published: bool
    for_auditors: bool
    filter: str | None
    identity_fields: frozenset[str]
    protected: str | None
    masked_fields: frozenset[str]
    unmasked_groups: frozenset[str]
    entries: Mapping[str, dict[str, object]]
    checked: Schema = field(repr=False)

    def check(self, entry: object) -> list[FieldProblem]:
        """Everything that is wrong with an entry (plain JSON), its key included; empty when it is right."""
        wording = Wording(self.fields, self.texts["sv"], self.texts["en"])
        found = problems((breach for breach in self.checked.breaches(entry) if not self._is_allowed(breach)), entry, wording)
        path = pointer((self.key_field,))
        if not found and is_object(entry) and not _is_key(entry.get(self.key_field)):
            label_sv, label_en = (self.texts[language].label(self.key_field) for language in LANGUAGES)
            sentence_sv = f"{label_sv}: skriv 1–{MAX_KEY_LENGTH} tecken utan mellanslag i början eller slutet."
            sentence_en = f"{label_en}: write 1–{MAX_KEY_LENGTH} characters without spaces at the ends."
            found.append(FieldProblem(path, "key", sentence_sv, sentence_en))
        return found

    def typed(self, entry: Mapping[str, object]) -> dict[str, feel.Value]:
        """The FEEL values of an entry that `check` accepts."""
        return typed_members(self.schema, entry)

    def plain(self, values: Mapping[str, feel.Value]) -> dict[str, object]:
        """The JSON of FEEL values: the reverse of `typed`."""
        return {key: plain(value) for key, value in values.items()}

    def is_shown(self, entry: Mapping[str, object], environment: feel.Environment) -> bool:
        """Whether a published register shows an entry to anybody. In the filter, a field that the entry lacks is null.

        Raises:
            feel.EvaluationError: the filter has no value for the entry.
        """
        if not self.published or self.filter is None:
            return self.published
        return self._value(self.filter, entry, environment) is True

    def is_protected(self, entry: Mapping[str, object], environment: feel.Environment) -> bool:
        """Whether the entry's masked fields are to be withheld; where the condition has no answer, they are."""
        if self.protected is None:
            return False
        try:
            return self._value(self.protected, entry, environment) is not False
        except feel.EvaluationError:
            return True

    def name_of(self, entry: Mapping[str, object]) -> str:
        """What people call an entry, of which some fields may be withheld: its name, else the first of the list's columns
        that has a text, else its key."""
        name = " ".join(filter(None, (_text(entry.get(one)) for one in self.name_fields)))
        columns = (_text(entry.get(one)) for one in self.list_fields if one != self.key_field)
        return name or next(filter(None, columns), "") or _text(entry.get(self.key_field))

    def _value(self, condition: str, entry: Mapping[str, object], environment: feel.Environment) -> feel.Value:
        scope = {**{key: None for key in self.fields if "." not in key and "[" not in key}, **self.typed(entry)}
        return feel.compile_expression(condition).evaluate(scope, environment)

    def _is_allowed(self, breach: Breach) -> bool:
        return breach.keyword == "identityNumber" and field_key(breach.path) in self.identity_fields

    def register_references(self, entry: Mapping[str, object]) -> list[tuple[str, str, str]]:
        """The entries of registers that an entry names: (JSON Pointer of the field, register's key, entry's key)."""
        return [(pointer(path), register, key) for path, register, key in references(self.schema, dict(entry))]


def _text(value: object) -> str:
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _is_key(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_KEY_LENGTH and value == value.strip() and value.isprintable()

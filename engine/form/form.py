"""A form as a value: what may be answered, how it looks, what it says, and whether a submission is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from .. import feel
from ..finding import FieldProblem
from ..schema import Field, Schema, expanded, plain, pointer, references, typed_members
from ..source import is_list, is_object
from .problems import Wording, problems
from .texts import Texts


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One version of a form.

    `schema` and `ui` are the files' JSON; `texts` has the languages `sv` and `en`; `examples` are valid submissions;
    `fields` are all fields by the names that texts use (`signers[].name`), in order.
    """

    key: str
    schema: dict[str, object]
    ui: dict[str, object]
    texts: Mapping[str, Texts]
    examples: Mapping[str, dict[str, object]]
    fields: Mapping[str, Field]
    checked: Schema = field(repr=False)

    def check(self, submission: object) -> list[FieldProblem]:
        """Everything that is wrong with a submission (plain JSON), in the order of the form; empty when it is right."""
        breaches = self.checked.breaches(submission)
        wording = Wording(self.fields, self.texts["sv"], self.texts["en"])
        return problems(breaches, submission, wording) if breaches else []

    def typed(self, submission: Mapping[str, object]) -> dict[str, feel.Value]:
        """The FEEL values of a submission that `check` accepts."""
        return typed_members(self.schema, submission)

    def plain(self, values: Mapping[str, feel.Value]) -> dict[str, object]:
        """The JSON of FEEL values: the reverse of `typed`."""
        return {key: plain(value) for key, value in values.items()}

    def register_references(self, submission: Mapping[str, object]) -> list[tuple[str, str, str]]:
        """The register entries that a submission names: (JSON Pointer of the field, register's key, entry's key)."""
        if not _may_refer(self):
            return []
        return [(pointer(path), register, key) for path, register, key in references(self.schema, dict(submission))]

    @property
    def list_keys(self) -> Mapping[str, str]:
        """The top-level lists whose items have a key (`x-key`), with the member that it is."""
        return _list_keys(self)

    @property
    def names(self) -> tuple[str, ...]:
        """The top-level fields: the names that a submission may write."""
        return tuple(key for key in self.fields if "." not in key and "[" not in key)


# Asked at every submission, and the same for all of a form's.
@lru_cache(maxsize=1024)
def _may_refer(form: Form) -> bool:
    """Whether a field of the form can name an entry of a register."""
    return _holds(form.schema, "x-register")


@lru_cache(maxsize=1024)
def _list_keys(form: Form) -> Mapping[str, str]:
    fields = cast("Mapping[str, Mapping[str, object]]", expanded(form.schema).get("properties") or {})
    return {name: str(said["x-key"]) for name, said in fields.items() if isinstance(said.get("x-key"), str)}


def _holds(value: object, name: str) -> bool:
    """Whether a member of that name is anywhere in a JSON value."""
    if is_object(value):
        return name in value or any(_holds(item, name) for item in value.values())
    return is_list(value) and any(_holds(item, name) for item in value)

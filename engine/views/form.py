"""Forms in their versions, and what was answered in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..definition import FormVersion
from ..form import Form
from ..ids import UserId
from ..task import UserTask


@dataclass(frozen=True, slots=True)
class FormView:
    """A form and the version it comes from."""

    form: Form
    version: FormVersion


@dataclass(frozen=True, slots=True)
class UsedForm:
    """A form version that the case has used. Its answers lie at `bind` in the data of `call`, empty for the case's own."""

    call: str
    bind: str
    form: Form
    version: FormVersion


@dataclass(frozen=True, slots=True)
class UsedTexts:
    """What a process version that ran in the case calls its data, those of `call`: `texts` by language, as `x-texts`."""

    call: str
    texts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody filled in, as it was then. `task` is None for the start form, which whoever began the case filled in."""

    task: UserTask | None
    form: Form
    values: Mapping[str, object]
    by: UserId
    at: datetime

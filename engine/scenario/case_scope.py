"""What expressions in a scenario see: the case's data by name, and `case`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from .. import feel
from ..canonical import Json
from ..case import seen_in_expressions
from ..clock import Clock
from ..ids import ROOT_SCOPE, CaseId
from ..ports import Store
from ..settings import EngineSettings


class CaseScope:
    """Evaluates FEEL over one case's data as it is now."""

    def __init__(self, store: Store, clock: Clock, settings: EngineSettings) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings

    def evaluate(self, case_id: CaseId, text: str) -> feel.Value:
        """The value of an expression.

        Raises:
            FeelError: it cannot be read or evaluated.
        """
        view = self.names(case_id)
        return feel.compile_expression(text, frozenset(view)).evaluate(view, self._environment())

    def actual(self, case_id: CaseId, text: str) -> dict[str, str]:
        """What the names in an expression stand for now, as FEEL text, by dotted path."""
        view = self.names(case_id)
        found: dict[str, str] = {}
        for path in sorted(feel.compile_expression(text, frozenset(view)).paths):
            value: feel.Value = view.get(path[0])
            for name in path[1:]:
                value = value.get(name) if isinstance(value, dict) else None
            found[".".join(path)] = feel.format_value(value)
        return found

    def resolve(self, case_id: CaseId | None, value: Json) -> Json:
        """Plain JSON in which every text that begins with `=` is replaced by the value of that expression."""
        if isinstance(value, str) and value.startswith("=") and case_id is not None:
            return cast("Json", feel.to_json(self.evaluate(case_id, value[1:].strip())))
        if isinstance(value, list):
            return [self.resolve(case_id, item) for item in value]
        if isinstance(value, dict):
            return {name: self.resolve(case_id, item) for name, item in value.items()}
        return value

    def names(self, case_id: CaseId) -> Mapping[str, feel.Value]:
        with self._store.read() as work:
            case, data = work.cases.get(case_id), work.cases.data(case_id)
        return data.view(ROOT_SCOPE, {"case": seen_in_expressions(case)} if case else None)

    def _environment(self) -> feel.Environment:
        return feel.Environment(
            now=self._clock.now(),
            zone=self._settings.zone,
            calendar=feel.SwedishCalendar(self._settings.extra_closed_days),
            budget=self._settings.step_budget,
        )

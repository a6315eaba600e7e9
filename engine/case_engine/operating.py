"""Operating cases: what the head of a unit or an administrator does to them by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..actor import Actor
from ..canonical import Json
from ..case import Case, Incident
from ..commands import cases, correcting, erasing, incidents, operating
from ..ids import CaseId
from .door import Door


class Operating(Door):
    """Cases as a whole, their positions, data and incidents."""

    def suspend_case(self, actor: Actor, case_id: CaseId, *, reason: str) -> Case:
        """See commands.cases.suspend."""
        return self._write(actor, lambda at: cases.suspend(at, case_id, reason=reason))

    def resume_case(self, actor: Actor, case_id: CaseId, *, reason: str) -> Case:
        """See commands.cases.resume."""
        return self._write(actor, lambda at: cases.resume(at, case_id, reason=reason))

    def cancel_case(self, actor: Actor, case_id: CaseId, *, reason: str) -> Case:
        """See commands.cases.cancel."""
        return self._write(actor, lambda at: cases.cancel(at, case_id, reason=reason))

    def correct_data(
        self, actor: Actor, case_id: CaseId, changes: Mapping[str, Json], *, reason: str, call: str = "", position: str = ""
    ) -> Case:
        """See commands.correcting.correct_data."""
        return self._write(
            actor,
            lambda at: correcting.correct_data(at, case_id, changes, reason=reason, call=call, position=position),
        )

    def erase_history(self, actor: Actor, case_id: CaseId, sequences: Collection[int], *, reason: str) -> Case:
        """See commands.erasing.erase."""
        return self._write(actor, lambda at: erasing.erase(at, case_id, sequences, reason=reason))

    def retry_incident(self, actor: Actor, incident_id: str) -> tuple[Incident, Case]:
        """See commands.incidents.retry."""
        return self._write(actor, lambda at: incidents.retry(at, incident_id))

    def skip_incident(
        self, actor: Actor, incident_id: str, *, flows: tuple[str, ...] = (), reason: str
    ) -> tuple[Incident, Case]:
        """See commands.operating.skip."""
        return self._write(actor, lambda at: operating.skip(at, incident_id, flows=flows, reason=reason))

    def add_position(self, actor: Actor, case_id: CaseId, path: str, *, inside: str | None = None, reason: str) -> Case:
        """See commands.operating.add_position."""
        return self._write(actor, lambda at: operating.add_position(at, case_id, path, inside=inside, reason=reason))

    def move_position(self, actor: Actor, case_id: CaseId, token: str, *, to: str, reason: str) -> Case:
        """See commands.operating.move_position."""
        return self._write(actor, lambda at: operating.move_position(at, case_id, token, to=to, reason=reason))

    def cancel_position(self, actor: Actor, case_id: CaseId, token: str, *, reason: str) -> Case:
        """See commands.operating.cancel_position."""
        return self._write(actor, lambda at: operating.cancel_position(at, case_id, token, reason=reason))

    def reopen_case(self, actor: Actor, case_id: CaseId, *, reason: str) -> Case:
        """See commands.operating.reopen."""
        return self._write(actor, lambda at: operating.reopen(at, case_id, reason=reason))

"""Operating cases: what the head of a unit or an administrator does to them by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..actor import Actor
from ..canonical import Json
from ..case import Case, Incident, IncidentState
from ..commands import cases, correcting, erasing, handing_over, incident_lists, incidents, operating, used_forms
from ..commands.free_text import given_reason
from ..errors import CaseDamaged, Conflict, HistoryDamaged, NotAllowed, NotFound, NotPossible, Rejected
from ..ids import CaseId, UserId
from ..queries import IncidentChoice
from ..views import IncidentView, Retried, RetriedPage, RetryOutcome, UsedForm, UsedTexts
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

    def hand_over_case(self, actor: Actor, case_id: CaseId, *, to: UserId, note: str = "") -> Case:
        """See commands.handing_over.hand_over."""
        return self._write(actor, lambda at: handing_over.hand_over(at, case_id, to=to, note=note))

    def correct_data(
        self, actor: Actor, case_id: CaseId, changes: Mapping[str, Json], *, reason: str, call: str = "", position: str = ""
    ) -> Case:
        """See commands.correcting.correct_data."""
        return self._write(
            actor,
            lambda at: correcting.correct_data(at, case_id, changes, reason=reason, call=call, position=position),
        )

    def used_forms(self, actor: Actor, case_id: CaseId) -> Sequence[UsedForm]:
        """See commands.used_forms.of_case."""
        with self._reading(actor) as at:
            return used_forms.of_case(at, case_id)

    def used_texts(self, actor: Actor, case_id: CaseId) -> Sequence[UsedTexts]:
        """See commands.used_forms.texts_of_case."""
        with self._reading(actor) as at:
            return used_forms.texts_of_case(at, case_id)

    def erase_history(self, actor: Actor, case_id: CaseId, sequences: Collection[int], *, reason: str) -> Case:
        """See commands.erasing.erase."""
        return self._write(actor, lambda at: erasing.erase(at, case_id, sequences, reason=reason))

    def incident(self, actor: Actor, incident_id: str) -> IncidentView:
        """See commands.incidents.detail."""
        return self._write(actor, lambda at: incidents.detail(at, incident_id))

    def retry_incident(self, actor: Actor, incident_id: str, *, reason: str | None = None) -> tuple[Incident, Case]:
        """See commands.incidents.retry."""
        return self._write(actor, lambda at: incidents.retry(at, incident_id, reason=reason))

    def retry_incidents(self, actor: Actor, ids: Sequence[str], *, reason: str) -> RetriedPage:
        """Retry each of these incidents in a transaction of its own, and tell what came of each; see commands.incidents.retry.

        Doing it twice does no harm: what is solved is refused as that.

        Raises:
            Rejected: the reason says nothing, or holds an identity number.
        """
        given_reason(reason)
        with self._reading(actor) as at:
            known = incidents.known(at, ids)
        return RetriedPage(tuple(self._retried(actor, id_, known.get(id_), reason) for id_ in dict.fromkeys(ids)))

    def retry_chosen_incidents(
        self, actor: Actor, choice: IncidentChoice, *, reason: str, cursor: str | None = None, limit: int = 50
    ) -> RetriedPage:
        """The same with the first of all that the actor may solve and that were open when the first page was asked for.

        Raises:
            NotAllowed: the actor operates no cases.
            Rejected: as `retry_incidents`, or the choice or the cursor says nothing.
        """
        given_reason(reason)
        with self._reading(actor) as at:
            page, left = incident_lists.to_retry(at, choice, cursor=cursor, limit=limit)
        items = tuple(self._retried(actor, one.id, (one, case), reason) for one, case in page.rows)
        return RetriedPage(items, page.next, left)

    def _retried(self, actor: Actor, id_: str, known: tuple[Incident, Case] | None, reason: str) -> Retried:
        try:
            incident, case = self.retry_incident(actor, id_, reason=reason)
        except (NotFound, NotAllowed, NotPossible, Rejected, Conflict, CaseDamaged, HistoryDamaged) as error:
            incident_before, case_before = known or (None, None)
            return Retried(id_, RetryOutcome.REFUSED, incident_before, case_before, error)
        is_over = incident.state is IncidentState.RESOLVED
        return Retried(id_, RetryOutcome.RESOLVED if is_over else RetryOutcome.FAILED_AGAIN, incident, case)

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

"""The forms and process versions that a case has used: what its data are called."""

from __future__ import annotations

from collections.abc import Sequence

from ..actor import Action, may
from ..case import Case
from ..data_texts import TEXTS
from ..errors import NotFound
from ..history import EventType, read_payload
from ..ids import CaseId, VersionId
from ..source import is_object
from ..views import UsedForm, UsedTexts
from . import house as houses
from .case_words import forms_of
from .occurrence import Occurrence
from .telling import AT_ONCE


def of_case(at: Occurrence, id_: CaseId) -> Sequence[UsedForm]:
    """The start form and those of the tasks, each version once for each place where its answers lie; no answers.

    Raises:
        NotFound: there is no such case, or the actor may neither read nor operate it.
    """
    return forms_of(at, _known(at, id_))


def texts_of_case(at: Occurrence, id_: CaseId) -> Sequence[UsedTexts]:
    """What each process version that has run in the case calls its data, the one that began last at the end; no data.

    Raises:
        NotFound: there is no such case, or the actor may neither read nor operate it.
        HistoryDamaged: an event cannot be read, because somebody altered what is stored.
    """
    case = _known(at, id_)
    ran: dict[tuple[str, str], None] = {("", case.version_id): None}
    after = 0
    while events := at.unit.histories.of_case(id_, after=after, limit=AT_ONCE):
        for event, payload in events:
            if event.type is EventType.ELEMENT_ENTERED and (told := read_payload(event, payload)) and told.get("version"):
                ran[event.element, str(told["version"])] = None
        after = events[-1][0].sequence
    found = []
    for call, version in ran:
        if at.unit.definitions.process(VersionId(version)) is not None:
            texts = houses.process(at.house, at.unit, VersionId(version)).data_schema.document.get(TEXTS)
            if is_object(texts):
                found.append(UsedTexts(call, texts))
    return found


def _known(at: Occurrence, id_: CaseId) -> Case:
    """The case, for whoever may read or operate it."""
    case = at.unit.cases.get(id_)
    if case is None:
        raise NotFound("case", id_)
    members = at.unit.cases.members(id_)
    if not any(may(at.actor, action, case, members=members) for action in (Action.READ, Action.OPERATE)):
        raise NotFound("case", id_)
    return case

"""Lists of incidents, and trying many of them again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import JSONBody, QueryParameter

from engine.case import TO_BE_SEEN, IncidentState
from engine.errors import Rejected, StegvisError
from engine.finding import FieldProblem
from engine.ids import UnitId
from engine.queries import IncidentChoice, IncidentGroup
from engine.sentences import Sentence
from engine.views import Retried, RetriedPage, RetryOutcome
from engine.wording import incident_in_words

from .bodies import Because, Body, InBothLanguages, Name, View
from .case_views import CaseView, IncidentView
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, HIGHEST, MAX_LIMIT, Cursor, Engine, Limit, utc
from .people import Names
from .problems import KINDS, declared, of_engine
from .writes import many

LONGEST_CAUSE = 2000
"""Characters of an incident's message that one may ask for."""

OfProcess = Annotated[
    str | None, QueryParameter(name="process", max_length=200, description="Only cases of this process definition.")
]
OfVersion = Annotated[
    int | None,
    QueryParameter(name="version", ge=1, le=HIGHEST, description="Only cases on this version of the process."),
]
AtElement = Annotated[
    str | None, QueryParameter(name="element", max_length=500, description="Only at this element, by its path through calls.")
]
OfKind = Annotated[str | None, QueryParameter(name="kind", max_length=100, description="Only of this kind (`no-flow`).")]
WithMessage = Annotated[
    str | None,
    QueryParameter(name="message", max_length=LONGEST_CAUSE, description="Only with this message, word for word."),
]
OfUnit = Annotated[str | None, QueryParameter(name="unit", max_length=200, description="Only in cases of this unit.")]
OpenedFrom = Annotated[
    datetime | None, QueryParameter(name="openedFrom", description="Only what failed first at this moment or later.")
]
OpenedBefore = Annotated[
    datetime | None, QueryParameter(name="openedBefore", description="Only what failed first before this moment.")
]
InState = Annotated[IncidentState, QueryParameter(name="state", description="Whether they are open or solved.")]


class IncidentRow(View, frozen=True, kw_only=True):
    """An incident in a list, with its case."""

    incident: IncidentView
    case: CaseView


class IncidentList(View, frozen=True, kw_only=True):
    items: list[IncidentRow]
    next: Annotated[str | None, msgspec.Meta(description="Send as `cursor` for the next page; null at the end.")] = None


@get(
    "/incidents",
    summary="List incidents",
    tags=["Incidents"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-allowed", "rejected"),
)
def list_incidents(
    *,
    engine: Engine,
    asker: Asker,
    process: OfProcess = None,
    version: OfVersion = None,
    element: AtElement = None,
    kind: OfKind = None,
    message: WithMessage = None,
    unit: OfUnit = None,
    opened_from: OpenedFrom = None,
    opened_before: OpenedBefore = None,
    standing: InState = IncidentState.OPEN,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> IncidentList:
    """Incidents in the cases of one's units, of all units for an auditor or administrator: open ones with the oldest first,
    solved ones with the last one solved first.
    """
    choice = _choice(process, version, element, kind, message, unit, opened_from, opened_before, standing)
    page = engine.incidents(asker, choice, cursor=cursor, limit=limit)
    names = Names.of(engine.store, [person for _, case in page.rows for person in (case.started_by, case.responsible)])
    rows = [IncidentRow(incident=IncidentView.of(one), case=CaseView.of(case, names)) for one, case in page.rows]
    return IncidentList(items=rows, next=page.next)


class IncidentGroupView(View, frozen=True, kw_only=True):
    """Incidents with one cause: of one process, at one element, of one kind and with one message."""

    process: str
    element: str
    name: Annotated[str, msgspec.Meta(description="What the element is called; empty where none is stuck.")]
    name_en: str
    kind: str
    text: InBothLanguages
    message: Annotated[str, msgspec.Meta(description="What failed and what to do, in English. No personal data.")]
    told: InBothLanguages
    to_be_seen: Annotated[bool, msgspec.Meta(description="There is nothing to try again: a retry marks them as seen.")]
    count: int
    operated: Annotated[int, msgspec.Meta(description="How many of them one may solve.")]
    attempts: Annotated[int, msgspec.Meta(description="How often all together were tried.")]
    first: Annotated[datetime, msgspec.Meta(description="Since when the oldest stands.")]
    last: Annotated[datetime, msgspec.Meta(description="Since when the newest stands.")]
    last_tried_at: Annotated[datetime, msgspec.Meta(description="When one of them was tried the last time.")]

    @classmethod
    def of(cls, group: IncidentGroup) -> IncidentGroupView:
        return cls(
            process=group.process,
            element=group.element,
            name=group.name,
            name_en=group.name_en or group.name,
            kind=group.kind,
            text=InBothLanguages(sv=incident_in_words(group.kind, "sv"), en=incident_in_words(group.kind, "en")),
            message=group.message,
            told=InBothLanguages(sv=group.told("sv"), en=group.told("en")),
            to_be_seen=group.kind in TO_BE_SEEN,
            count=group.count,
            operated=group.operated,
            attempts=group.attempts,
            first=group.first,
            last=group.last,
            last_tried_at=group.last_tried_at,
        )


class IncidentGroupList(View, frozen=True, kw_only=True):
    items: list[IncidentGroupView]


@get(
    "/incident-groups",
    summary="List incidents by their causes",
    tags=["Incidents"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-allowed", "rejected"),
)
def list_incident_groups(
    *,
    engine: Engine,
    asker: Asker,
    process: OfProcess = None,
    version: OfVersion = None,
    element: AtElement = None,
    kind: OfKind = None,
    unit: OfUnit = None,
    opened_from: OpenedFrom = None,
    opened_before: OpenedBefore = None,
    standing: InState = IncidentState.OPEN,
    limit: Limit = MAX_LIMIT,
) -> IncidentGroupList:
    """The incidents of the list, counted by their cause: the most frequent cause first. A peer system that was away for an hour
    is one line here, however many cases stand still for it.
    """
    choice = _choice(process, version, element, kind, None, unit, opened_from, opened_before, standing)
    return IncidentGroupList(
        items=[IncidentGroupView.of(group) for group in engine.incident_groups(asker, choice, limit=limit)]
    )


class ChosenIncidents(Body, frozen=True, kw_only=True):
    """Which incidents; what is left out is not asked for. Of all, only open ones in cases that one operates."""

    process: Annotated[Name | None, msgspec.Meta(description="Only cases of this process definition.")] = None
    version: Annotated[int, msgspec.Meta(ge=1, le=HIGHEST, description="Only cases on this version of the process.")] | None = (
        None
    )
    element: Annotated[str, msgspec.Meta(max_length=500, description="Only at this element, by its path.")] | None = None
    kind: Annotated[Name | None, msgspec.Meta(description="Only of this kind.")] = None
    message: (
        Annotated[str, msgspec.Meta(max_length=LONGEST_CAUSE, description="Only with this message, word for word.")] | None
    ) = None
    unit: Annotated[Name | None, msgspec.Meta(description="Only in cases of this unit.")] = None
    opened_from: Annotated[datetime | None, msgspec.Meta(description="Only what failed first at this moment or later.")] = None
    opened_before: Annotated[datetime | None, msgspec.Meta(description="Only what failed first before this moment.")] = None


class RetryingMany(Because, frozen=True, kw_only=True):
    """Which incidents are tried again, and why: `ids`, or all that are `chosen`."""

    ids: (
        Annotated[
            list[Annotated[str, msgspec.Meta(max_length=100)]],
            msgspec.Meta(min_length=1, max_length=MAX_LIMIT, description="Their ids."),
        ]
        | None
    ) = None
    chosen: Annotated[ChosenIncidents | None, msgspec.Meta(description="What they have in common. `{}` is all of them.")] = None
    cursor: (
        Annotated[
            str,
            msgspec.Meta(max_length=500, description="The `next` of the answer before, to go on with those that are chosen."),
        ]
        | None
    ) = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_LIMIT, description="How many of those chosen at most, now.")] = 50


class RetriedView(View, frozen=True, kw_only=True):
    """What came of one incident."""

    id: str
    outcome: Annotated[
        RetryOutcome,
        msgspec.Meta(description="`resolved`: the case goes on. `failed-again`: `incident` tells why. `refused`: `why` does."),
    ]
    incident: IncidentView | None
    case: Annotated[CaseView | None, msgspec.Meta(description="Null, as `incident` is, where one may not know of it.")]
    why: InBothLanguages | None

    @classmethod
    def of(cls, one: Retried, names: Names) -> RetriedView:
        return cls(
            id=one.id,
            outcome=one.outcome,
            incident=None if one.incident is None else IncidentView.of(one.incident),
            case=None if one.case is None else CaseView.of(one.case, names),
            why=None if one.error is None else _why(one.error),
        )


class RetriedList(View, frozen=True, kw_only=True):
    items: list[RetriedView]
    next: Annotated[str | None, msgspec.Meta(description="Send as `cursor` to go on; null when all have been tried.")]
    left: Annotated[int, msgspec.Meta(description="How many wait for the next request.")]


@many(
    "/incidents/retry",
    summary="Retry many incidents",
    tags=["Incidents"],
    status_code=200,
    sync_to_thread=True,
    responses=declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-allowed", "rejected"),
)
def retry_incidents(engine: Engine, asker: Asker, data: JSONBody[RetryingMany]) -> RetriedList:
    """Tries many incidents again, with one reason that each case's history keeps, and tells what came of each.

    Give `ids`, or `chosen` for all that have something in common. Of those chosen, `limit` are tried and `next` leads to the
    rest: send it as `cursor`, with the same body, until it is null. What is opened meanwhile is left for another time.

    Each incident is tried in a transaction of its own, so one that fails or is refused holds up no other, and what was done
    stays done when a later one cannot be. It takes no `Idempotency-Key` and needs none: sent again, what was solved the first
    time is refused as solved already, or no longer among those chosen.

    There is no skipping of many: whether a case can do without the element, and where it goes on, is judged for each one.
    """
    if (data.ids is None) is (data.chosen is None):
        sv, en = "Ange antingen ids eller chosen.", "Give either ids or chosen."
        raise Rejected("Either the ids or what is chosen is needed.", problems=[FieldProblem("/ids", "oneOf", sv, en)])
    if data.ids is not None:
        done = engine.retry_incidents(asker, data.ids, reason=data.reason)
    else:
        what = data.chosen or ChosenIncidents()
        choice = _choice(
            what.process,
            what.version,
            what.element,
            what.kind,
            what.message,
            what.unit,
            what.opened_from,
            what.opened_before,
            IncidentState.OPEN,
        )
        done = engine.retry_chosen_incidents(asker, choice, reason=data.reason, cursor=data.cursor, limit=data.limit)
    return _told(engine, done)


def _told(engine: Engine, done: RetriedPage) -> RetriedList:
    people = [person for one in done.items if one.case for person in (one.case.started_by, one.case.responsible)]
    names = Names.of(engine.store, people)
    return RetriedList(items=[RetriedView.of(one, names) for one in done.items], next=done.next, left=done.left)


def _why(error: StegvisError) -> InBothLanguages:
    problem = of_engine(error)
    if isinstance(problem.said, Sentence):
        return InBothLanguages.of(problem.said)
    kind = KINDS[problem.code]
    return InBothLanguages(sv=kind.detail_sv.format(by="Någon annan", at=""), en=problem.message or kind.title_en)


def _choice(
    process: str | None,
    version: int | None,
    element: str | None,
    kind: str | None,
    message: str | None,
    unit: str | None,
    opened_from: datetime | None,
    opened_before: datetime | None,
    state: IncidentState,
) -> IncidentChoice:
    return IncidentChoice(
        state=state,
        process=process,
        version=version,
        element=element,
        kind=kind,
        message=message,
        unit=UnitId(unit) if unit else None,
        opened_from=utc(opened_from, parameter="openedFrom") if opened_from else None,
        opened_before=utc(opened_before, parameter="openedBefore") if opened_before else None,
    )


HANDLERS = [list_incidents, list_incident_groups, retry_incidents]

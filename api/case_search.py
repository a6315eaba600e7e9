"""Finding cases by a name, a number or whatever else their process lets them be found by."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar.params import JSONBody

from engine.case import CaseStatus
from engine.ids import UnitId, UserId
from engine.queries import CaseChoice
from engine.views import FoundCase

from .bodies import SEEN, Body, Name, View
from .case_views import CaseView
from .identity import Asker
from .parts import BODY_PROBLEMS, HIGHEST, MAX_LIMIT, QUESTION_PROBLEMS, Engine, utc
from .people import Names
from .problems import declared
from .registers import EntryView
from .task_views import TaskView, task_people
from .writes import question


class SubjectKey(Body, frozen=True, kw_only=True):
    """A register entry."""

    register: Name
    key: Name


class CaseSearch(Body, frozen=True, kw_only=True):
    """What to look for."""

    text: (
        Annotated[
            str,
            msgspec.Meta(
                min_length=1,
                max_length=200,
                pattern=SEEN,
                description="Beginnings of words, in any order; each must occur. Also the case's number, or its last "
                "part alone. May be left out where something else is asked for.",
            ),
        ]
        | None
    ) = None
    about: Annotated[SubjectKey | None, msgspec.Meta(description="Only cases about this register entry.")] = None
    worker: Annotated[
        Name | None, msgspec.Meta(description="Only cases in which this person, by user id, has done something.")
    ] = None
    responsible: Annotated[
        Name | None, msgspec.Meta(description="Only cases that this person, by user id, is responsible for.")
    ] = None
    unit: Annotated[Name | None, msgspec.Meta(description="Only cases of this unit.")] = None
    process: Annotated[Name | None, msgspec.Meta(description="Only this process definition.")] = None
    version: Annotated[int, msgspec.Meta(ge=1, le=HIGHEST, description="Only cases on this version of the process.")] | None = (
        None
    )
    status: Annotated[CaseStatus | None, msgspec.Meta(description="Only cases that stand so.")] = None
    started_from: Annotated[datetime | None, msgspec.Meta(description="Only cases that began at this moment or later.")] = None
    started_before: Annotated[datetime | None, msgspec.Meta(description="Only cases that began before this moment.")] = None
    cursor: (
        Annotated[str, msgspec.Meta(max_length=500, description="The `next` of the page before. Leave out for the first page.")]
        | None
    ) = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_LIMIT, description="How many at most.")] = 25


class FoundCaseView(View, frozen=True, kw_only=True):
    """A case that was found: whom or what it is about, and what there is to do in it."""

    case: CaseView
    about: Annotated[
        EntryView | None,
        msgspec.Meta(
            description="The register entry that it is about, with the fields that lists show. Null where one may see none."
        ),
    ]
    tasks: Annotated[list[TaskView], msgspec.Meta(description="Its open tasks.")]

    @classmethod
    def of(cls, found: FoundCase, names: Names) -> FoundCaseView:
        return cls(
            case=CaseView.of(found.case, names),
            about=EntryView.of(found.about) if found.about else None,
            tasks=[TaskView.of(task, names) for task in found.tasks],
        )


class FoundCaseList(View, frozen=True, kw_only=True):
    items: list[FoundCaseView]
    next: Annotated[str | None, msgspec.Meta(description="Send as `cursor` for the next page; null at the end.")]


@question(
    "/cases/search",
    summary="Search cases",
    tags=["Cases"],
    sync_to_thread=True,
    status_code=200,
    responses=declared(*QUESTION_PROBLEMS, *BODY_PROBLEMS, "rejected"),
)
def search_cases(engine: Engine, asker: Asker, data: JSONBody[CaseSearch]) -> FoundCaseList:
    """The cases that one may read and in which everything looked for occurs: in their number, in the fields that their process
    lets lists use, or in the searched fields of register entries that they name; and that everything else asked for fits.
    Newest first.

    A POST, because what is searched for may be personal data, which addresses and their logs must not hold. Each case found
    is logged as looked at, and the entry told of it; what was looked for is not. Nobody finds a case by what is withheld from
    them.
    """
    choice = CaseChoice(
        unit=UnitId(data.unit) if data.unit else None,
        process=data.process,
        version=data.version,
        status=data.status,
        started_from=utc(data.started_from, parameter="startedFrom") if data.started_from else None,
        started_before=utc(data.started_before, parameter="startedBefore") if data.started_before else None,
        about=(data.about.register, data.about.key) if data.about else None,
        worker=UserId(data.worker) if data.worker else None,
        responsible=UserId(data.responsible) if data.responsible else None,
    )
    page = engine.search_cases(asker, data.text or "", choice, cursor=data.cursor, limit=data.limit)
    people = [person for found in page.rows for person in (found.case.started_by, found.case.responsible)]
    names = Names.of(engine.store, [*people, *(person for found in page.rows for person in task_people(*found.tasks))])
    return FoundCaseList(items=[FoundCaseView.of(found, names) for found in page.rows], next=page.next)


HANDLERS = [search_cases]

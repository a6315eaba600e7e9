"""What people have filled in in a case, with the forms that say what the answers mean."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get

from engine.ids import CaseId as EngineCaseId

from .bodies import Object, View, plain_object
from .forms import FormView
from .identity import Asker
from .parts import CaseId, Engine
from .people import Names, PersonView
from .problems import declared
from .task_views import TaskView, task_people


class AnswersView(View, frozen=True, kw_only=True):
    """One form as it was sent in."""

    task: Annotated[TaskView | None, msgspec.Meta(description="The task it was for; null for the start form.")]
    form: Annotated[FormView, msgspec.Meta(description="The version of the form that was filled in.")]
    values: Annotated[Object, msgspec.Meta(description="The answers; what was left empty is not there.")]
    by: PersonView
    at: datetime


class AnswersList(View, frozen=True, kw_only=True):
    items: list[AnswersView]
    next: str | None = None


@get(
    "/cases/{case_id:str}/answers",
    summary="Answers in a case",
    tags=["Cases"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found", "case-damaged", "history-damaged"),
)
def read_answers(engine: Engine, asker: Asker, case_id: CaseId) -> AnswersList:
    """The forms that were sent in, newest first, each as it was then. What was erased is left out. The look is logged."""
    found = engine.answers(asker, EngineCaseId(case_id))
    tasks = [one.task for one in found if one.task is not None]
    names = Names.of(engine.store, [*(one.by for one in found), *task_people(*tasks)])
    return AnswersList(
        items=[
            AnswersView(
                task=None if one.task is None else TaskView.of(one.task, names),
                form=FormView.of(one.form),
                values=plain_object(one.values),
                by=names.somebody(one.by),
                at=one.at,
            )
            for one in found
        ]
    )


HANDLERS = [read_answers]

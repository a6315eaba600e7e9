"""Start conditions: somebody says how things are, and each process begins where its condition holds."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar.params import JSONBody

from engine.ids import UnitId

from .bodies import Body, Name, Object, View, as_json
from .case_views import CaseView
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, Engine
from .people import Names
from .problems import declared
from .writes import post


class Asking(Body, frozen=True, kw_only=True):
    """How things are."""

    process: Annotated[Name, msgspec.Meta(description="The key of a process definition with a conditional start event.")]
    unit: Annotated[Name, msgspec.Meta(description="The unit that will own the cases.")]
    data: Annotated[Object, msgspec.Meta(description="What the conditions are asked over, and what each case begins with.")]


class BegunView(View, frozen=True, kw_only=True):
    """The cases that began; none where no condition holds."""

    items: list[CaseView]


@post(
    "/start-conditions",
    summary="Ask start conditions",
    tags=["Cases"],
    status_code=200,
    responses=declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed", "not-possible", "rejected"),
)
def ask_start_conditions(engine: Engine, asker: Asker, data: JSONBody[Asking]) -> BegunView:
    """Asks each start condition of the newest version over the data, and begins a case for each that holds.

    Each asking stands for itself: what holds when it is asked again begins another case.
    """
    begun = engine.ask_start_conditions(asker, data.process, as_json(data.data), unit=UnitId(data.unit))
    names = Names.of(engine.store, [person for case in begun for person in (case.started_by, case.responsible)])
    return BegunView(items=[CaseView.of(case, names) for case in begun])


HANDLERS = [ask_start_conditions]

"""Who has looked at a case."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import QueryParameter

from engine.ids import CaseId as EngineCaseId

from .bodies import View
from .identity import Asker
from .parts import HIGHEST, CaseId, Engine, Limit
from .people import Names, PersonView
from .problems import declared


class LookView(View, frozen=True, kw_only=True):
    """Somebody's look at a case."""

    at: datetime
    who: PersonView
    what: Annotated[str, msgspec.Meta(description="`case`, `history`, `task-form`, `file`, `export` …")]


class LookList(View, frozen=True, kw_only=True):
    items: list[LookView]
    next: Annotated[int | None, msgspec.Meta(description="Send as `before` for the next page; null at the end.")]


@get(
    "/cases/{case_id:str}/looks",
    summary="Who has looked at a case",
    tags=["History"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found", "not-allowed"),
)
def list_looks(
    engine: Engine,
    asker: Asker,
    case_id: CaseId,
    before: Annotated[int | None, QueryParameter(ge=1, le=HIGHEST, description="Only looks before this one.")] = None,
    limit: Limit = 50,
) -> LookList:
    """Each look at the case that was put on record, newest first. For auditors; this look is logged too."""
    found = engine.looks(asker, EngineCaseId(case_id), before=before, limit=limit + 1)
    page = found[:limit]
    names = Names.of(engine.store, [look.actor for _, look in page])
    items = [LookView(at=look.at, who=names.somebody(look.actor), what=look.what) for _, look in page]
    return LookList(items=items, next=page[-1][0] if len(found) > limit else None)


HANDLERS = [list_looks]

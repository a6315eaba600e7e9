"""How versions and drafts of packages differ."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from engine.studio import compare_draft, compare_versions

from .difference_views import DifferenceView
from .drafts import DraftId
from .identity import Asker
from .parts import HIGHEST, Engine, ProcessKey, VersionNumber
from .problems import declared

Before = Annotated[
    int | None, QueryParameter(name="from", ge=1, le=HIGHEST, description="The version to compare with.", required=False)
]


@get(
    "/definitions/{process_key:str}/versions/{number:int}/difference",
    summary="How a version differs from another",
    tags=["Definitions"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-allowed", "not-found", "not-possible"),
)
def compare_version(
    engine: Engine, asker: Asker, process_key: ProcessKey, number: VersionNumber, before: Before = None
) -> DifferenceView:
    """From the version before it, unless another is named: elements, flows, forms, decisions and the rest, in both languages.

    For designers and administrators.
    """
    return DifferenceView.of(compare_versions(engine, asker, process_key, number, before))


@get(
    "/drafts/{draft_id:str}/difference",
    summary="How a draft differs from what is deployed",
    tags=["Drafts"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-allowed", "not-found", "not-possible"),
)
def compare_with_draft(engine: Engine, asker: Asker, draft_id: DraftId, before: Before = None) -> DifferenceView:
    """From the version that is live, unless another is named, and who goes on with which version when it is deployed."""
    return DifferenceView.of(compare_draft(engine, asker, draft_id, before))


HANDLERS = [compare_version, compare_with_draft]

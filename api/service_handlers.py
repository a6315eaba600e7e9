"""Handlers that service tasks may name, for those who draw them."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get

from engine.views import ServiceHandler

from .bodies import View
from .identity import Asker
from .parts import Engine
from .problems import declared


class ServiceHandlerView(View, frozen=True, kw_only=True):
    """A handler that is installed here."""

    name: Annotated[str, msgspec.Meta(description="What a diagram names it by (`stegvis:handler`).")]
    is_job: Annotated[bool, msgspec.Meta(description="It works after the step and may be tried again; others work within it.")]
    inputs: Annotated[list[str], msgspec.Meta(description="The inputs that it must get, where it declares any.")]
    errors: Annotated[list[str], msgspec.Meta(description="Codes of the BPMN errors that it throws.")]

    @classmethod
    def of(cls, one: ServiceHandler) -> ServiceHandlerView:
        return cls(name=one.name, is_job=one.is_job, inputs=[*one.inputs], errors=[*one.errors])


class ServiceHandlerList(View, frozen=True, kw_only=True):
    items: list[ServiceHandlerView]


@get(
    "/service-handlers",
    summary="List handlers of service tasks",
    tags=["Drafts"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-allowed"),
)
def list_service_handlers(engine: Engine, asker: Asker) -> ServiceHandlerList:
    """Every handler that a service task may name on this installation, by name, for designers and administrators.

    Those that come with the engine, and those of installed packages, as the serving process has loaded them.
    """
    return ServiceHandlerList(items=[ServiceHandlerView.of(one) for one in engine.service_handlers(asker)])


HANDLERS = [list_service_handlers]

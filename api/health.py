"""Whether the program runs, and whether it can do its work. For load balancers and people on call."""

from __future__ import annotations

from litestar import Response, get

from .bodies import View
from .identity import PUBLIC
from .parts import Engine
from .problems import declared


class HealthView(View, frozen=True, kw_only=True):
    """`ok`: the program runs. `ready`: it can also reach its database, which has the right shape."""

    status: str


@get(
    "/health/live",
    summary="Is the program running",
    tags=["Health"],
    opt={PUBLIC: True},
    security=[{}],
    sync_to_thread=False,
)
def read_liveness() -> HealthView:
    """Answers as long as the program runs. Touches nothing else: a slow database is no reason to restart the program."""
    return HealthView(status="ok")


@get(
    "/health/ready",
    summary="Can the program do its work",
    tags=["Health"],
    opt={PUBLIC: True},
    security=[{}],
    sync_to_thread=True,
    responses=declared("misconfigured"),
)
def read_readiness(engine: Engine) -> Response[HealthView]:
    """Answers `ready` when the database can be read and has the shape this version needs, else a problem (503).

    Says nothing about how many cases there are: the address is open to anybody.
    """
    engine.store.require_ready()
    with engine.store.read() as unit:
        unit.people.units()
    return Response(HealthView(status="ready"))


HANDLERS = [read_liveness, read_readiness]

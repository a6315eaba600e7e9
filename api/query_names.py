"""Query parameters: a name that an operation does not have is refused, never ignored.

The names come from the description of the API, which the framework makes when it is first asked for. It must be asked for
in the event loop's thread, never in one of the handlers': msgspec looks up a type's fields when the type is first used, and
two threads that do so for one type at the same time end the process (a segmentation fault, seen with msgspec 0.22).
"""

from __future__ import annotations

from difflib import get_close_matches

from litestar.handlers import BaseRouteHandler
from litestar.openapi.spec import Parameter

from engine.finding import FieldProblem

from .identity import Connection
from .problems import LONGEST_TOLD, MOST_TOLD, Problem


async def refuse_unknown_names(connection: Connection, _: BaseRouteHandler) -> None:
    """A guard against parameters that the description of the API does not give the operation.

    Raises:
        Problem: `invalid-request`; `problems` names each (the first ten) and what may have been meant.
    """
    given = connection.query_params.keys()
    if not given:
        return
    known = _known(connection)
    unknown = [name for name in dict.fromkeys(given) if name not in known]
    if unknown:
        raise Problem("invalid-request", problems=[_problem(name, known) for name in unknown[:MOST_TOLD]])


def _known(connection: Connection) -> list[str]:
    item = (connection.app.openapi_schema.paths or {}).get(connection.scope["path_template"])
    operation = getattr(item, str(connection.scope.get("method", "")).lower(), None)
    parameters = (operation.parameters or []) if operation is not None else []
    return sorted(one.name for one in parameters if isinstance(one, Parameter) and one.param_in == "query")


def _problem(name: str, known: list[str]) -> FieldProblem:
    near = get_close_matches(name[:LONGEST_TOLD], known, n=1)
    if near:
        sv, en = f"Menade du {near[0]}?", f"Did you mean {near[0]}?"
    elif known:
        sv, en = f"De som finns är: {', '.join(known)}.", f"There are: {', '.join(known)}."
    else:
        sv, en = "Här finns inga.", "There are none here."
    path = f"?{name[:LONGEST_TOLD]}"
    return FieldProblem(path, "unknown", f"Det finns ingen sådan parameter. {sv}", f"There is no such parameter. {en}")

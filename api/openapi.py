"""The API's own description (OpenAPI 3.1), and the snapshot of it that changes are noticed by.

`python -m api.openapi` writes the snapshot anew; read the difference before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path

from litestar import Litestar, Response, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme, Tag
from litestar.types import Method

from engine.case_engine import CaseEngine
from engine.clock import SystemClock
from engine.settings import EngineSettings
from engine.storage.memory import MemoryStore

from .problems import Problem
from .query_names import refuse_unknown_names
from .settings import ApiSettings

API_VERSION = "1"
SNAPSHOT = Path(__file__).parent.parent / "docs" / "reference" / "openapi.json"

_DESCRIPTION = """\
Stegvis runs cases step by step, as a BPMN 2.0 diagram says. This API lists and completes tasks, starts and reads cases,
and proves what happened.

Sign in with `POST /api/v1/session`; the answer sets a cookie and gives a `csrfToken`. Requests that change something send
it as `X-CSRF-Token`. Bodies are JSON of at most 1 MB. Times are RFC 3339 in UTC. A number of more than 15 digits is a
string of its digits. Lists are `{items, next}`: send `next` as `cursor` for the page after.

Errors are `application/problem+json` (RFC 9457): act on `code`. What one may not see is 404, what one may see but not do
is 403. `Accept-Language: sv` or `en` chooses the language of `title`, `detail` and the texts in `problems`.
"""
_TAGS = {
    "Session": "Signing in and out.",
    "Tasks": "What people do.",
    "Cases": "Clients' and matters' ways through a process.",
    "History": "What happened, and the proof.",
    "Incidents": "What could not be done and waits for a person.",
    "Messages": "Telling cases something from outside, and what they tell others.",
    "Definitions": "Deployed process definitions and their diagrams.",
    "Drafts": "Packages that designers work on before they are live.",
    "Forms": "What tasks ask.",
    "Form drafts": "What one is typing into forms that belong to no task.",
    "Registers": "Collections that forms pick from.",
    "People": "Units and users.",
    "Health": "For load balancers and people on call.",
}


def configuration() -> OpenAPIConfig:
    """What Litestar needs to describe the application at `/api/v1/openapi.json`."""
    cookie = SecurityScheme(
        type="apiKey",
        name="stegvis-session",
        security_scheme_in="cookie",
        description="Set by `POST /api/v1/session`. Over https its name is `__Host-stegvis-session`.",
    )
    return OpenAPIConfig(
        title="Stegvis",
        version=API_VERSION,
        description=_DESCRIPTION,
        openapi_router=Router(
            path="/api/v1/openapi.json",
            route_handlers=[],
            include_in_schema=False,
            guards=[refuse_unknown_names],
            after_request=_refuse_the_rest,
        ),
        render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"])],
        use_handler_docstrings=True,
        operation_id_creator=_operation_id,
        components=Components(security_schemes={"session": cookie}),
        security=[{"session": []}],
        tags=[Tag(name=name, description=description) for name, description in _TAGS.items()],
    )


def document(app: Litestar) -> str:
    """The description as the snapshot keeps it: sorted, indented JSON."""
    return json.dumps(app.openapi_schema.to_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def describe() -> str:
    """The description of the application as this code makes it."""
    from .app import create_app  # the application needs `configuration` above

    engine = CaseEngine(MemoryStore(), clock=SystemClock(), settings=EngineSettings())
    return document(create_app(engine, ApiSettings()))


def _refuse_the_rest(response: Response[object]) -> Response[object]:
    # Litestar answers addresses below its own with a page of HTML.
    if response.status_code == 404:
        raise Problem("unknown-address")
    return response


def _operation_id(handler: HTTPRouteHandler, _method: Method, _path: object) -> str:
    first, *rest = handler.handler_name.split("_")
    return first + "".join(word.capitalize() for word in rest)


if __name__ == "__main__":
    SNAPSHOT.write_text(describe(), encoding="utf-8")

"""Errors made into answers (RFC 9457), in the caller's language.

An error nobody foresaw answers 500 with an id that is also in the log, where neither its message nor the address asked
for is written: both may hold personal data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from engine import feel
from engine.clock import STOCKHOLM
from engine.completion import FieldConflict
from engine.errors import StegvisError
from engine.finding import FieldProblem, Finding
from engine.observing import failure
from engine.sentences import Sentence

from .bodies import plain
from .language import Language, preferred
from .observed import has_left, request_id, told_of
from .problem_document import MEDIA_TYPE, ConflictView, FieldProblemView, FindingView, ProblemDocument
from .problems import KINDS, Problem, of_engine
from .type_texts import MISSING, in_words

AnyRequest = Request[Any, Any, Any]  # Any: an error may come before we know who asks
Handlers = dict[int | type[Exception], Callable[[AnyRequest, Any], Response[Any]]]
_log = structlog.get_logger("stegvis.api")


def of_framework(error: HTTPException) -> Problem:
    """The problem for an error that Litestar found before any handler of ours was called."""
    code = _FRAMEWORK_CODES.get(error.status_code, "invalid-request")
    problems = _field_problems(error) if isinstance(error, ValidationException) else ()
    # The rest of a body that is too large is never read, so the connection cannot carry another request.
    closing = {"Connection": "close"} if code == "body-too-large" else {}
    return Problem(code, problems=problems, headers={**(error.headers or {}), **closing})


def answer_problem(request: AnyRequest, problem: Problem) -> Response[ProblemDocument]:
    """The answer, in the caller's language."""
    language = preferred(request.headers.get("accept-language", ""))
    document = _document(problem, language)
    headers = {**problem.headers, "Content-Language": language, "Vary": "Accept-Language"}
    return Response(document, status_code=document.status, media_type=MEDIA_TYPE, headers=headers)


def answer_engine_error(request: AnyRequest, error: StegvisError) -> Response[ProblemDocument]:
    problem = of_engine(error)
    if KINDS[problem.code].status == 500:
        _log_failure(request, error)
    return answer_problem(request, problem)


def answer_framework_error(request: AnyRequest, error: HTTPException) -> Response[ProblemDocument]:
    if error.status_code >= 500:
        return answer_unexpected(request, error)
    return answer_problem(request, of_framework(error))


def answer_unexpected(request: AnyRequest, error: Exception) -> Response[ProblemDocument]:
    """500 with the request's id."""
    _log_failure(request, error)
    return answer_problem(request, Problem("unexpected", message=request_id(request.scope)))


def _log_failure(request: AnyRequest, error: Exception) -> None:
    """The log gets the request's id, the operation and the place in the code, but no value."""
    if has_left(request.scope):  # half a request fails whoever reads it, and nobody hears the answer
        return
    method, route = told_of(request.scope)
    _log.error("request-failed", request=request_id(request.scope), method=method, route=route, **failure(error))


HANDLERS: Handlers = {
    Problem: answer_problem,
    StegvisError: answer_engine_error,
    HTTPException: answer_framework_error,
    Exception: answer_unexpected,
}

HEADERS: Final = {
    "idempotency_key": "Idempotency-Key",
    "if_match": "If-Match",
    "file_name": "X-File-Name",
    "last_event_id": "Last-Event-ID",
}
"""Headers as clients send them, by what operations call them."""
_MISSING: Final = re.compile(r"Missing required (header|query) parameter '([\w-]+)'")
_FRAMEWORK_CODES = {
    401: "not-signed-in",
    404: "unknown-address",
    405: "method-not-allowed",
    413: "body-too-large",
    415: "unsupported-media-type",
}


def _document(problem: Problem, language: Language) -> ProblemDocument:
    kind = KINDS[problem.code]
    is_swedish = language == "sv"
    own = _in_swedish(problem) if is_swedish else ""
    template = own or (kind.detail_sv if is_swedish else kind.detail_en or problem.message)
    is_unexpected = problem.code == "unexpected"
    somebody = problem.by or ("Någon annan" if is_swedish else "Somebody else")
    when = f"{problem.at.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}" if problem.at else ""
    detail = (
        template if template in {own, problem.message} else template.format(by=somebody, at=when, id=problem.message).strip()
    )
    return ProblemDocument(
        type=f"urn:stegvis:problem:{problem.code}",
        title=kind.title_sv if is_swedish else kind.title_en,
        status=kind.status,
        detail=detail or kind.title_en,
        code=problem.code,
        message="" if is_unexpected or detail == problem.message or problem.by else problem.message,
        by=problem.by,
        at=problem.at,
        id=problem.message if is_unexpected else "",
        problems=[FieldProblemView(one.path, one.keyword, one.text(language)) for one in problem.problems] or (),
        findings=[_finding(one, language) for one in problem.findings] or (),
        conflicts=[_conflict(one) for one in problem.conflicts] or (),
    )


def _in_swedish(problem: Problem) -> str:
    """What the engine said, where it says it in Swedish too; of what may not be known, and what we say better, nothing."""
    is_general = problem.code == "not-found" or bool(KINDS[problem.code].detail_en)
    return problem.said.text("sv") if isinstance(problem.said, Sentence) and not is_general else ""


def _finding(one: Finding, language: Language) -> FindingView:
    return FindingView(
        rule=one.rule,
        severity=one.severity.value,
        message=one.said.text(language),
        remedy=one.advice.text(language),
        file=one.file,
        element=one.element,
        name=one.name,
        line=one.line,
    )


def _conflict(conflict: FieldConflict) -> ConflictView:
    return ConflictView(conflict.path, plain(feel.to_json(conflict.yours)), plain(feel.to_json(conflict.theirs)))


def _field_problems(error: ValidationException) -> list[FieldProblem]:
    found = error.extra if isinstance(error.extra, list) else []
    return [_field_problem(one) for one in found if isinstance(one, dict)] or _missing(error)


def _field_problem(found: Mapping[str, object]) -> FieldProblem:
    key, source = str(found.get("key", "")), found.get("source")
    pointer = "" if key == "data" else "/" + key.replace("~", "~0").replace("/", "~1").replace(".", "/")
    path = pointer if source == "body" else f"?{_camel(key)}" if source == "query" else _camel(key)
    path = HEADERS.get(key, key) if source == "header" else path
    return FieldProblem(path, "type", *in_words(str(found.get("message", ""))))


def _missing(error: ValidationException) -> list[FieldProblem]:
    """What is told apart from what is wrong: a header or query parameter that is not there."""
    found = _MISSING.match(error.detail)
    return [FieldProblem(found[2] if found[1] == "header" else f"?{found[2]}", "required", *MISSING)] if found else []


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)

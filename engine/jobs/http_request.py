"""The handler `http.request`: a call to another system, as a service task maps it, and what its answer means."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Final, cast
from urllib.parse import quote, urlencode, urljoin

from .. import canonical, feel
from ..connections import NoAddress, Origin, split_url
from ..handlers import HandlerFailed, Inputs
from ..job_handlers import JobDesk, JobHandler, TemporaryFailure
from ..sentences import sentence
from ..source import read_json
from . import given
from .addresses import Allowance
from .http_exchange import Answer, Question, ask

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
MOST_REDIRECTS: Final = 3
LATER: Final = frozenset({408, 425, 429})
"""Beside 5xx: what may go well another time."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_NAMED: Final = frozenset({400, 401, 403, 404, 409, 410, 412, 422})
ERRORS: Final = frozenset({"http-error", *(f"http-{status}" for status in _NAMED)})
_OURS: Final = frozenset(
    {
        "accept-encoding", "authorization", "connection", "content-encoding", "content-length", "cookie", "expect", "host",
        "idempotency-key", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding",
        "upgrade", "user-agent",
    }
)  # fmt: skip
_HEADER: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_VALUE: Final = re.compile(r"[\x20-\x7e]{0,4000}")
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
_KEPT: Final = {
    "content-type": "contentType", "etag": "etag", "last-modified": "lastModified", "location": "location",
}  # fmt: skip
_LONGEST_WAIT: Final = timedelta(days=1)


def run(inputs: Inputs, desk: JobDesk) -> feel.Value:
    """`{status, headers, body}` of the answer; other systems' secrets and the address stay out of every message."""
    question, expected = _question(inputs, desk), _expected(inputs)
    allowance = Allowance(desk)
    for _ in range(MOST_REDIRECTS + 1):
        answer = ask(question, desk.settings.http, allowance)
        if answer.status in expected or answer.status not in _REDIRECTS:
            return _result(answer, question, expected, desk)
        question = _redirected(question, answer)
    said = sentence(
        "{origin} sends the call on more than {number} times. Call the last address at once.",
        origin=question.origin,
        number=MOST_REDIRECTS,
    )
    raise HandlerFailed(said)


def _question(inputs: Inputs, desk: JobDesk) -> Question:
    method = _method(inputs)
    try:
        origin, parts = split_url(given.text(inputs, "url"))
    except NoAddress as error:
        said = sentence("The input `url` is no address that can be called: {error}. Correct its mapping.", error=error.told)
        raise HandlerFailed(said) from error
    if origin not in desk.settings.http.hosts:
        said = sentence(
            "The host (with its port, and https or http) in the input `url` may not be called. "
            "If it is meant, name it in the setting http_hosts."
        )
        raise HandlerFailed(said)
    path, query = _path(parts.path, inputs), "&".join(part for part in (_quoted(parts.query), _query(inputs)) if part)
    body, kind = _body(inputs)
    own = _headers(inputs)
    if any(name.lower() == "content-type" for name in own):
        kind = {}
    is_traced = desk.traceparent and not any(name.lower() == "traceparent" for name in own)
    traced = {"traceparent": desk.traceparent} if is_traced else {}
    headers = {**kind, **traced, **own, "Idempotency-Key": desk.key, **_credential(inputs, desk, origin)}
    return Question(method, origin, parts._replace(path=path, query=query, fragment=""), headers, body)


def _method(inputs: Inputs) -> str:
    method = given.text(inputs, "method", "GET").upper()
    if method not in METHODS:
        said = sentence("The input `method` is none that can be used. Use one of {names}.", names=", ".join(METHODS))
        raise HandlerFailed(said)
    return method


def _quoted(part: str) -> str:
    return quote(part, safe="/%:@!$&'()*+,;=~?")


def _path(of_url: str, inputs: Inputs) -> str:
    """The path of the address with the parts that the input `path` adds, each as it is: a slash in one is part of it."""
    path, added = _quoted(of_url), [quote(part, safe="") for part in given.texts(inputs, "path")]
    if added:
        path = "/".join([path.rstrip("/"), *added])
    if any(segment in (".", "..") for segment in path.lower().replace("%2e", ".").split("/")):
        raise HandlerFailed(sentence("The address has `.` or `..` for a part of its path. Write the path as it is."))
    return path


def _query(inputs: Inputs) -> str:
    pairs: list[tuple[str, str]] = []
    for name, value in given.context(inputs, "query").items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict | list):
                said = sentence("A member of the input `query` holds a context or lists in a list. Give texts or numbers.")
                raise HandlerFailed(said)
            if item is not None:
                pairs.append((name, feel.format_value(item) if not isinstance(item, str) else item))
    return urlencode(pairs, quote_via=quote)


def _headers(inputs: Inputs) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in given.context(inputs, "headers").items():
        if name.lower() in _OURS:
            said = sentence(
                "The input `headers` names one that is not set so: {name}. "
                "Secrets come by the input `credential`; the others are set for you.",
                name=name.lower(),
            )
            raise HandlerFailed(said)
        if not _HEADER.fullmatch(name) or not isinstance(value, str) or not _VALUE.fullmatch(value):
            said = sentence("A header in the input `headers` has a name or value that no header can have. Correct it.")
            raise HandlerFailed(said)
        headers[name] = value
    return headers


def _credential(inputs: Inputs, desk: JobDesk, origin: Origin) -> dict[str, str]:
    name = given.text(inputs, "credential", "")
    if not name:
        return {}
    found = desk.settings.http.credential(name)
    if found is None:
        said = sentence("There is no credential with the name in the input `credential`. Check the setting http_credentials.")
        raise HandlerFailed(said)
    if found.origin != origin:
        said = sentence(
            "The credential {name} is for {origin} only. Check the setting http_credentials.", name=name, origin=found.origin
        )
        raise HandlerFailed(said)
    try:
        secret = (found.file.read_text(encoding="utf-8") if found.file else found.secret).strip()
    except (OSError, UnicodeDecodeError) as error:
        said = sentence("The file of the credential {name} cannot be read. Check the setting http_credentials.", name=name)
        raise HandlerFailed(said) from error
    if not secret or not _VALUE.fullmatch(secret):
        said = sentence(
            "The credential {name} holds nothing that a header can have. Write it in one line of plain letters.", name=name
        )
        raise HandlerFailed(said)
    return {found.header: secret}


def _body(inputs: Inputs) -> tuple[bytes | None, dict[str, str]]:
    """What is sent, and the headers that say what it is."""
    value = inputs.get("body")
    if value is None:
        return None, {}
    if isinstance(value, str):
        return value.encode(), {"Content-Type": "text/plain; charset=utf-8"}
    try:
        return canonical.dumps(cast("canonical.Json", feel.to_json(value))).encode(), {"Content-Type": "application/json"}
    except (ValueError, feel.FeelError) as error:
        said = sentence(
            "The input `body` holds a function or a number of more than 15 digits, which other systems would misread. "
            "Make it text with string()."
        )
        raise HandlerFailed(said) from error


def _expected(inputs: Inputs) -> frozenset[int]:
    value = inputs.get("expect")
    if value is None:
        return frozenset(range(200, 300))
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(isinstance(item, Decimal) and item in range(200, 600) for item in listed):
        said = sentence("The input `expect` is no list of statuses from 200 to 599. Correct it, for example to [200, 404].")
        raise HandlerFailed(said)
    return frozenset(int(item) for item in listed if isinstance(item, Decimal))


def _redirected(question: Question, answer: Answer) -> Question:
    """The question at the place that the answer names, where that is on the same server and the question may be repeated."""
    told = sentence("{origin} sends the call on (status {status})", origin=question.origin, status=answer.status)
    try:
        origin, parts = split_url(urljoin(f"{question.origin}{question.target}", answer.headers.get("location", "")))
    except ValueError as error:
        raise HandlerFailed(sentence("{told} to no address. Call the right one at once.", told=told)) from error
    if origin != question.origin:
        said = sentence("{told} to another server, which is not followed. Call that one at once if it is meant.", told=told)
        raise HandlerFailed(said)
    moved = replace(question, parts=parts._replace(path=_quoted(parts.path), query=_quoted(parts.query), fragment=""))
    if answer.status in (307, 308) or question.method in ("GET", "HEAD"):
        return moved
    if answer.status == 303:
        headers = {name: value for name, value in question.headers.items() if name.lower() != "content-type"}
        return replace(moved, method="GET", headers=headers, body=None)
    said = sentence("{told} without saying that it may be repeated as it is. Call the right address at once.", told=told)
    raise HandlerFailed(said)


def _result(answer: Answer, question: Question, expected: frozenset[int], desk: JobDesk) -> feel.Value:
    if answer.status not in expected:
        told = sentence("{origin} answered with the status {status}", origin=question.origin, status=answer.status)
        if answer.status >= 500 or answer.status in LATER:
            raise TemporaryFailure(sentence("{told}.", told=told), retry_after=_retry_after(answer, desk.now))
        code = f"http-{answer.status}" if answer.status in _NAMED else "http-error"
        said = sentence("{told}. Check what is sent, or name the status in the input `expect`.", told=told)
        raise HandlerFailed(said, error=code)
    headers: dict[str, feel.Value] = {called: answer.headers[name] for name, called in _KEPT.items() if name in answer.headers}
    return {"status": Decimal(answer.status), "headers": headers, "body": _content(answer, question)}


def _content(answer: Answer, question: Question) -> feel.Value:
    """The body as FEEL: JSON as its value, text as text, null where there is none or it is of another kind."""
    declared = answer.headers.get("content-type", "")
    kind, charset = declared.partition(";")[0].strip().lower(), _CHARSET.search(declared)
    if not answer.body:
        return None
    if kind == "application/json" or kind.endswith("+json"):
        value, findings = read_json(answer.body, name="body")
        if findings:
            said = sentence(
                "{origin} calls its answer JSON, which it is not as we take it ({rule}). "
                "Have that corrected, or call another address.",
                origin=question.origin,
                rule=findings[0].rule,
            )
            raise HandlerFailed(said)
        return feel.from_json(value)
    if not kind.startswith("text/"):
        return None
    try:
        return answer.body.decode(charset[1] if charset else "utf-8")
    except (UnicodeError, LookupError) as error:
        said = sentence("{origin} sends text that is not written as it says. Have that corrected.", origin=question.origin)
        raise HandlerFailed(said) from error


def _retry_after(answer: Answer, now: datetime) -> timedelta | None:
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return min(timedelta(seconds=int(text[:9])), _LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(min(at - now, _LONGEST_WAIT), timedelta())


HANDLER: Final = JobHandler(
    run,
    errors=ERRORS,
    inputs=frozenset({"url"}),
    readers={
        "url": partial(given.text, name="url"),
        "path": partial(given.texts, name="path"),
        "method": _method,
        "query": _query,
        "headers": _headers,
        "body": _body,
        "credential": partial(given.text, name="credential", usual=""),
        "expect": _expected,
    },
)

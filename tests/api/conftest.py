"""An installation in memory with two offices, and a browser for each person in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cache, partialmethod
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.settings import ApiSettings
from engine.actor import SYSTEM, Membership, Role
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.commands.sessions import hash_password
from engine.content import read_bundle
from engine.definition import Bundle
from engine.ids import UnitId, UserId
from engine.ports import Session, Unit, User
from engine.settings import EngineSettings
from engine.storage.memory import MemoryStore
from tests.builders import NOON

PASSWORD = "rätt häst batteri"
CSRF = "csrf-token-of-the-tests"


class Browser:
    """One person's cookies and headers, over the one client there is: Litestar's test clients leak when nested."""

    def __init__(self, client: TestClient[Litestar], headers: Mapping[str, str], cookies: Mapping[str, str]) -> None:
        self._client = client
        self.headers = dict(headers)
        self.cookies = dict(cookies)

    def request(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        content: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str | bytes] | None = None,
    ) -> Response:
        """The answer; `json` None sends no body."""
        self._client.cookies.clear()
        for name, value in self.cookies.items():
            self._client.cookies.set(name, value)
        body = {"json": json} if json is not None else {"content": content}
        answer = self._client.request(method, path, headers={**self.headers, **(headers or {})}, **body)  # type: ignore[arg-type]
        self.cookies = {cookie.name: cookie.value or "" for cookie in self._client.cookies.jar}
        return answer

    get = partialmethod(request, "GET")
    post = partialmethod(request, "POST")
    put = partialmethod(request, "PUT")
    patch = partialmethod(request, "PATCH")
    delete = partialmethod(request, "DELETE")


BrowserOf = Callable[[str], Browser]


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


def a_user(name: str, *, unit: str = "", groups: Iterable[str] = (), manages: bool = False, role: Role | None = None) -> User:
    memberships = (Membership(UnitId(unit), frozenset(groups), manages),) if unit else ()
    roles = frozenset({role}) if role else frozenset()
    return User(UserId(name), name, f"{name.capitalize()} Lind", _password_hash(), roles, memberships)


PEOPLE = (
    a_user("karin", unit="north", groups=["coach"]),
    a_user("olle", unit="north", groups=["coach"]),
    a_user("rut", unit="north", groups=["reception"]),
    a_user("hedda", unit="north", groups=["coach", "unit-head"], manages=True),
    a_user("sten", unit="south", groups=["coach", "reception"]),
    a_user("audun", role=Role.AUDITOR),
    a_user("admira", role=Role.ADMINISTRATOR),
    a_user("dag", role=Role.DESIGNER),
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    with store.write() as work:
        work.people.put_unit(Unit(UnitId("north"), "Kontor Norr"))
        work.people.put_unit(Unit(UnitId("south"), "Kontor Syd"))
        for person in PEOPLE:
            work.people.put_user(person)
        work.commit()
    return store


@pytest.fixture
def engine(store: MemoryStore, clock: FixedClock) -> CaseEngine:
    return CaseEngine(store, clock=clock, settings=EngineSettings())


@cache
def _bundle() -> Bundle:
    return read_bundle((Path(__file__).parent / "package",))


@pytest.fixture
def content(engine: CaseEngine) -> None:
    """The test's own process, `errand`, deployed: two notes, a sum, something to tell, and a way out."""
    engine.deploy(SYSTEM, _bundle())


@pytest.fixture
def settings() -> ApiSettings:
    return ApiSettings()


@pytest.fixture
def app(engine: CaseEngine, settings: ApiSettings) -> Litestar:
    return create_app(engine, settings)


@pytest.fixture
def client(app: Litestar) -> Iterator[TestClient[Litestar]]:
    with TestClient(app) as client:
        yield client


@pytest.fixture
def stranger(client: TestClient[Litestar]) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(client, {}, {})


@pytest.fixture
def browser_of(client: TestClient[Litestar], store: MemoryStore, clock: FixedClock, settings: ApiSettings) -> BrowserOf:
    """A browser in which the named person is signed in, its token for changes set."""

    def open_browser(name: str) -> Browser:
        secret = f"secret-of-{name}"
        id_ = hashlib.sha256(secret.encode()).hexdigest()
        now = clock.now()
        with store.write() as work:
            if work.people.session(id_) is None:
                work.people.add_session(Session(id_, UserId(name), CSRF, now, now + timedelta(hours=8)))
            work.commit()
        return Browser(client, {"X-CSRF-Token": CSRF}, {settings.cookie_name: secret})

    return open_browser


@pytest.fixture
def karin(browser_of: BrowserOf) -> Browser:
    """A coach at the northern office."""
    return browser_of("karin")


@pytest.fixture
def case_id(content: None, karin: Browser) -> str:
    """A case at the northern office that waits for two notes."""
    return str(start(karin)["id"])


def start(browser: Browser, *, amount: object = 4, unit: str = "north") -> dict[str, Any]:
    """The case that a start by this person gives."""
    new = {"process": "errand", "unit": unit, "submission": {"subject": "Keys", "amount": amount}}
    answer = browser.post("/api/v1/cases", json=new)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def task_id(browser: Browser, element: str) -> str:
    """The id of the one open task at this element."""
    tasks = browser.get("/api/v1/tasks").json()["items"]
    (found,) = [row["task"]["id"] for row in tasks if row["task"]["element"] == element]
    return str(found)


def complete(browser: Browser, element: str, submission: object = None) -> Response:
    """The answer to completing the one open task at this element."""
    return browser.post(f"/api/v1/tasks/{task_id(browser, element)}/complete", json={"submission": submission or {}})


def write_notes(browser: Browser) -> None:
    """Complete both notes."""
    for element in ("look", "ask"):
        assert complete(browser, element, {"note": "Found"}).status_code == 200

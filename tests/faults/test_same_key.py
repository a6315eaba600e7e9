"""The same request over and over: at once, through two processes on one database, and through others after a restart."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier

import httpx
import pytest

from engine.actor import SYSTEM

from .installation import UNIT, Person, engine_on, install, person, serving
from .looking import broken_rules, read_records

SENDERS = 100
KEY = "a-key-of-sixteen-at-least"


@pytest.fixture
def url(sql_url: str) -> str:
    install(sql_url)
    return sql_url


def sent_as(answer: httpx.Response) -> tuple[int, bytes, str, str]:
    return answer.status_code, answer.content, answer.headers["etag"], answer.headers["location"]


def test_the_same_key_a_hundred_times_at_once_has_one_effect_and_a_hundred_equal_answers(url: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(url, tmp_path / f"server-{number}.log")) for number in (1, 2)]
        annas = [stack.enter_context(person("anna", server)) for server in servers]
        all_ = stack.enter_context(ThreadPoolExecutor(SENDERS))
        barrier = Barrier(SENDERS)

        def start(number: int) -> httpx.Response:
            barrier.wait(timeout=60)
            return annas[number % 2].start_case("often", key=KEY)

        answers = list(all_.map(start, range(SENDERS)))
        assert Counter(answer.status_code for answer in answers) == {201: SENDERS}
        assert len({sent_as(answer) for answer in answers}) == 1
        assert Counter("idempotency-replayed" in answer.headers for answer in answers) == {True: SENDERS - 1, False: 1}
    with engine_on(url) as engine:
        (record,) = read_records(engine)
        assert list(broken_rules(engine, record)) == []


def test_of_two_who_complete_a_task_under_their_own_keys_one_wins_and_the_other_hears_who(url: str, tmp_path: Path) -> None:
    with engine_on(url) as engine, ExitStack() as stack:
        servers = [stack.enter_context(serving(url, tmp_path / f"server-{number}.log")) for number in (1, 2)]
        people = [stack.enter_context(person(*pair)) for pair in zip(("anna", "bertil"), servers, strict=True)]
        both = stack.enter_context(ThreadPoolExecutor(2))
        barrier = Barrier(2)

        def complete(who: Person, task_id: str) -> list[httpx.Response]:
            barrier.wait(timeout=60)
            path, body = f"/tasks/{task_id}/complete", {"submission": {"seen": who.name}}
            return [who.post(path, body, key=f"the-key-of-{who.name}-{task_id}") for _ in range(2)]

        for number in range(5):
            case = engine.start_case(SYSTEM, "permit", unit=UNIT, data={"reference": f"race-{number}"})
            (task,) = engine.case(SYSTEM, case.id).tasks
            answers = list(both.map(complete, people, [task.id, task.id]))
            winner = 0 if answers[0][0].status_code == 200 else 1
            won, again = answers[winner]
            assert (won.status_code, again.status_code, again.content) == (200, 200, won.content)
            assert again.headers["idempotency-replayed"] == "true"
            for refusal in answers[1 - winner]:
                assert (refusal.status_code, refusal.json()["code"]) == (409, "task-already-completed")
                assert refusal.json()["by"] == f"{people[winner].name.capitalize()} Lind"
                assert refusal.json()["at"]


def test_the_answer_is_the_same_after_a_restart_when_the_thing_has_changed(url: str, tmp_path: Path) -> None:
    with serving(url, tmp_path / "server.log") as server:
        with person("anna", server) as anna:
            first = anna.start_case("once", key=KEY)
            path = f"/cases/{first.json()['id']}/suspend"
            assert anna.post(path, {"reason": "Waits"}).status_code == 200
        server.kill()
        server.start()
        with person("anna", server) as anna:
            again = anna.start_case("once", key=KEY)
            assert sent_as(again) == sent_as(first)
            assert again.headers["idempotency-replayed"] == "true"
            other = anna.start_case("twice", key=KEY)
            assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")

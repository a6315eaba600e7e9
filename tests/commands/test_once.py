"""A request that is sent again: one effect, the same answer. On each store."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.commands.occurrence import Occurrence
from engine.commands.once import KEPT, MOST_KEPT_BYTES, once
from engine.errors import AnswerNotKept, NotPossible, RequestKeyReused, RevisionConflict
from engine.ids import UnitId, UserId
from engine.ports import Answer, Request, Store, Unit
from tests.builders import NOON

REQUEST = Request(UserId("kim"), "a-key-of-my-own", "digest", NOON)


class Effect:
    """Adds one more unit each time it is done, and answers how many there are."""

    def __init__(self, store: Store, *, fails: tuple[Exception, ...] = (), padding: int = 0) -> None:
        self._store = store
        self._failures = list(fails)
        self._padding = padding
        self.times = 0

    def __call__(self) -> Answer:
        self.times += 1
        with self._store.write() as work:
            number = len(work.people.units()) + 1
            work.people.put_unit(Unit(UnitId(f"unit-{number}"), "Kontor"))
            work.commit()
        if self._failures:
            raise self._failures.pop(0)
        return Answer(201, {"etag": f'"{number}"'}, f"{number} å".encode() + b"x" * self._padding)


def units(store: Store) -> int:
    with store.read() as work:
        return len(work.people.units())


def test_the_same_request_has_one_effect_and_one_answer(store: Store) -> None:
    effect = Effect(store)
    first = once(store, REQUEST, effect)
    effect()  # somebody else does something meanwhile
    again = once(store, replace(REQUEST, at=NOON + timedelta(hours=23)), effect)
    assert first == (Answer(201, {"etag": '"1"'}, "1 å".encode()), False)
    assert again == (first[0], True)
    assert units(store) == 2


def test_the_key_of_another_person_is_another_key(store: Store) -> None:
    effect = Effect(store)
    once(store, REQUEST, effect)
    assert once(store, replace(REQUEST, user_id=UserId("mia"), digest="other"), effect)[0].body == "2 å".encode()


def test_a_key_stands_for_one_request(store: Store) -> None:
    effect = Effect(store)
    once(store, REQUEST, effect)
    with pytest.raises(RequestKeyReused):
        once(store, replace(REQUEST, digest="other"), effect)
    assert effect.times == 1


def test_a_refused_request_leaves_nothing_and_is_judged_anew(store: Store) -> None:
    effect = Effect(store, fails=(NotPossible("no"),))
    with pytest.raises(NotPossible):
        once(store, REQUEST, effect)
    assert units(store) == 0
    assert once(store, replace(REQUEST, digest="mended"), effect)[1] is False
    assert units(store) == 1


def test_a_lost_race_is_run_again_once_as_a_whole(store: Store) -> None:
    effect = Effect(store, fails=(RevisionConflict("changed"),))
    assert once(store, REQUEST, effect)[0].body == "1 å".encode()
    assert (effect.times, units(store)) == (2, 1)
    effect = Effect(store, fails=(RevisionConflict("changed"), RevisionConflict("changed")))
    with pytest.raises(RevisionConflict):
        once(store, replace(REQUEST, key="another-key-of-mine"), effect)
    assert (effect.times, units(store)) == (2, 1)


@pytest.mark.parametrize(("lost", "tries"), [(1, 2), (2, 2)])
def test_a_race_that_is_lost_without_a_key_is_tried_once_more_too(store: Store, lost: int, tries: int) -> None:
    tried: list[int] = []

    def add(at: Occurrence) -> None:
        tried.append(len(tried))
        at.unit.people.put_unit(Unit(UnitId(f"unit-{len(tried)}"), "Kontor"))
        if len(tried) <= lost:
            raise RevisionConflict("changed")

    engine = CaseEngine(store, clock=FixedClock(NOON))
    with suppress(RevisionConflict) if lost == tries else nullcontext():
        engine._write(SYSTEM, add)
    assert len(tried) == tries
    assert units(store) == tries - lost


def test_when_the_answer_cannot_be_kept_the_effect_is_not_there_either(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    effect = Effect(store)
    with store.write() as work:
        kind = type(work.requests)
    with monkeypatch.context() as broken:
        broken.setattr(kind, "finish", _run_out)
        with pytest.raises(MemoryError):
            once(store, REQUEST, effect)
    assert units(store) == 0
    assert once(store, REQUEST, effect)[1] is False


def _run_out(*_: object) -> None:
    raise MemoryError


def test_an_answer_that_is_too_large_is_not_kept_and_says_so(store: Store) -> None:
    effect = Effect(store, padding=MOST_KEPT_BYTES)
    assert len(once(store, REQUEST, effect)[0].body) > MOST_KEPT_BYTES
    with pytest.raises(AnswerNotKept) as refusal:
        once(store, REQUEST, effect)
    assert refusal.value.at == NOON
    assert effect.times == 1


def test_a_request_is_forgotten_after_a_day(store: Store) -> None:
    clock = FixedClock(NOON)
    engine, effect = CaseEngine(store, clock=clock), Effect(store)
    once(store, REQUEST, effect)
    clock.move_to(NOON + KEPT)
    engine.forget_drafts()
    assert once(store, REQUEST, effect)[1] is True
    clock.move_to(NOON + KEPT + timedelta(seconds=1))
    engine.forget_drafts()
    assert once(store, REQUEST, effect)[1] is False
    assert units(store) == 2


def test_a_request_of_a_release_that_kept_no_answers_is_not_done_again(store: Store) -> None:
    with store.write() as work:
        work.requests.begin(replace(REQUEST, digest=""))
        work.commit()
    effect = Effect(store)
    with pytest.raises(AnswerNotKept):
        once(store, REQUEST, effect)
    assert effect.times == 0


def test_many_at_once_have_one_effect(store: Store) -> None:
    effect, gate = Effect(store), threading.Barrier(12)

    def send(_: int) -> tuple[Answer, bool]:
        gate.wait(20)
        return once(store, REQUEST, effect)

    with ThreadPoolExecutor(12) as pool:
        given = list(pool.map(send, range(12)))
    assert {answer.body for answer, _ in given} == {"1 å".encode()}
    assert [is_replay for _, is_replay in given].count(False) == 1
    assert (effect.times, units(store)) == (1, 1)

"""What tests of compensation share."""

from __future__ import annotations

from typing import Any

from engine.canonical import loads
from tests.bpmn.diagrams import (
    end,
    process,
    script,
    start,
    sub,
    undone,
    user,
)  # fmt: skip
from tests.bpmn.driver import Driver

FOR = {"isForCompensation": "true"}


def one(*parts: str, called: tuple[str, ...] = ()) -> Driver:
    more = [process(*called, key="called")] if called else []
    return Driver(process(start(), *parts), *more)


def tokens(case: Driver) -> list[dict[str, Any]]:
    assert case.state is not None
    state: Any = loads(case.state)
    rows: list[dict[str, Any]] = state["tokens"]
    return rows


def by(id_: str, undoer: str = "", **attributes: str) -> str:
    """A user task and the user task that undoes it."""
    undoer = undoer or f"un{id_}"
    return user(id_) + undone(id_, undoer) + user(undoer, **FOR, **attributes)


def undoable(id_: str, *, loop_: str = "") -> str:
    inner = (
        script(f"{id_}1", '{a: "one"}'),
        undone(f"{id_}1", f"u{id_}1"),
        script(f"u{id_}1", '{got: append(got, "1", a, b)}', **FOR),
    )
    more = (user(f"{id_}2"), undone(f"{id_}2", f"u{id_}2"), user(f"u{id_}2", **FOR))
    return sub(
        id_, start(f"{id_}s"), *inner, *more, end(f"{id_}e"), f"{id_}s > {id_}1 > {id_}2 > {id_}e", local=("b",), loop=loop_
    )

"""Logs say what happened and where, never what somebody typed."""

from __future__ import annotations

import ast
import asyncio
import io
import json
import logging
import threading
from pathlib import Path

import pytest
import structlog

from engine.errors import Misconfigured, NotFound, Rejected, StegvisError
from engine.observing import failure
from engine.telemetry.fields import FIELDS, LONGEST, KeepFields
from engine.telemetry.logs import log_to, tell_to
from tests.conftest import Written

ROOT = Path(__file__).resolve().parents[2]
WHO = "Tora Canarie 20250101-TF12"
LEVELS = {"debug", "info", "warning", "error", "critical"}


def told_in_code() -> dict[str, set[str]]:
    """The fields of every call of a logger in our code, by file and line; `**` as the function that gives them."""
    found: dict[str, set[str]] = {}
    for file in [*(ROOT / "engine").rglob("*.py"), *(ROOT / "api").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS):
                continue
            if "log" in ast.unparse(node.func.value).lower():
                where = f"{file.relative_to(ROOT)}:{node.lineno}"
                found[where] = {word.arg or f"**{ast.unparse(word.value)}" for word in node.keywords}
    return found


def test_no_code_of_ours_tells_a_field_that_is_not_allowed() -> None:
    told = told_in_code()
    assert len(told) > 5
    given = {"**failure(error)", "**observing.failure(error)", "**failure(args.exc_value)", "**_told(record)", "**about"}
    given |= {"**failure(unraisable.exc_value)"}
    assert {where: names - FIELDS - given for where, names in told.items() if names - FIELDS - given} == {}


def test_a_field_that_is_not_allowed_is_left_out() -> None:
    assert KeepFields()(None, "info", {"event": "step", "name": WHO, "status": 3}) == {"event": "step", "status": 3}


def test_in_tests_a_field_that_is_not_allowed_is_an_error() -> None:
    with pytest.raises(ValueError, match="name"):
        structlog.get_logger().info("step", name=WHO)


def test_a_sentence_is_no_event() -> None:
    assert KeepFields()(None, "info", {"event": f"{WHO} signed in"}) == {"event": "unnamed"}
    with pytest.raises(ValueError, match="may not say"):
        structlog.get_logger().info(f"{WHO} signed in")


def test_values_are_short_and_plain() -> None:
    kept = KeepFields()(
        None, "info", {"event": "step", "message": "x" * 1_000, "case": {"a": 1}, "seconds": 0.5, "status": None}
    )
    assert kept == {"event": "step", "message": "x" * LONGEST, "case": "{'a': 1}", "seconds": 0.5, "status": None}


def test_a_line_is_json_with_its_time_level_and_event(logged: Written) -> None:
    structlog.get_logger("stegvis.test").warning("step-failed", case="c1")
    (line,) = logged()
    assert line.pop("time").endswith("Z")
    assert line == {"event": "step-failed", "level": "warning", "case": "c1"}


@pytest.mark.parametrize(
    ("form", "is_terminal", "is_json"), [("auto", False, True), ("auto", True, False), ("json", True, True)]
)
def test_lines_are_json_but_on_a_terminal_or_as_set(form: str, is_terminal: bool, is_json: bool) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return is_terminal

    before, stream = structlog.get_config(), Stream()
    tell_to(stream, "info", form)
    structlog.get_logger().info("step")
    structlog.configure(**before)
    assert stream.getvalue().startswith("{") is is_json
    assert "step" in stream.getvalue()


def test_setting_logs_up_twice_tells_everything_once(logged: Written) -> None:
    stream = io.StringIO()
    log_to(stream, "info", "json")
    logging.getLogger("other").warning("At %s.", WHO)
    assert len(stream.getvalue().splitlines()) == 1


def test_what_libraries_tell_in_passing_is_told_at_debug_level_only(logged: Written) -> None:
    logging.getLogger("other").info("At %s.", WHO)
    assert len(logged()) == 1
    stream = io.StringIO()
    log_to(stream, "info", "json")
    logging.getLogger("other").info("At %s.", WHO)
    assert stream.getvalue() == ""


@pytest.mark.parametrize("name", ["_granian", "sqlalchemy.engine.Engine", "alembic.runtime.migration", "procrastinate.worker"])
def test_other_libraries_tell_what_stands_in_their_code_and_nothing_else(logged: Written, name: str) -> None:
    log = logging.getLogger(name)
    log.error("Running upgrade %s", WHO)
    log.error(f"A text with {WHO} in it")
    log.error("Wrong %d", WHO)
    try:
        raise ValueError(WHO)
    except ValueError:
        log.exception("It failed")
    first, second, third, last = logged()
    assert (first["logger"], first["level"], first["message"]) == (name, "error", "Running upgrade %s")
    assert "message" not in second
    assert third["message"] == "Wrong %d"
    assert (last["error"], last["at"][:13]) == ("ValueError", "test_logs.py:")
    assert "Canarie" not in json.dumps(logged())


def test_a_thread_that_ends_by_an_error_is_told_without_its_text(logged: Written, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise RuntimeError(WHO)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    (line,) = logged()
    assert (line["event"], line["error"]) == ("thread-failed", "RuntimeError")
    assert "Canarie" not in json.dumps(line) + capsys.readouterr().err


def test_a_task_of_asyncio_that_nobody_awaits_is_told_without_its_text(logged: Written) -> None:
    async def fail() -> None:
        raise RuntimeError(WHO)

    async def leave() -> None:
        task = asyncio.create_task(fail())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task

    asyncio.run(leave())
    assert [line["error"] for line in logged() if "error" in line] == ["RuntimeError"]
    assert "Canarie" not in json.dumps(logged())


@pytest.mark.parametrize("error", [NotFound("case", WHO), Rejected(WHO), ValueError(WHO), StegvisError(WHO)])
def test_an_error_is_told_by_kind_and_place(error: Exception) -> None:
    try:
        raise error
    except (StegvisError, ValueError) as caught:
        told = failure(caught)
    assert told["error"] == type(error).__name__
    assert told["at"].startswith("test_logs.py:")
    assert told.get("code", "") == getattr(error, "code", "")
    assert "Canarie" not in json.dumps(told)


def test_what_is_wrong_with_the_installation_is_told_in_full() -> None:
    assert failure(Misconfigured("The disk is full."))["message"] == "The disk is full."

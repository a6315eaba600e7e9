"""Compensation: what is done is undone by its handlers, the last done first (BPMN 2.0.2 §10.7, §13.5.5)."""

from __future__ import annotations

from typing import Any

import pytest

from engine.bpmn import compile_diagram
from engine.bpmn.compiler import specification
from engine.bpmn.reader import read_definitions
from engine.canonical import loads
from engine.history import EventType
from engine.xml import parse_trusted, read_xml
from tests.bpmn.diagrams import (
    both,
    boundary,
    call,
    catch,
    diagram,
    end,
    error,
    error_end,
    escalation,
    handler,
    in_sequence,
    loop,
    manual,
    message,
    process,
    script,
    some,
    standard_loop,
    start,
    sub,
    tag,
    terminate,
    throw,
    undo,
    undone,
    user,
    xor,
)  # fmt: skip
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import findings_of, refused

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


# the happy path


@pytest.mark.parametrize("last", [throw("th", undo()) + user("z"), ""])
def test_what_is_done_is_undone_in_reverse_order_and_the_thrower_waits(last: str) -> None:
    way = "s > a > b > th > z > e" if last else "s > a > b > e"
    case = one(by("a"), by("b"), last, end("e", "" if last else undo()), way).start().complete("a").complete("b")
    assert case.paths == ["unb"]
    assert case.complete("unb").paths == ["una"]
    assert case.complete("una").paths == (["z"] if last else [])
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["b", "a"]
    assert case.told(EventType.COMPENSATION_THROWN) == (["th"] if last else ["e"])
    assert (case.status == "completed") is not bool(last)


def test_only_what_is_completed_is_undone() -> None:
    parts = (both("f"), by("a"), by("b"), by("c"), throw("th", undo()), user("z"), end())
    case = one(*parts, "s > f > a > th > z > e", "f > b > e", "z > c").start().complete("a")
    assert case.paths == ["b", "una"]
    assert case.complete("b").complete("una").paths == ["z"]


def test_everything_is_undone_once() -> None:
    parts = (by("a"), throw("th", undo()), throw("th2", undo()), by("b"), throw("th3", undo()), user("z"), end())
    case = one(*parts, "s > a > th > th2 > b > th3 > z > e").start().complete("a").complete("una")
    assert case.complete("b").paths == ["unb"]
    assert case.complete("unb").paths == ["z"]


def test_one_activity_is_undone_by_its_name() -> None:
    parts = (by("a"), by("b"), by("c"), throw("th", undo("b")), user("y"), throw("th2", undo()), user("z"), end())
    case = one(*parts, "s > a > b > c > th > y > th2 > z > e").start().complete("a").complete("b").complete("c")
    assert case.paths == ["unb"]
    assert case.complete("unb").paths == ["y"]
    assert case.complete("y").paths == ["unc"], "the others are still there, b is not"
    assert case.complete("unc").complete("una").paths == ["z"]


def test_a_thrower_that_does_not_wait_goes_on_at_once() -> None:
    parts = (by("a"), by("b"), throw("th", undo(waits=False)), user("z"), end())
    case = one(*parts, "s > a > b > th > z > e").start().complete("a").complete("b")
    assert case.paths == ["unb", "z"]
    case.complete("z")
    assert (case.paths, case.status) == (["unb"], "active"), "the case is not over before it is undone"
    case.complete("unb").complete("una")
    assert case.status == "completed"
    assert case.told(EventType.ELEMENT_COMPLETED).count("th") == 1


def test_an_end_that_does_not_wait() -> None:
    case = one(by("a"), end("e", undo(waits=False)), "s > a > e").start().complete("a")
    assert case.paths == ["una"]
    assert case.complete("una").status == "completed"


def test_nothing_to_undo_is_no_obstacle() -> None:
    case = one(by("a"), xor("x", "x-th"), throw("th", undo()), user("z"), end(), "s > x > [x > 1] a > e", "x > th > z > e")
    assert case.start(x=0).paths == ["z"]
    assert [told["names"] for type_, _, told in case.payloads if type_ == EventType.COMPENSATION_THROWN] == [""]


def test_an_end_of_a_sub_process_undoes_what_was_done_in_it() -> None:
    inner = sub("sp", start("is"), by("b"), end("ie", undo()), "is > b > ie")
    case = one(by("a"), inner, throw("th", undo()), user("z"), end(), "s > a > sp > th > z > e")
    case.start().complete("a").complete("b")
    assert case.paths == ["unb"]
    assert case.complete("unb").paths == ["una"], "the sub-process has nothing left, what is around it has"


# kinds of handlers and of what they undo


def test_a_script_undoes_with_the_data_of_now() -> None:
    parts = (
        script("a", "{x: 1}"),
        undone("a", "un"),
        script("un", "{y: x + 1}", **FOR),
        user("u"),
        throw("th", undo()),
        user("z"),
    )
    case = one(*parts, end(), "s > a > u > th > z > e").start().complete("u", x=5)
    assert (case.paths, case.values["y"]) == (["z"], 6)


@pytest.mark.parametrize("kind", ["task", "manual", "receive", "call", "sub", "loop"])
def test_any_activity_can_undo(kind: str) -> None:
    handlers = {
        "task": tag("task", "un", **FOR),
        "manual": manual("un", **FOR),
        "receive": tag("receiveTask", "un", messageRef="m", **FOR),
        "call": call("un", "called", isForCompensation="true"),
        "sub": sub("un", start("is"), user("in"), end("ie"), "is > in > ie").replace(
            'id="un"', 'id="un" isForCompensation="true"'
        ),
        "loop": user("un", in_sequence(loop("list", "item")), **FOR),
    }
    called = (start(), user("in"), end(), "s > in > e")
    case = one(
        user("a"), undone("a", "un"), handlers[kind], throw("th", undo()), user("z"), end(), "s > a > th > z > e", called=called
    )
    case.start(list=[1, 2]).complete("a")
    match kind:
        case "manual":
            case.complete("un")
        case "receive":
            case.trigger("un")
        case "call":
            case.complete("un.in")
        case "sub":
            case.complete("in")
        case "loop":
            case.complete("un").complete("un")
        case _:
            pass
    assert case.paths == ["z"]
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["a"]


def test_a_handler_is_in_the_lists_with_its_path() -> None:
    called = (start(), by("a"), throw("th", undo()), end(), "s > a > th > e")
    case = one(call("c", "called"), end(), "s > c > e", called=called).start().complete("c.a")
    assert case.paths == ["c.una"]
    assert case.complete("c.una").status == "completed"


# loops


@pytest.mark.parametrize("kind", ["parallel", "sequential", "standard"])
def test_each_round_is_undone_and_sees_what_was_its_own(kind: str) -> None:
    marker = {
        "parallel": loop("list", "item", local=("b",)),
        "sequential": in_sequence(loop("list", "item", local=("b",))),
        "standard": standard_loop(most="3"),
    }[kind]
    given = "[item, loopCounter, b]" if kind != "standard" else "loopCounter"
    parts = (user("a", marker), undone("a", "un"), script("un", f"{{got: append(got, {given})}}", **FOR))
    case = one(*parts, throw("th", undo()), user("z"), end(), "s > a > th > z > e").start(list=["x", "y", "w"], got=[])
    for round_ in (2, 1, 3) if kind == "parallel" else (1, 2, 3):
        case.complete("a", round_, **({} if kind == "standard" else {"b": round_ * 10}))
    assert case.paths == ["z"]
    if kind == "standard":
        assert case.values["got"] == [3, 2, 1]
    else:
        order = [(3, "w"), (1, "x"), (2, "y")] if kind == "parallel" else [(3, "w"), (2, "y"), (1, "x")]
        assert case.values["got"] == [[item, number, number * 10] for number, item in order]
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["a", "a", "a"]


def test_rounds_that_were_withdrawn_are_not_undone() -> None:
    parts = (user("a", loop("list", "item", until="numberOfCompletedInstances = 2")), undone("a", "un"), user("un", **FOR))
    case = one(*parts, throw("th", undo("a")), user("z"), end(), "s > a > th > z > e").start(list=[1, 2, 3])
    case.complete("a", 1).complete("a", 3)
    assert [case.task("un").loop_counter, case.complete("un").task("un").loop_counter] == [3, 1]
    assert case.complete("un").paths == ["z"]


def test_a_loop_that_is_under_way_is_not_undone() -> None:
    parts = (
        both("f"),
        user("a", loop("list")),
        undone("a", "un"),
        user("un", **FOR),
        user("b"),
        throw("th", undo()),
        user("z"),
    )
    case = one(*parts, end(), "s > f > a > e", "f > b > th > z > e").start(list=[1, 2]).complete("a", 1).complete("b")
    assert case.paths == ["a", "z"]


def test_a_loop_drawn_with_flows_is_undone_for_each_time() -> None:
    parts = (by("a"), xor("x", "x-a"), throw("th", undo()), user("z"), end())
    case = one(*parts, "s > a > x > [x > 2] th > z > e", "x > a").start(x=0)
    case.complete("a").complete("a").complete("a", x=3)
    assert case.complete("una").complete("una").paths == ["una"]
    assert case.complete("una").paths == ["z"]


# what holds others


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


def test_a_sub_process_is_undone_by_what_is_in_it_with_the_data_it_had() -> None:
    case = one(undoable("sp"), user("y"), throw("th", undo("sp")), user("z"), end(), "s > sp > y > th > z > e")
    case.start(got=[]).complete("sp2", b=7)
    case.complete("y", b=8)
    assert case.paths == ["usp2"]
    case.complete("usp2")
    assert (case.paths, case.values["got"]) == (["z"], ["1", "one", 7])
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["sp2", "sp1", "sp"]


def test_rounds_of_a_sub_process_are_undone_each_with_its_data() -> None:
    case = one(undoable("sp", loop_=loop("list", "item")), throw("th", undo()), user("z"), end(), "s > sp > th > z > e")
    case.start(list=[1, 2], got=[]).complete("sp2", 2, b=20).complete("sp2", 1, b=10)
    case.complete("usp2").complete("usp2")
    assert (case.paths, case.values["got"]) == (["z"], ["1", "one", 10, "1", "one", 20])


def test_a_handler_on_the_border_stands_for_those_inside() -> None:
    parts = (
        undoable("sp"),
        undone("sp", "un"),
        user("un", **FOR),
        throw("th", undo()),
        user("z"),
        end(),
        "s > sp > th > z > e",
    )
    case = one(*parts).start(got=[]).complete("sp2")
    assert case.paths == ["un"]
    assert case.complete("un").paths == ["z"]


def test_sub_processes_in_sub_processes() -> None:
    middle = sub("mid", start("ms"), by("a"), undoable("sp"), by("b"), end("me"), "ms > a > sp > b > me")
    case = one(middle, throw("th", undo()), user("z"), end(), "s > mid > th > z > e").start(got=[])
    case.complete("a").complete("sp2", b=1).complete("b")
    assert case.complete("unb").paths == ["usp2"]
    assert case.complete("usp2").paths == ["una"]
    assert case.complete("una").paths == ["z"]
    assert case.told(EventType.ELEMENT_COMPENSATED) == ["b", "sp2", "sp1", "sp", "a", "mid"]


def test_a_call_is_undone_by_what_is_in_it_with_its_own_data() -> None:
    called = (start(), script("a", "{x: i * 2}"), undone("a", "un"), user("un", **FOR), user("b"), end(), "s > a > b > e")
    parts = (
        call("c", "called", {"i": "21"}, {"y": "x"}),
        user("m"),
        throw("th", undo()),
        user("z"),
        end(),
        "s > c > m > th > z > e",
    )
    case = one(*parts, called=called).start().complete("c.b").complete("m", x=0)
    assert case.paths == ["c.un"]
    task = case.task("c.un")
    assert case.data.read(task.scope, "x") == 42
    assert case.complete("c.un", x=0).paths == ["z"]
    assert (case.values["y"], case.values["x"]) == (42, 0)


def test_a_newer_version_that_is_called_changes_nothing_for_what_was_done() -> None:
    called = (start(), by("a"), end(), "s > a > e")
    case = one(
        call("c", "called", version="latest"), throw("th", undo()), user("z"), end(), "s > c > th > z > e", called=called
    )
    case.start()
    case.shelf.processes.append(process(start(), user("new"), end(), "s > new > e", key="called", version=2))
    assert case.complete("c.a").paths == ["c.una"]
    assert case.complete("c.una").paths == ["z"]


# what goes wrong


def test_a_handler_that_fails_is_an_incident_and_the_thrower_waits() -> None:
    parts = (by("b"), user("a"), undone("a", "un"), script("un", "{y: x + 1}", **FOR), throw("th", undo()), user("z"), end())
    case = one(*parts, "s > b > a > th > z > e").start(x="text").complete("b").complete("a")
    assert (case.incident().element, case.paths) == ("un", [])
    assert case.retry("un").paths == []
    assert case.correct(x=1).retry("un").paths == ["unb"]
    assert case.complete("unb").paths == ["z"]


def test_what_withdraws_the_scope_withdraws_the_undoing() -> None:
    inner = sub("sp", start("is"), by("a"), by("b"), throw("th", undo()), end("ie"), "is > a > b > th > ie")
    case = one(inner, boundary("bo", "sp", message()), user("w"), end(), "s > sp > e", "bo > w > e")
    case.start().complete("a").complete("b")
    assert case.paths == ["unb"]
    assert case.trigger("bo").paths == ["w"]
    assert "own" not in tokens(case)[0]


def test_an_activity_that_was_interrupted_is_not_undone() -> None:
    parts = (by("a"), boundary("bo", "a", message()), throw("th", undo()), user("z"), end())
    case = one(*parts, "s > a > th > z > e", "bo > th").start().trigger("bo")
    assert case.paths == ["z"]


def test_an_interrupted_sub_process_takes_its_list_along() -> None:
    inner = sub("sp", start("is"), by("a"), user("k"), end("ie"), "is > a > k > ie")
    case = one(inner, boundary("bo", "sp", message()), throw("th", undo()), user("z"), end(), "s > sp > z > e", "bo > th > z")
    assert case.start().complete("a").trigger("bo").paths == ["z"]


def test_a_terminated_sub_process_is_undone_as_far_as_it_came() -> None:
    inner = sub("sp", start("is"), both("f"), by("a"), user("k"), terminate("t"), end("ie"), "is > f > a > t", "f > k > ie")
    case = one(inner, throw("th", undo()), user("z"), end(), "s > sp > th > z > e").start().complete("a")
    assert case.paths == ["una"]


def test_an_error_in_a_handler_goes_outwards_past_what_is_undone() -> None:
    handler = sub("un", start("hs"), error_end("he"), "hs > he").replace('id="un"', 'id="un" isForCompensation="true"')
    done = sub("a", start("as"), end("ae"), "as > ae")
    own = (boundary("own", "a", error()), user("x"), throw("th", undo()), end("ie"), "is > a > th > ie", "own > x > ie")
    inner = sub("sp", start("is"), done, undone("a", "un"), handler, *own)
    case = one(inner, boundary("bo", "sp", error()), user("w"), end(), "s > sp > e", "bo > w > e").start()
    assert case.paths == ["w"]


def test_an_escalation_in_what_is_undone_goes_past_its_own_border() -> None:
    handler = throw("esc", escalation())
    un = sub("un", start("us"), handler, end("ue"), "us > esc > ue").replace('id="un"', 'id="un" isForCompensation="true"')
    done = sub("a", start("as"), script("b", "{x: 1}"), undone("b", "un"), un, end("ae"), "as > b > ae")
    own = boundary("own", "a", escalation(), interrupting=False)
    case = one(done, own, user("x"), throw("th", undo()), user("z"), end(), "s > a > th > z > e", "own > x > e").start()
    assert case.paths == ["z"]


def test_a_case_that_is_cancelled_while_undoing() -> None:
    case = one(by("a"), by("b"), throw("th", undo()), end(), "s > a > b > th > e").start().complete("a").complete("b")
    assert case.cancel().status == "cancelled"


def test_a_case_that_ends_leaves_no_list_behind() -> None:
    case = one(undoable("sp"), end(), "s > sp > e").start(got=[]).complete("sp2")
    assert case.status == "completed"


# joins


def test_an_inclusive_join_does_not_wait_for_an_undoing_beside_the_flows() -> None:
    parts = (by("a"), both("f"), throw("th", undo(waits=False)), xor("x", "x-e"), user("k"), some("j"), user("z"), end())
    case = one(*parts, "s > a > f > th > x > [x > 1] j", "x > e", "f > k > j > z > e").start(x=0).complete("a")
    assert case.paths == ["k", "una"]
    assert case.complete("k").paths == ["una", "z"], "what undoes stands at `th`, but goes nowhere from there"


def test_a_join_waits_for_a_thrower_that_waits() -> None:
    parts = (by("a"), both("f"), throw("th", undo()), user("k"), some("j"), user("z"), end())
    case = one(*parts, "s > a > f > th > j", "f > k > j > z > e").start().complete("a").complete("k")
    assert case.paths == ["una"]
    assert case.complete("una").paths == ["z"]


# order


def test_what_a_boundary_event_led_to_is_undone_before_its_activity() -> None:
    parts = (
        by("a"),
        boundary("bo", "a", message(), interrupting=False),
        by("b"),
        by("c"),
        throw("th", undo()),
        user("z"),
        end(),
    )
    case = one(*parts, "s > c > a > th > z > e", "bo > b > e").start().complete("c").trigger("bo")
    case.complete("b").complete("a")
    assert case.paths == ["unb"]
    assert case.complete("unb").paths == ["una"]
    assert case.complete("una").paths == ["unc"]


# state


def test_nothing_is_kept_where_nothing_can_be_undone() -> None:
    inner = sub("sp", start("is"), user("b", loop("list")), end("ie"), "is > b > ie", local=("x",))
    case = one(user("a"), inner, user("z"), end(), "s > a > sp > z > e").start(list=[1]).complete("a").complete("b")
    assert all("ledger" not in row.get("own", {}) for row in tokens(case))
    assert len(case.data.scopes) == 1


def test_what_nothing_asks_for_is_not_kept() -> None:
    inner = sub("sp", start("is"), by("b"), end("ie"), "is > b > ie", local=("x",))
    parts = (by("a"), by("c"), inner, throw("th", undo("c")), user("z"), end(), "s > a > sp > c > th > z > e")
    case = one(*parts).start().complete("a").complete("b")
    assert "ledger" not in tokens(case)[0].get("own", {})
    assert len(case.data.scopes) == 1
    assert case.complete("c").paths == ["unc"]


@pytest.mark.parametrize("where", ["around", "event sub-process"])
def test_what_is_asked_for_from_elsewhere_is_kept(where: str) -> None:
    inner = sub("sp", start("is"), by("b"), end("ie"), "is > b > ie")
    if where == "around":
        case = one(inner, user("y"), throw("th", undo("sp")), end(), "s > sp > y > th > e").start().complete("b").complete("y")
    else:
        caught = handler("h", message(), throw("th", undo()), end("he"), "h-s > th > he", interrupting=False)
        case = one(by("b"), user("y"), caught, end(), "s > b > y > e").start().complete("b").trigger("h-s")
    assert "unb" in [path.rpartition(".")[2] for path in case.paths]


def test_a_list_holds_ids_and_no_data() -> None:
    case = (
        one(undoable("sp"), user("y"), throw("th", undo()), end(), "s > sp > y > th > e")
        .start(got=[])
        .complete("sp2", b="secret")
    )
    (entry,) = tokens(case)[0]["own"]["ledger"]
    assert (entry["at"], [part["at"] for part in entry["inner"]]) == ("sp", ["sp1", "sp2"])
    assert case.state is not None
    assert "secret" not in case.state


# compiled and restored


@pytest.mark.parametrize("where", ["process", "collaboration"])
def test_a_stored_version_keeps_the_association_to_the_handler_and_no_other(where: str) -> None:
    association = tag("association", "a-un", sourceRef="a!", targetRef="un")
    text = diagram(start(), user("a"), undone("a", "un"), user("un", **FOR), end("e", undo()), "s > a > e").decode()
    text = text.replace(text[text.index("<association") : text.index("</association>") + len("</association>")], "")
    drawn = '<textAnnotation id="n"/>' + tag("association", "a-n", sourceRef="a!", targetRef="n")
    if where == "process":
        text = text.replace("</process>", f"{association}{drawn}</process>")
    else:
        pool = f'<collaboration id="c"><participant id="pool" processRef="p"/>{association}{drawn}</collaboration>'
        text = text.replace("</definitions>", f"{pool}</definitions>")
    root, _ = read_xml(text.encode(), name="process.bpmn")
    assert root is not None
    compiled = compile_diagram(root)
    model, findings = read_definitions(parse_trusted(compiled), file="stored")
    assert (model is not None, findings) == (True, [])
    assert model is not None
    specification(model)
    assert "a-un" in compiled
    assert "a-n" not in compiled


# refused


GOOD = (start(), user("a"), undone("a", "un"), tag("task", "un", **FOR), end("e", undo()))


def test_a_good_diagram_has_no_findings() -> None:
    assert [finding.rule for finding in findings_of(*GOOD, "s > a > e") if finding.is_error] == ["no-form"]


BORDER = tag("boundaryEvent", "a!", "<compensateEventDefinition/>", attachedToRef="a")


@pytest.mark.parametrize(
    ("parts", "element"),
    [
        ((BORDER, tag("task", "un", **FOR)), "a!"),
        ((BORDER,), "a!"),
        ((undone("a", "un"), undone("a", "un").replace("a!", "a2!").replace("a-un", "a-un2"), tag("task", "un", **FOR)), "a!"),
        ((undone("a", "un"), tag("task", "un")), "a!"),
        ((undone("a", "gone"),), "a!"),
        ((undone("a", "s"),), "a!"),
        ((undone("a", "un"), tag("task", "un", **FOR), "un > e"), "un"),
        ((undone("a", "un"), tag("task", "un", **FOR), "s > un"), "un"),
        ((undone("a", "un"), tag("task", "un", **FOR), "a! > e"), "a!"),
        ((undone("a", "un"), manual("un", **FOR), boundary("b", "un", message()), end("e2"), "b > e2"), "un"),
        ((undone("a", "un"), undone("b", "un"), tag("task", "b"), tag("task", "un", **FOR), "s > b > e"), "un"),
        ((tag("task", "un", **FOR),), "un"),
        (
            (
                undone("a", "un").replace("sourceRef", "X").replace("targetRef", "sourceRef").replace("X", "targetRef"),
                tag("task", "un", **FOR),
            ),
            "a!",
        ),
        ((undone("a", "un"), sub("sp", start("is"), tag("task", "un", **FOR), end("ie"), "is > ie"), "s > sp > e"), "a!"),
        ((undone("a", "un").replace("<compensateEventDefinition/>", undo("b")), tag("task", "un", **FOR)), "a!"),
        ((tag("task", "b"), throw("th", undo("b")), "s > b > th > e"), "th"),
        ((throw("th", undo("gone")), "s > th > e"), "th"),
        ((sub("sp", start("is"), by("in"), end("ie"), "is > in > ie"), throw("th", undo("in")), "s > sp > th > e"), "th"),
        (
            (
                sub("sp", start("is"), end("ie", undo("a")), "is > ie"),
                undone("a", "un"),
                tag("task", "un", **FOR),
                "s > sp > e",
            ),
            "ie",
        ),
        ((start("s2", "").replace("<startEvent", '<startEvent isForCompensation="true"'), "s2 > e"), "s2"),
    ],
)
def test_what_is_wrong_with_compensation_is_refused(parts: tuple[str, ...], element: str) -> None:
    found = refused(start(), user("a"), end(), "s > a > e", *parts)
    assert ("bad-compensation", element) in found


def test_an_event_that_has_nothing_to_undo_is_told() -> None:
    findings = findings_of(start(), tag("task", "a"), throw("th", undo()), end(), "s > a > th > e")
    assert [(finding.rule, finding.element, finding.is_error) for finding in findings] == [("nothing-to-undo", "th", False)]


@pytest.mark.parametrize("kind", ["startEvent", "intermediateCatchEvent"])
def test_compensation_is_not_waited_for_on_the_way(kind: str) -> None:
    assert ("not-supported", "x") in refused(start(), end(), "s > e", tag(kind, "x", "<compensateEventDefinition/>"), "x > e")


def test_what_undoes_a_round_sees_the_rounds_names_and_no_other_does() -> None:
    parts = (
        start(),
        tag("task", "a", loop("list", "item")),
        undone("a", "un"),
        script("un", "{x: item}", **FOR),
        end("e", undo()),
    )
    assert refused(*parts, "s > a > e", declares=("list", "x")) == []
    plain = (start(), tag("task", "a"), *parts[2:])
    assert refused(*plain, "s > a > e", declares=("list", "x")) == [("unknown-name", "un")]


def test_a_waiting_catch_event_is_no_handler() -> None:
    parts = (
        undone("a", "c"),
        catch("c", message()).replace("<intermediateCatchEvent", '<intermediateCatchEvent isForCompensation="true"'),
    )
    assert ("bad-compensation", "c") in refused(start(), user("a"), end(), "s > a > e", *parts)

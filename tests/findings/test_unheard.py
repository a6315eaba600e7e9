"""Messages, escalations and compensation that nobody heeds."""

from __future__ import annotations

from engine.bpmn import Surroundings, check_process
from engine.bpmn.process_model import ProcessModel
from engine.finding import Finding
from tests.bpmn.diagrams import (
    boundary,
    call,
    catch,
    end,
    escalation,
    handler,
    manual,
    message,
    names,
    process,
    read,
    send,
    start,
    sub,
    throw,
    transaction,
    undo,
    undone,
)

LINE = (start(), end(), "s > a > e")


def findings_of(*parts: str, others: tuple[ProcessModel, ...] = ()) -> list[Finding]:
    model, findings = read(*parts)
    assert [one for one in findings if one.is_error] == []
    models = {"p": model, **{other.id: other for other in others}}
    around = Surroundings(names("x"), calls={"q": frozenset()}, models=models)
    return check_process(model, "p", around, file="process.bpmn")


def told(*parts: str, others: tuple[ProcessModel, ...] = ()) -> list[tuple[str, str]]:
    return [(one.rule, one.element) for one in findings_of(*parts, others=others)]


def other(*parts: str, key: str = "q") -> ProcessModel:
    return process(start(), *parts, end(), key=key).model


def test_a_message_that_nobody_waits_for_is_told() -> None:
    (found,) = findings_of(*LINE, throw("a", send()))
    assert (found.rule, found.element, found.is_error) == ("never-received", "a", False)
    assert "tar emot meddelandet `ping`" in str(found.told()["message_sv"])


def test_a_message_that_some_process_waits_for_or_begins_by_is_received() -> None:
    assert told(*LINE, throw("a", send()), others=(other(catch("w", message()), "s > w > e"),)) == []
    assert told(*LINE, throw("a", send()), others=(other(start("m", message()), "m > e", "s > e"),)) == []
    assert told(start(), throw("a", send()), catch("w", message()), end(), "s > a > w > e") == []


def test_a_name_that_is_nearly_received_is_asked_for() -> None:
    model, _ = read(*LINE, throw("a", send()))
    near = other(catch("w", message()), "s > w > e")
    declared = '<message id="m" name="pingg" stegvis:correlation="= {case: case.id}"/>'
    near, _ = read(start(), catch("w", message()), end(), "s > w > e", key="q", declared=declared)
    around = Surroundings(names("x"), models={"p": model, "q": near})
    (found,) = check_process(model, "p", around, file="process.bpmn")
    assert found.remedy.endswith("Did you mean `pingg`?")


def test_what_goes_outside_is_for_others_to_receive() -> None:
    outside = throw("a", send(), participant="agency", correlation="= {case: case.id}")
    assert told(*LINE, outside) == []


THROWS = (start("s2"), throw("x", escalation()), end("e2"), "s2 > x > e2")


def test_an_escalation_that_nothing_catches_is_told() -> None:
    assert told(*LINE, sub("a", *THROWS)) == [("never-caught", "x")]
    (found, _) = findings_of(*LINE, sub("a", *THROWS), boundary("b", "a", escalation("es2")), "b > e")
    assert (found.rule, found.element) == ("never-thrown", "b")
    found = findings_of(*LINE, sub("a", *THROWS), boundary("b", "a", escalation("es2")), "b > e")[1]
    assert found.remedy.endswith("Caught there: `later`.")


def test_an_escalation_is_caught_on_a_border_in_an_event_sub_process_or_by_a_caller() -> None:
    assert told(*LINE, sub("a", *THROWS), boundary("b", "a", escalation("")), "b > e") == []
    assert told(*LINE, sub("a", *THROWS), handler("h", escalation(), end("he"), "h-s > he")) == []
    caller = other(call("c", "p"), boundary("b", "c", escalation()), "s > c > e", "b > e")
    assert told(*LINE, sub("a", *THROWS), others=(caller,)) == []


UNDONE = (undone("a", "u"), manual("u", isForCompensation="true"))


def test_what_nothing_has_undone_is_told() -> None:
    assert told(*LINE, manual("a"), *UNDONE) == [("never-undone", "a!")]
    elsewhere = sub(
        "d", start("s2"), manual("b"), undone("b", "v"), manual("v", isForCompensation="true"), throw("x", undo("b")), end("e2")
    )
    assert told(start(), manual("a"), *UNDONE, elsewhere.replace("</subProcess>", "") + "".join(
        f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in (("s2", "b"), ("b", "x"), ("x", "e2"))
    ) + "</subProcess>", end(), "s > a > d > e") == [("never-undone", "a!")]  # fmt: skip


def test_what_can_be_undone_in_some_way_is_not() -> None:
    assert told(start(), manual("a"), *UNDONE, throw("x", undo()), end(), "s > a > x > e") == []
    assert told(start(), manual("a"), *UNDONE, throw("x", undo("a")), end(), "s > a > x > e") == []
    inside = (start("s2"), manual("a"), *UNDONE, end("e2"), "s2 > a > e2")
    assert told(start(), sub("d", *inside), throw("x", undo("d")), end(), "s > d > x > e") == []
    assert told(start(), transaction("d", *inside), end(), "s > d > e") == []
    caller = other(call("c", "p"), "s > c > e")
    assert told(*LINE, manual("a"), *UNDONE, others=(caller,)) == []

"""What is kept so that it can be undone: no more than can be asked for."""

from __future__ import annotations

import pytest

from engine.bpmn import compile_diagram
from engine.bpmn.compiler import specification
from engine.bpmn.reader import read_definitions
from engine.xml import parse_trusted, read_xml
from tests.bpmn.diagrams import (
    diagram,
    end,
    handler,
    loop,
    message,
    start,
    sub,
    tag,
    throw,
    undo,
    undone,
    user,
)  # fmt: skip

from .undoing import FOR, by, one, tokens, undoable


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

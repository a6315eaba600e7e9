"""Data that is drawn: names in scopes, mappings, registers; and what is a drawing only."""

from __future__ import annotations

import pytest

from engine.bpmn import Surroundings, check_process
from engine.bpmn.model import MessageThrow, ServiceTask
from engine.finding import Finding
from tests.bpmn.diagrams import (
    body,
    call,
    end,
    extension,
    loop,
    names,
    process,
    puts,
    read,
    script,
    service,
    start,
    tag,
    user,
)
from tests.bpmn.driver import Driver
from tests.bpmn.test_refusals import findings_of, refused, said

GOOD = (start(), user("t", form="f"), end(), "s > t > e")


def drawn(id_: str, name: str = "", **attributes: str) -> str:
    """A data object and where it is drawn."""
    named = {"name": name} if name else {}
    return tag("dataObject", id_, **attributes) + tag("dataObjectReference", f"{id_}-ref", dataObjectRef=id_, **named)


def assigned(source: str, to: str, kind: str = "dataInputAssociation") -> str:
    return tag(kind, f"{kind}-{to}", f"<assignment><from>= {source}</from><to>{to}</to></assignment>")


def warned(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.element) for finding in findings if not finding.is_error]


# names


def test_a_data_object_is_a_name_of_the_case() -> None:
    model, findings = read(drawn("o", "order"), *GOOD)
    assert (model.data_names, model.data_lists, findings) == (("order",), frozenset(), [])
    model, _ = read(drawn("o", "orders", isCollection="true"), *GOOD)
    assert model.data_lists == {"orders"}


def test_a_data_object_of_a_sub_process_is_gone_with_it() -> None:
    inner = (drawn("o", "draft"), start("i"), script("w", "{draft: 7}"), user("u"), end("f"), "i > w > u > f")
    parts = (start(), tag("subProcess", "p1", body(*inner)), script("z", "{x: 1}"), end(), "s > p1 > z > e")
    case = Driver(process(*parts, declares=("x",))).start()
    assert case.values == {}, "it is the sub-process's own"
    assert case.complete("u").values == {"x": 1}


def test_each_round_of_a_loop_has_its_own_data_object() -> None:
    over = loop("[1, 2]", item="n", collect="got", given="draft")
    inner = (drawn("o", "draft"), start("i"), script("w", "{draft: n * 10}"), end("f"), "i > w > f")
    parts = (start(), tag("subProcess", "p1", over + body(*inner)), user("z"), end(), "s > p1 > z > e")
    assert Driver(process(*parts, declares=("got",))).start().values == {"got": [10, 20]}


def test_a_name_that_is_drawn_twice_is_one_name() -> None:
    objects = tag("dataObject", "o") + "".join(
        tag("dataObjectReference", f"r{number}", dataObjectRef="o", name="order") for number in (1, 2)
    )
    assert read(objects, *GOOD)[0].data_names == ("order",)


def test_properties_and_inputs_of_a_process_are_names() -> None:
    inputs = '<ioSpecification><dataInput id="di" name="given"/><inputSet/><outputSet/></ioSpecification>'
    model, findings = read(inputs, tag("property", "pr", name="kept"), *GOOD)
    assert (set(model.data_names), findings) == ({"given", "kept"}, [])


def test_an_object_with_a_name_for_people_is_a_drawing_and_told() -> None:
    model, findings = read(drawn("o", "Purchase order"), *GOOD)
    assert model.data_names == ()
    assert warned(findings) == [("data-drawn", "o")]


@pytest.mark.parametrize("name", ["case", "for"])
def test_an_object_cannot_be_called_what_means_something_else(name: str) -> None:
    assert said(read(drawn("o", name), *GOOD)[1]) == [("data-name", "o")]


def test_a_reference_to_no_object_is_refused() -> None:
    lost = tag("dataObjectReference", "r", dataObjectRef="nothing", name="order")
    assert said(read(lost, *GOOD)[1]) == [("no-data-object", "r")]


# mappings


def test_associations_with_assignments_are_mappings() -> None:
    parts = assigned("k", "key") + assigned('"rooms"', "register") + assigned("result.floor", "y", "dataOutputAssociation")
    getting = tag("serviceTask", "g", parts, handler="register.get")
    case = Driver(process(start(), getting, user("z"), end(), "s > g > z > e"))
    case.registers.entries["r-1"] = {"id": "r-1", "floor": "3"}
    assert case.start(k="r-1").values["y"] == "3"
    model, _ = read(start(), getting, end(), "s > g > e")
    detail = model.nodes["g"].detail
    assert isinstance(detail, ServiceTask)
    assert [(mapping.target, mapping.expression) for mapping in detail.inputs] == [("key", "k"), ("register", '"rooms"')]


def test_an_association_between_named_things_copies() -> None:
    inputs = '<ioSpecification><dataInput id="in" name="y"/><dataOutput id="out"/><inputSet/><outputSet/></ioSpecification>'
    inputs += '<dataInputAssociation id="a"><sourceRef>o-ref</sourceRef><targetRef>in</targetRef></dataInputAssociation>'
    inputs += '<dataOutputAssociation id="b"><sourceRef>out</sourceRef><targetRef>o2-ref</targetRef>'
    inputs += "<transformation>= y * 2</transformation></dataOutputAssociation>"
    calling = call("c", "called").replace("</callActivity>", inputs + "</callActivity>")
    called = process(start(), user("u"), end(), "s > u > e", key="called", declares=("y",))
    parts = (drawn("o", "total"), drawn("o2", "twice"), start(), calling, user("z"), end(), "s > c > z > e")
    case = Driver(process(*parts, declares=("total", "twice")), called).start(total=4)
    assert case.complete("c.u").values == {"total": 4, "twice": 8}


def test_mappings_that_are_drawn_stand_beside_ours() -> None:
    sending = tag("sendTask", "k", extension(puts("input", a="1")) + assigned("2", "b"), messageRef="m")
    model, findings = read(start(), sending, end(), "s > k > e")
    assert said(findings) == []
    detail = model.nodes["k"].detail
    assert isinstance(detail, MessageThrow)
    assert [(one.target, one.expression) for one in detail.inputs] == [("a", "1"), ("b", "2")]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (assigned("x", "y"), [("data-mapping", "dataInputAssociation-y")]),
        (assigned("x", "y", "dataOutputAssociation"), [("data-mapping", "dataOutputAssociation-y")]),
        ('<dataInputAssociation id="a"><sourceRef>o-ref</sourceRef></dataInputAssociation>', []),
        (tag("property", "pp", name="__targetRef_placeholder"), []),
        ("<ioSpecification><inputSet><optionalInputRefs>i</optionalInputRefs></inputSet></ioSpecification>",
         [("not-supported", "t")]),
    ],
)  # fmt: skip
def test_a_user_task_maps_nothing(inner: str, expected: list[tuple[str, str]]) -> None:
    parts = (drawn("o", "order"), start(), user("t", inner, form="f"), end(), "s > t > e")
    assert said(read(*parts)[1]) == expected


def test_an_assignment_says_what_it_writes_and_in_feel() -> None:
    wrong = assigned("x", "").replace("<from>= x", "<from>x")
    findings = said(read(start(), tag("sendTask", "k", wrong, messageRef="m"), end(), "s > k > e")[1])
    assert [rule for rule, _ in findings] == ["no-target", "not-feel"]


def test_names_in_associations_are_checked() -> None:
    sending = tag("sendTask", "k", assigned("unknown", "b"), messageRef="m")
    assert refused(start(), sending, end(), "s > k > e") == [("unknown-name", "k")]


# registers


def test_a_data_store_stands_for_a_register_that_exists() -> None:
    store = '<dataStoreReference id="st" name="Rooms" stegvis:register="rooms"/>'
    model, _ = read(store, *GOOD)
    for registers, expected in ((frozenset({"rooms"}), []), (frozenset(), [("no-register", "st")]), (None, [])):
        around = Surroundings(names(), registers=registers)
        found = check_process(model, "p", around, file="process.bpmn")
        assert [pair for pair in said(found) if pair[0] == "no-register"] == expected


def test_a_data_store_without_a_register_is_a_drawing_and_told() -> None:
    _, findings = read(*GOOD, tag("dataStoreReference", "st", name="Archive"), declared='<dataStore id="x" name="Archive"/>')
    assert warned(findings) == [("data-drawn", "st")]


@pytest.mark.parametrize(
    ("handler", "register", "expected"),
    [
        ("register.get", '"rooms"', []),
        ("register.get", '"keys"', [("other-register", "w")]),
        ("register.create", ' "keys" ', [("other-register", "w")]),
        ("register.get", '"ke" + "ys"', []),
        ("unit.get", '"keys"', []),
    ],
)
@pytest.mark.parametrize("kind", ["dataInputAssociation", "dataOutputAssociation"])
def test_a_data_store_at_a_service_task_is_the_register_that_it_works_on(
    kind: str, handler: str, register: str, expected: list[tuple[str, str]]
) -> None:
    end_ = "sourceRef" if kind == "dataInputAssociation" else "targetRef"
    drawn_at = tag(kind, "as", f"<{end_}>st</{end_}>")
    work = service("w", handler, {"register": register, "key": '"k"'}, loop=drawn_at)
    store = '<dataStoreReference id="st" name="Rooms" stegvis:register="rooms"/>'
    _, findings = read(store, start(), work, end(), "s > w > e")
    assert said(findings) == expected


def test_data_in_a_diagram_breaks_nothing_else() -> None:
    assert findings_of(drawn("o", "order"), start(), script("w", "{x: 1}"), end(), "s > w > e", declares=("x", "order")) == []

"""Deploying: all or nothing, versions that never change, and a new one whenever something inside changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.actor import Actor
from engine.definition import Bundle, Package
from engine.errors import NotAllowed, NotFound, NotPossible, Rejected
from tests.bpmn.diagrams import call, catch, end, loop, message, script, start, timer, user, xor
from tests.commands.house import (
    COACH,
    FAR,
    HEAD,
    NORTH,
    NOTE,
    NUMBER,
    ONE_TASK,
    RECEPTION,
    SOUTH,
    TEXT,
    House,
    form,
    process,
)
from tests.dmn.building import decision, dmn, imports, inputs, literal
from tests.dmn.tables import source

CALLED = process(start(), user("k", form="note"), end(), "s > k > e", key="called")
CALLER = process(start(), call("c", "called"), end(), "s > c > e", key="caller")


def test_what_is_deployed_is_version_1_and_can_be_started() -> None:
    house = House(NOTE, ONE_TASK)
    assert [(version.key, version.version) for version in house.engine.processes(COACH)] == [("p", 1)]
    assert house.open_tasks(house.start())


def test_the_same_again_changes_nothing() -> None:
    house = House(NOTE, ONE_TASK)
    again = house.deploy(NOTE, ONE_TASK)
    assert (again.processes, again.forms, set(again.unchanged)) == ((), (), {"form/note", "process/p"})


def test_a_changed_diagram_is_a_new_version_and_the_old_one_stays() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    old = house.engine.process(COACH, "p", 1)
    house.deploy(NOTE, process(start(), user("b", form="note"), end(), "s > b > e"))
    assert house.engine.process(COACH, "p", 1) == old
    assert [version.version for version in house.engine.process_versions(COACH, "p")] == [2, 1]
    house.complete(case, "a", text="t")
    assert house.open_tasks(house.start(), "b")


def test_a_changed_form_is_a_new_version_of_the_process_too() -> None:
    house = House(NOTE, ONE_TASK)
    case = house.start()
    changed = form("note", ("more",), text=TEXT, more=TEXT)
    deployed = house.deploy(changed, ONE_TASK)
    assert ([version.version for version in deployed.processes], len(deployed.forms)) == ([2], 1)
    house.complete(case, text="the old form asks for text only")
    with pytest.raises(Rejected):
        house.complete(house.start(), text="the new one asks for more")


def test_a_changed_form_that_only_the_data_schema_names_is_a_new_version_too() -> None:
    plain = process(start(), '<manualTask id="a" stegvis:groups="coach"/>', end(), "s > a > e", letter={"x-form": "note"})
    house = House(NOTE, plain)
    deployed = house.deploy(form("note", text=NUMBER), plain)
    assert [version.version for version in deployed.processes] == [2]


def test_a_changed_called_process_is_a_new_version_of_its_callers() -> None:
    house = House(NOTE, CALLED, CALLER)
    before = house.start("caller")
    changed = process(start(), user("n", form="note"), end(), "s > n > e", key="called")
    deployed = house.deploy(NOTE, changed, CALLER)
    assert {(version.key, version.version) for version in deployed.processes} == {("called", 2), ("caller", 2)}
    assert house.open_tasks(before, "c.k")
    assert house.open_tasks(house.start("caller"), "c.n")


def test_a_caller_alone_calls_what_was_deployed_before() -> None:
    house = House(NOTE, CALLED)
    house.deploy(CALLER)
    assert house.open_tasks(house.start("caller"), "c.k")


def test_processes_that_call_each_other_are_deployed_once() -> None:
    ping = process(start(), user("a", form="note"), call("c", "pong"), end(), "s > a > c > e", key="ping")
    pong = process(start(), user("a", form="note"), call("c", "ping"), end(), "s > a > c > e", key="pong")
    house = House(NOTE, ping, pong)
    assert house.deploy(NOTE, ping, pong).processes == ()
    case = house.start("ping")
    house.complete(case, "a", text="1")
    house.complete(case, "c.a", text="2")
    assert house.open_tasks(case, "c.c.a")


def test_a_broken_bundle_stores_nothing() -> None:
    house = House()
    broken = process(start(), user("b", form="nobody"), end(), "s > b > e", key="q")
    with pytest.raises(Rejected) as caught:
        house.deploy(NOTE, ONE_TASK, broken)
    assert {finding.file for finding in caught.value.findings} == {"processes/q/process.bpmn"}
    assert list(house.engine.processes(COACH)) == []
    with pytest.raises(NotFound):
        house.engine.form(COACH, "note")


@pytest.mark.parametrize(
    ("kind", "file", "element"),
    [
        ("form", "schema.json", user("x", form="note")),
        ("process", "process.bpmn", call("x", "note")),
        ("own", "decisions/d.dmn", '<businessRuleTask id="x" stegvis:decision="d" stegvis:result="r"/>'),
    ],
)
def test_what_cannot_be_read_is_told_once_and_not_as_missing_too(kind: str, file: str, element: str) -> None:
    parts = (start(), element, script("sc", "{r: text}"), end(), "s > x > sc > e")
    main = process(*parts, r=TEXT) if kind == "form" else process(*parts, r=TEXT, text=TEXT)
    if kind == "own":
        bundle = [replace(main, files={**main.files, file: b"<broken"})]
    else:
        sound = NOTE if kind == "form" else process(start(), end(), "s > e", key="note")
        bundle = [main, replace(sound, files={**sound.files, file: b"<broken"})]
    found = House().engine.check(Bundle(tuple(bundle)))
    assert {finding.file.split("/", 2)[2] for finding in found if finding.is_error} == {file}
    assert {"no-form", "no-process", "no-decision", "unknown-name"} & {finding.rule for finding in found} == set()


def deciding(rules: bytes, base: bytes) -> Package:
    element = '<businessRuleTask id="b" stegvis:decision="d" stegvis:result="r"/>'
    main = process(start(), element, user("a", form="note"), end(), "s > b > a > e", x=NUMBER, r=NUMBER)
    return replace(main, files={**main.files, "decisions/rules.dmn": rules, "decisions/zones.dmn": base})


BASE = dmn(inputs("x"), decision(literal("x * 2"), id_="twice", name="twice", needs="in-x"), target="urn:base")
RULES = dmn(imports("urn:base", "base"), decision(literal("base.twice + 1"), needs="urn:base#twice"))


def test_decision_files_of_a_package_may_import_each_other() -> None:
    house = House(NOTE, deciding(RULES, BASE))
    assert house.data(house.start(x=3))["r"] == 7


def test_what_is_wrong_with_an_imported_file_is_told_once() -> None:
    found = House(NOTE).engine.check(Bundle((NOTE, deciding(RULES, dmn(decision(literal("1 +")), target="urn:base")))))
    assert [(one.rule, one.file.rpartition("/")[2]) for one in found] == [
        ("dmn-expression", "zones.dmn"),
        ("dmn-import", "rules.dmn"),
    ]


def test_what_an_imported_decision_reads_is_looked_for_in_the_case() -> None:
    base = dmn(inputs("y"), decision(literal("y * 2"), id_="twice", name="twice", needs="in-y"), target="urn:base")
    found = House(NOTE).engine.check(Bundle((NOTE, deciding(RULES, base))))
    assert [one.rule for one in found] == ["unknown-name"]


def test_checking_stores_nothing_and_finds_the_same() -> None:
    house = House()
    broken = process(start(), user("b", form="nobody"), end(), "s > b > e")
    assert [finding.rule for finding in house.engine.check(Bundle((broken,)))] == ["no-form"]
    assert house.engine.check(Bundle((NOTE, ONE_TASK))) == []
    assert list(house.engine.processes(COACH)) == []


def test_what_a_form_writes_is_declared_by_it() -> None:
    parts = (
        start(),
        user("a", form="note", bind="letter"),
        user("b", form="note", due="= letter.when"),
        end(),
        "s > a > b > e",
    )
    found = House(NOTE).engine.check(Bundle((NOTE, process(*parts))))
    assert [finding.rule for finding in found] == ["unknown-name"]
    assert "letter.when" in found[0].message


def test_two_packages_with_one_key_are_refused() -> None:
    other = process(start(), user("b", form="note"), end(), "s > b > e")
    with pytest.raises(Rejected) as caught:
        House().deploy(NOTE, ONE_TASK, other)
    assert [finding.rule for finding in caught.value.findings] == ["same-key"]


@pytest.mark.parametrize("actor", [COACH, HEAD])
def test_only_designers_deploy(actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        House().engine.deploy(actor, Bundle((NOTE,)))


def test_who_may_start_a_case() -> None:
    parts = (start(), user("a", form="note"), end(), "s > a > e")
    package = process(*parts)
    source = package.files["process.bpmn"].replace(
        b'stegvis:startable="true"', b'stegvis:startable="true" stegvis:startGroups="reception"'
    )
    house = House(NOTE, type(package)("process", "p", {**package.files, "process.bpmn": source}))
    assert house.start(by=RECEPTION).started_by == RECEPTION.id
    with pytest.raises(NotAllowed, match="reception"):
        house.start(by=COACH)
    with pytest.raises(NotFound):
        house.start(by=RECEPTION, unit=SOUTH)
    with pytest.raises(NotFound):
        house.start(by=FAR)
    with pytest.raises(NotFound):
        house.start("nobody")


def test_a_process_that_is_only_called_is_not_started_by_people() -> None:
    package = CALLED
    source = package.files["process.bpmn"].replace(b'stegvis:startable="true"', b"")
    house = House(NOTE, type(package)("process", "called", {**package.files, "process.bpmn": source}))
    with pytest.raises(NotPossible, match="not by people"):
        house.start("called")


def test_a_process_that_a_message_starts_is_not_started_without_one() -> None:
    house = House(NOTE, process(start("s", message()), user("a", form="note"), end(), "s > a > e"))
    with pytest.raises(NotPossible, match="message"):
        house.start()


def test_start_data_are_checked_by_the_data_schema() -> None:
    house = House(NOTE, process(start(), user("a", form="note"), end(), "s > a > e", x=NUMBER))
    assert house.data(house.start(x=5)) == {"x": 5}
    for wrong in ({"x": "text"}, {"y": 1}):
        with pytest.raises(Rejected) as caught:
            house.engine.start_case(COACH, "p", unit=NORTH, data=wrong)
        assert caught.value.problems


def test_a_start_form_is_answered() -> None:
    parts = (start(form="note", bind="letter"), user("a", form="note"), end(), "s > a > e")
    house = House(NOTE, process(*parts))
    case = house.engine.start_case(COACH, "p", unit=NORTH, submission={"text": "hello"})
    assert house.data(case) == {"letter": {"text": "hello"}}
    with pytest.raises(Rejected):
        house.engine.start_case(COACH, "p", unit=NORTH, submission={})


def test_what_is_odd_about_a_decision_table_is_told_and_stops_nothing() -> None:
    table = source(["age:number"], [(["< 16"], ["1"])])
    odd = replace(ONE_TASK, files={**ONE_TASK.files, "decisions/route.dmn": table})
    deployed = House(NOTE).deploy(odd)
    assert [(one.rule, one.is_error, one.file, one.element) for one in deployed.findings] == [
        ("dmn-gap", False, "processes/p/decisions/route.dmn", "route")
    ]
    assert len(deployed.processes) == 1


def test_an_output_that_can_only_fail_stops_deployment() -> None:
    table = source(["age:number"], [(["-"], ['"a"'])], outputs=("result:number",))
    wrong = replace(ONE_TASK, files={**ONE_TASK.files, "decisions/route.dmn": table})
    with pytest.raises(Rejected) as refused:
        House(NOTE).deploy(wrong)
    assert [one.rule for one in refused.value.findings] == ["dmn-output-value"]


def test_expressions_and_decisions_are_checked_against_the_types_that_forms_and_data_have() -> None:
    table = (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:x" name="m">'
        b'<inputData id="i" name="text"/><decision id="route" name="route">'
        b'<informationRequirement><requiredInput href="#i"/></informationRequirement>'
        b"<decisionTable><input><inputExpression><text>text</text></inputExpression></input><output/>"
        b"<rule><inputEntry><text>5</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable>"
        b"</decision></definitions>"
    )
    parts = (start(), user("a", form="note"), script("sc", "{n: text + 1}"), end(), "s > a > sc > e")
    package = process(*parts, n=NUMBER)
    package = replace(package, files={**package.files, "decisions/route.dmn": table})
    found = House(NOTE).engine.check(Bundle((NOTE, package)))
    assert [(one.rule, one.element, one.file.rpartition("/")[2]) for one in found if one.is_error] == [
        ("feel-type", "sc", "process.bpmn"),
        ("feel-type", "route", "route.dmn"),
    ]
    with pytest.raises(Rejected, match="2 errors"):
        House(NOTE).deploy(NOTE, package)


def test_a_name_that_a_step_has_of_its_own_is_not_judged_in_decisions() -> None:
    table = (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:x" name="m">'
        b'<inputData id="i" name="n"/><decision id="route" name="route">'
        b'<informationRequirement><requiredInput href="#i"/></informationRequirement>'
        b"<decisionTable><input><inputExpression><text>n</text></inputExpression></input><output/>"
        b'<rule><inputEntry><text>"a"</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable>'
        b"</decision></definitions>"
    )
    parts = (start(), user("a", loop("texts", "n"), form="note"), end(), "s > a > e")
    package = process(*parts, n=NUMBER, texts={"type": "array", "items": TEXT})
    package = replace(package, files={**package.files, "decisions/route.dmn": table})
    assert [one for one in House(NOTE).engine.check(Bundle((NOTE, package))) if one.rule.startswith("feel")] == []


@pytest.mark.parametrize(
    ("bind", "told"),
    [
        ("title.x", "writes an object to `title`, which is a text in data.schema.json"),
        ("amount", "writes an object to `amount`, which is a number in data.schema.json"),
        ("amount.x", "writes an object to `amount`, which is a number in data.schema.json"),
        ("deep.amount", "writes an object to `deep.amount`, which is a number in data.schema.json"),
        ("deep.new", ""),
        ("free.x", ""),
    ],
)
def test_a_form_is_bound_where_an_object_can_be(bind: str, told: str) -> None:
    deep: dict[str, object] = {"type": ["object", "null"], "properties": {"amount": NUMBER}}
    parts = (start(), user("a", form="note", bind=bind), end(), "s > a > e")
    found = House().engine.check(Bundle((NOTE, process(*parts, title=TEXT, amount=NUMBER, deep=deep, free={}))))
    assert [finding.rule for finding in found] == (["data-clash"] if told else [])
    assert all(told in finding.message and finding.element == "a" for finding in found)


def test_two_forms_that_mean_different_things_by_a_name_are_refused() -> None:
    other = form("other", text=NUMBER, more=TEXT)
    parts = (start(), user("a", form="note"), user("b", form="other"), end(), "s > a > b > e")
    found = House().engine.check(Bundle((NOTE, other, process(*parts))))
    assert [(finding.rule, finding.element) for finding in found] == [("data-clash", "b")]
    assert "the form note of `a`" in found[0].message


def a_caller(key: str, called: str, before: str = "") -> Package:
    way = "s > x > c > e" if before else "s > c > e"
    return process(start(), before, call("c", called), end(), way, key=key)


@pytest.mark.parametrize(
    ("packages", "told"),
    [
        ((a_caller("aa", "aa"),), {"processes/aa/process.bpmn": "aa → aa"}),
        (
            (a_caller("aa", "bb"), a_caller("bb", "aa", script("x", "{}"))),
            {"processes/aa/process.bpmn": "aa → bb → aa", "processes/bb/process.bpmn": "bb → aa → bb"},
        ),
        ((a_caller("aa", "bb"), a_caller("bb", "aa", user("x", form="note"))), {}),
        ((a_caller("aa", "bb"), a_caller("bb", "aa", catch("x", timer("timeDuration", "P1D")))), {}),
        ((a_caller("aa", "bb"), process(start(), end(), "s > e", key="bb")), {}),
    ],
)
def test_calls_that_would_go_round_for_ever_are_refused(packages: tuple[Package, ...], told: dict[str, str]) -> None:
    found = House().engine.check(Bundle((NOTE, *packages)))
    assert {finding.file: finding.rule for finding in found} == dict.fromkeys(told, "call-circle")
    assert all(told[finding.file] in finding.message and finding.element == "c" for finding in found)


def test_a_call_behind_a_choice_or_inside_a_loop_may_come_round() -> None:
    gate = (start(), xor("g", "g-e"), call("c", "aa"), end(), "s > g > [case.unit != null] c > e", "g > e")
    assert House().engine.check(Bundle((process(*gate, key="aa"),))) == []
    rounds = (start(), call("c", "aa", loop=loop("for n in [1] return n")), end(), "s > c > e")
    assert House().engine.check(Bundle((process(*rounds, key="aa"),))) == []


def test_a_word_of_feel_is_no_name_of_data() -> None:
    taken = form("taken", (), **{"for": TEXT})
    parts = (start(), user("a", form="taken"), user("b", form="note", bind="null.x"), end(), "s > a > b > e")
    found = House().engine.check(Bundle((NOTE, taken, process(*parts))))
    assert [(finding.rule, finding.element) for finding in found] == [("data-name", "a"), ("data-name", "b")]
    declared = process(start(), end(), "s > e", true=TEXT)
    assert [finding.rule for finding in House().engine.check(Bundle((declared,)))] == ["data-name"]

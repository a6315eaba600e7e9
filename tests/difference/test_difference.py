"""The packages of the repository, each changed in one way, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from engine.content import read_bundle
from engine.definition import Bundle
from engine.difference import Change, Difference, How, Subject, difference

ROOT = Path(__file__).parents[2]
PROCESSES = sorted(path.name for path in (ROOT / "processes").iterdir() if path.is_dir())


@cache
def bundle(key: str) -> Bundle:
    """A process with every form there is."""
    return Bundle(tuple(read_bundle([ROOT / "processes" / key, ROOT / "forms"]).packages))


def edited(key: str, file: str, edit: Callable[[str], str]) -> Bundle:
    """The bundle with one file otherwise: of the process, or of a form when it is named `forms/<key>/…`."""
    folder, _, rest = file.partition("/")
    form, _, inner = rest.partition("/")
    packages = []
    for package in bundle(key).packages:
        name = inner if folder == "forms" and package.kind == "form" and package.key == form else file
        if name in package.files and (package.kind == "process") == (folder != "forms"):
            text = package.files[name].decode()
            assert edit(text) != text
            packages.append(replace(package, files={**package.files, name: edit(text).encode()}))
        else:
            packages.append(package)
    return Bundle(tuple(packages))


def between(key: str, file: str, edit: Callable[[str], str]) -> Difference:
    return difference(bundle(key), edited(key, file, edit))


def told(change: Change, language: str = "en") -> tuple[str, str, str, list[str]]:
    details = [detail.text(language) for detail in change.details]
    return change.how.value, change.kind.part(language), change.name.part(language), details


@pytest.mark.parametrize("key", PROCESSES)
def test_a_package_does_not_differ_from_itself(key: str) -> None:
    assert difference(bundle(key), bundle(key)).is_empty


@pytest.mark.parametrize("key", PROCESSES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_everything_that_is_new_or_gone_is_told_in_words(key: str, language: str) -> None:
    (process,) = bundle(key).of_kind("process")
    less = Bundle((replace(process, files={"process.bpmn": process.files["process.bpmn"]}),))
    for before, after, what in ((less, bundle(key), How.ADDED), (bundle(key), less, How.REMOVED)):
        found = difference(before, after)
        assert {part.key for part in found.parts if part.subject is not Subject.FORM} == set(process.files) - {"process.bpmn"}
        assert {part.how for part in found.parts} == {what}
        assert all(part.name.part(language) for part in found.parts)


def test_an_element_is_told_by_its_name_with_what_has_changed() -> None:
    found = between("mapping", "process.bpmn", lambda text: text.replace('stegvis:due="P5BD"', 'stegvis:due="P6BD"', 1))
    (change,) = found.elements
    assert told(change) == ("changed", "user task", "Strengths and experience", ["Due: was “P5BD”, is “P6BD”."])
    assert told(change, "sv") == (
        "changed",
        "användaruppgift",
        "Styrkor och erfarenheter",
        ["Klart senast: var ”P5BD”, är ”P6BD”."],
    )
    assert not (found.flows)
    assert not (found.parts)
    assert not (found.is_moved)
    assert not (found.unreadable)


def test_a_flow_is_told_by_its_ends_and_what_it_leads_to_by_name() -> None:
    found = between(
        "mapping",
        "process.bpmn",
        lambda text: text.replace('sourceRef="get-going" targetRef="end-going"', 'sourceRef="get-going" targetRef="end-acted"'),
    )
    (change,) = found.flows
    assert told(change) == (
        "changed",
        "sequence flow",
        "Help the mapping forward → Delay dealt with",
        ["Leads to: was “Reminded”, is “Delay dealt with”."],
    )


def test_conditions_times_mappings_and_lanes_are_told() -> None:
    def edit(text: str) -> str:
        text = text.replace("= mapping.agreement.agreed = false", "= not(mapping.agreement.agreed)")
        text = text.replace(">P10BD</", ">P9BD</", 1)
        text = text.replace("<bpmn:flowNodeRef>get-going</bpmn:flowNodeRef>", "")
        return text.replace('cancelActivity="false"', 'cancelActivity="true"', 1)

    found = between("mapping", "process.bpmn", edit)
    assert [told(change)[2:] for change in (*found.elements, *found.flows)] == [
        (
            "Not done in 10 business days",
            ["Interrupts what it stands on: was “no”, is “yes”.", "How long: was “P10BD”, is “P9BD”."],
        ),
        ("Help the mapping forward", ["Lane: was “Coordinator”, is not given."]),
        (
            "No, change it: Is the picture right? → Conversations together with the client",
            ["Condition: was “= mapping.agreement.agreed = false”, is “= not(mapping.agreement.agreed)”."],
        ),
    ]


def test_what_is_only_drawn_elsewhere_is_no_change_of_an_element() -> None:
    found = between("mapping", "process.bpmn", lambda text: text.replace('<dc:Bounds x="', '<dc:Bounds x="1'))
    assert found.is_moved
    assert not (found.elements)
    assert not (found.flows)
    assert not (found.parts)


def test_a_file_that_says_the_same_in_other_characters_is_told_as_that() -> None:
    for file, edit in (
        ("process.bpmn", lambda text: text.replace("\n    <bpmn:", "\n\t<bpmn:")),
        ("decisions/profile.dmn", lambda text: text.replace("\n    <", "\n\t<")),
        ("data.schema.json", lambda text: text.replace("  ", "    ")),
        ("forms/escalation/schema.json", lambda text: text.replace("  ", "    ")),
    ):
        (part,) = between("mapping", file, edit).parts
        assert (part.how, part.changes) == (How.REWRITTEN, ())


def test_what_we_have_no_words_for_is_told_all_the_same() -> None:
    (part,) = between(
        "mapping", "process.bpmn", lambda text: text.replace('targetNamespace="urn:', 'targetNamespace="urn:x')
    ).parts
    assert (part.subject, part.how) == (Subject.FILE, How.CHANGED)
    (part,) = between(
        "mapping", "decisions/profile.dmn", lambda text: text.replace('namespace="urn', 'namespace="urx', 1)
    ).parts
    assert part.changes[0].details[0].text("en").startswith("It is otherwise in something")


def test_questions_are_told_in_the_words_that_people_see() -> None:
    (part,) = between(
        "intake",
        "forms/register-contact/schema.json",
        lambda text: text.replace('"urgency",\n', "").replace('"maxLength": 200', '"maxLength": 100'),
    ).parts
    assert (part.subject, part.name.part("sv")) == (Subject.FORM, "Första kontakten")
    assert [told(change) for change in part.changes] == [
        ("changed", "question", "Which function there?", ["Most characters: was “200”, is “100”."]),
        ("changed", "question", "How urgent is it?", ["Must be answered: was “yes”, is “no”."]),
    ]
    (part,) = between(
        "intake", "forms/register-contact/texts.sv.json", lambda text: text.replace('"Vad vill personen?"', '"Vad önskas?"')
    ).parts
    assert told(part.changes[0], "sv")[2:] == ("Vad önskas?", ["Fråga på svenska: var ”Vad vill personen?”, är ”Vad önskas?”."])


def test_when_questions_are_asked_is_told() -> None:
    (part,) = between(
        "intake",
        "forms/register-contact/schema.json",
        lambda text: text.replace('"then": {"required": ["referrerOrg", ', '"then": {"required": ['),
    ).parts
    assert [detail.text("en") for detail in part.changes[0].details] == [
        "When questions are asked, or must be answered, depends on other answers than before."
    ]


def test_rules_are_told_by_their_numbers_and_cells() -> None:
    def edit(text: str) -> str:
        first = text.index("<rule ")
        last = text.rindex("<rule ")
        gone = text[:last] + text[text.index("</rule>", last) + len("</rule>") :]
        return gone[:first] + gone[first:].replace("<text>true</text>", "<text>false</text>", 1)

    (part,) = between("intake", "decisions/route.dmn", edit).parts
    assert part.name.part("sv") == "Vilka vägar passar?"
    changed, removed = part.changes
    assert told(changed) == (
        "changed",
        "rule",
        "Rule 1 of Vilka vägar passar?",
        ["Yngre än 20 år (personFacts.under20): was “yes”, is “no”."],
    )
    assert (removed.how, len(removed.details)) == (How.REMOVED, 1)
    assert "→" in removed.details[0].text("en")


def test_rules_with_new_ids_are_the_same_rules() -> None:
    (part,) = between(
        "intake", "decisions/route.dmn", lambda text: text.replace('<rule id="route-rule', '<rule id="anew')
    ).parts
    assert [change.kind.part("en") for change in part.changes] == ["decision"]


def test_scenarios_names_and_calls_are_told() -> None:
    (part,) = between(
        "mapping",
        "data.schema.json",
        lambda text: text.replace('"properties": {', '"properties": {"extra": {"type": "string"},', 1),
    ).parts
    assert [(change.how, change.id) for change in part.changes] == [(How.ADDED, "extra")]
    (part,) = between("intake", "scenarios/not-reached.yaml", lambda text: text.replace("title: Nobody", "title: No one")).parts
    assert (part.subject, part.how) == (Subject.SCENARIO, How.CHANGED)
    found = difference(bundle("mapping"), bundle("mapping"), calls_before={"a": 1, "b": 2}, calls_after={"a": 1, "b": 3})
    assert [(part.subject, part.key) for part in found.parts] == [(Subject.CALL, "b")]


@pytest.mark.parametrize("file", ["process.bpmn", "decisions/profile.dmn", "data.schema.json", "forms/escalation/schema.json"])
def test_what_cannot_be_read_is_named(file: str) -> None:
    found = between("mapping", file, lambda text: text[: len(text) // 2])
    assert [name in file for name in found.unreadable] == [True]
    assert not found.is_empty

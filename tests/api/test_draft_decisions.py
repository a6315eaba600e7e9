"""Trying decisions of a draft: what they ask for, which rules match, and why there is no answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Browser, BrowserOf
from tests.api.test_drafts import DRAFTS, begin, save

FILE = "decisions/size.dmn"
MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Size" namespace="urn:test">
  <inputData id="amount-in" name="amount"><variable id="amount-v" name="amount"/></inputData>
  <inputData id="topic-in" name="topic"><variable id="topic-v" name="topic"/></inputData>
  <decision id="size" name="Hur stort?">
    <variable id="size-v" name="size"/>
    <informationRequirement id="r1"><requiredInput href="#amount-in"/></informationRequirement>
    <informationRequirement id="r2"><requiredInput href="#topic-in"/></informationRequirement>
    <decisionTable id="table" hitPolicy="FIRST">
      <input id="i1" label="Antal"><inputExpression id="e1" typeRef="number"><text>amount</text></inputExpression></input>
      <input id="i2" label="Ämne"><inputExpression id="e2" typeRef="string"><text>topic</text></inputExpression></input>
      <output id="o1" name="size" typeRef="string"/>
      <rule id="big">
        <inputEntry id="a1"><text>&gt; 10</text></inputEntry><inputEntry id="a2"><text>-</text></inputEntry>
        <outputEntry id="a3"><text>"big"</text></outputEntry>
      </rule>
      <rule id="keys">
        <inputEntry id="b1"><text>&lt; 20</text></inputEntry><inputEntry id="b2"><text>"keys", "doors"</text></inputEntry>
        <outputEntry id="b3"><text>"small"</text></outputEntry>
      </rule>
      <rule id="other">
        <inputEntry id="c1"><text>-</text></inputEntry><inputEntry id="c2"><text>-</text></inputEntry>
        <outputEntry id="c3"><text>"unknown"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""
EXAMPLE = '{"subject": "Keys", "amount": 4}'

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def dag(browser_of: BrowserOf) -> Browser:
    """A designer."""
    return browser_of("dag")


@pytest.fixture
def draft(dag: Browser) -> str:
    """A draft with the decision, and an example of the form that starts its cases."""
    id_ = str(begin(dag)["draft"]["id"])
    dag.post(f"{DRAFTS}/{id_}/forms", json={"key": "errand"})
    save(dag, id_, {FILE: MODEL, "forms/errand/examples/keys.json": EXAMPLE}, revision=2)
    return id_


def attempt(browser: Browser, draft: str, values: dict[str, str], **unsaved: str) -> Any:
    body = {"values": values, **({"unsaved": {FILE: unsaved["model"]}} if unsaved else {})}
    return browser.post(f"{DRAFTS}/{draft}/decisions/size/evaluate", json=body)


def test_it_asks_for_what_it_reads_with_the_types_of_the_case_and_what_examples_answer(dag: Browser, draft: str) -> None:
    question = dag.get(f"{DRAFTS}/{draft}/decisions/size").json()
    assert [(one["name"], one["kind"], one["suggested"]) for one in question["asked"]] == [
        ("amount", "number", []),
        ("topic", "string", ['"keys"', '"doors"']),
    ]
    assert question["samples"] == [{"name": "errand: keys", "values": {"amount": "4"}}]


def test_the_rules_that_matched_are_told_with_what_refused_the_others(dag: Browser, draft: str) -> None:
    told = attempt(dag, draft, {"amount": "4", "topic": '"keys"'}).json()
    assert (told["value"], told["problem"], told["wrong"], told["findings"]) == ('"small"', None, {}, [])
    (table,) = told["tables"]
    assert (table["decision"], table["hitPolicy"], table["untried"]) == ("size", "FIRST", [3])
    assert table["seen"] == [{"label": "Antal", "value": "4"}, {"label": "Ämne", "value": '"keys"'}]
    assert table["matched"] == [{"id": "keys", "number": 2, "outputs": {"size": '"small"'}}]
    assert table["refused"] == [{"id": "big", "number": 1, "label": "Antal", "test": "> 10"}]


def test_what_is_left_out_is_null_and_what_nobody_asks_for_counts_for_nothing(dag: Browser, draft: str) -> None:
    told = attempt(dag, draft, {"topic": "  ", "nonsense": "1"}).json()
    assert (told["value"], told["tables"][0]["matched"][0]["id"]) == ('"unknown"', "other")


def test_what_is_not_saved_yet_counts_instead_of_what_is(dag: Browser, draft: str) -> None:
    told = attempt(dag, draft, {"amount": "11"}, model=MODEL.replace('"big"', '"huge"')).json()
    assert told["value"] == '"huge"'
    assert dag.get(f"{DRAFTS}/{draft}").json()["files"][FILE] == MODEL


def test_why_there_is_no_answer_is_told_in_both_languages(dag: Browser, draft: str) -> None:
    several = attempt(dag, draft, {"amount": "15", "topic": '"keys"'}, model=MODEL.replace("FIRST", "UNIQUE")).json()
    assert several["value"] is None
    assert several["rules"] == [1, 2, 3]
    told = several["problem"]
    assert told["en"] == "Decision 'Hur stort?' allows one hit (UNIQUE), but rules 1, 2, 3 all match. Make them exclusive."
    assert told["sv"].startswith("Beslutet 'Hur stort?' tillåter en träff (UNIQUE), men reglerna 1, 2, 3 stämmer alla.")
    typed = attempt(dag, draft, {"amount": '"four"'}).json()["problem"]
    assert (
        typed["en"] == "Decision 'Hur stort?', input 'Antal': string where number is declared. Correct the data or the table."
    )
    assert typed["sv"].startswith("Beslutet 'Hur stort?', indata 'Antal':")


def test_values_that_are_no_feel_are_told_by_name(dag: Browser, draft: str) -> None:
    told = attempt(dag, draft, {"amount": "4 +", "topic": "keys"}).json()
    assert told["value"] is None
    assert set(told["wrong"]) == {"amount", "topic"}
    assert all(one["sv"] != one["en"] for one in told["wrong"].values())


def test_a_decision_that_would_take_too_long_is_stopped(dag: Browser, draft: str) -> None:
    long = "count(for a in 1..1000, b in 1..1000 return a * b)"
    value = attempt(dag, draft, {"amount": long}).json()
    assert value["wrong"]["amount"]["en"]
    model = MODEL.replace('<text>"big"</text>', f"<text>string({long})</text>")
    told = attempt(dag, draft, {"amount": "11"}, model=model).json()
    assert told["value"] is None
    assert told["problem"]["sv"] != told["problem"]["en"]


@pytest.mark.parametrize(
    "model",
    [
        "<half",
        "",
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n' + MODEL.partition("\n")[2].replace("Size", "&a;"),
        "<a>" * 5_000,
    ],
)
def test_files_that_cannot_be_read_are_told_with_file_and_line(dag: Browser, draft: str, model: str) -> None:
    answer = attempt(dag, draft, {"amount": "4"}, model=model)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["value"] is None
    assert {one["file"] for one in told["findings"]} == {FILE}
    assert all(one["message"]["sv"] for one in told["findings"])
    assert "root:" not in answer.text


def test_what_is_too_large_or_no_decision_file_is_refused(dag: Browser, draft: str) -> None:
    assert attempt(dag, draft, {"amount": "1" * 5_001}).status_code == 400
    assert attempt(dag, draft, {f"a{n}": "1" for n in range(201)}).status_code == 400
    assert attempt(dag, draft, {}, model="x" * 1_000_001).status_code in (400, 413)
    body = {"values": {}, "unsaved": {"process.bpmn": MODEL}}
    assert dag.post(f"{DRAFTS}/{draft}/decisions/size/evaluate", json=body).status_code == 422


def test_decisions_of_drafts_are_for_designers(browser_of: BrowserOf, dag: Browser, draft: str) -> None:
    for name in ("karin", "audun"):
        other = browser_of(name)
        assert attempt(other, draft, {}).status_code == 403
        assert other.get(f"{DRAFTS}/{draft}/decisions/size").status_code == 403
    assert dag.get(f"{DRAFTS}/{draft}/decisions/nothing").status_code == 404
    assert dag.post(f"{DRAFTS}/{draft}/decisions/nothing/evaluate", json={"values": {}}).status_code == 404
    assert dag.get(f"{DRAFTS}/nothing/decisions/size").status_code == 404

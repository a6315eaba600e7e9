"""The runner of test cases: what it counts as passed, failed and not supported, and what of the format it reads."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine import feel
from engine.dmn import DecisionModel, DecisionResult
from tests.dmn.building import decision, dmn, imports, inputs, literal

from .runner import Tally, run_folder

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "sample"

PLUS_ONE = dmn(inputs("n"), decision(literal("n + 1"), name="d", needs="in-n"))
JAVA = dmn(decision('<functionDefinition kind="Java"/>', name="d"), target="urn:java")
NOTHING = '<value xsi:nil="true"/>'


def value(text: str, kind: str = "decimal") -> str:
    return f'<value xsi:type="xsd:{kind}">{text}</value>'


def case(given: str, expected: str, *, attributes: str = "", result: str = "") -> str:
    given = f'<inputNode name="n">{given}</inputNode>' if given else ""
    wanted = f'<resultNode name="d" {result}><expected>{expected}</expected></resultNode>'
    return f'<testCase id="c" {attributes}>{given}{wanted}</testCase>'


def run(folder: Path, *cases: str, **models: bytes) -> Tally:
    """The outcome of cases about `one.dmn`."""
    for name, model in {"one": PLUS_ONE, **models}.items():
        (folder / f"{name}.dmn").write_bytes(model)
    spaces = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    (folder / "one-test-01.xml").write_text(
        f'<tc:testCases xmlns:tc="http://www.omg.org/spec/DMN/20160719/testcase" {spaces}><tc:modelName>one.dmn</tc:modelName>'
        f"{''.join(cases)}</tc:testCases>"
    )
    (tally,) = run_folder(folder)
    return tally


@pytest.mark.parametrize("folder", sorted(path.name for path in SAMPLE.iterdir()))
def test_our_sample_passes(folder: str) -> None:
    (tally,) = run_folder(SAMPLE / folder)
    assert (tally.failures, tally.unsupported) == ([], [])
    assert tally.passed > 0


def test_a_right_answer_is_passed_and_a_wrong_expectation_failed(tmp_path: Path) -> None:
    tally = run(tmp_path, case(value("1"), value("2")), case(value("1"), value("3")))
    assert (tally.passed, tally.unsupported) == (1, [])
    assert tally.failures == ["one-test-01.xml c/d: 2 instead of 3"]


@pytest.mark.parametrize("wrong", [value("2", "string"), value("true", "boolean"), f"<list><item>{value('2')}</item></list>"])
def test_an_answer_of_another_type_is_failed(tmp_path: Path, wrong: str) -> None:
    assert len(run(tmp_path, case(value("1"), wrong)).failures) == 1


def test_an_error_is_passed_only_where_one_is_expected(tmp_path: Path) -> None:
    endless = dmn(decision(literal("count(for a in 1..9999 return count(for b in 1..9999 return b))"), name="d"))
    expected = case("", NOTHING, result='errorResult="true"')
    tally = run(tmp_path, case("", NOTHING), expected, one=endless)
    assert tally.passed == 1
    assert len(tally.failures) == 1
    assert "raised DecisionError" in tally.failures[0]


def test_a_value_where_an_error_is_expected_is_failed(tmp_path: Path) -> None:
    tally = run(tmp_path, case(value("1"), value("2"), result='errorResult="true"'))
    assert tally.failures == ["one-test-01.xml c/d: 2 instead of null"]


def test_null_instead_of_a_value_is_failed_with_the_reason(tmp_path: Path) -> None:
    (line,) = run(tmp_path, case(NOTHING, value("2"))).failures
    assert "null instead of 2 ('+' does not work on null and number." in line


def test_a_java_function_is_not_supported_with_the_reason(tmp_path: Path) -> None:
    tally = run(tmp_path, case("", NOTHING), one=JAVA)
    assert (tally.passed, tally.failures) == (0, [])
    assert "a function in Java is not executed here" in tally.unsupported[0]


def test_a_model_that_imports_one_is_not_supported_either(tmp_path: Path) -> None:
    top = dmn(imports("urn:java", "java"), decision(literal("1"), name="d"))
    tally = run(tmp_path, case("", value("1")), one=top, java=JAVA)
    assert tally.failures == []
    assert "Java" in tally.unsupported[0]


def test_a_model_that_cannot_be_read_or_is_not_there_is_failed(tmp_path: Path) -> None:
    circle = decision(literal("1"), name="d", needs="d")
    assert "dmn-circle" in run(tmp_path, case("", value("1")), one=dmn(circle)).failures[0]
    (tmp_path / "one.dmn").unlink()
    (tally,) = run_folder(tmp_path)
    assert "no model one.dmn" in tally.failures[0]


@pytest.mark.parametrize("attributes", ['type="bkm" invocableName="d"', 'type="decisionService" invocableName="gone"'])
def test_what_is_not_in_the_model_is_failed(tmp_path: Path, attributes: str) -> None:
    (line,) = run(tmp_path, case(value("1"), value("2"), attributes=attributes)).failures
    assert "the model has no" in line


@pytest.mark.parametrize(
    "same",
    [
        value("2.0"),
        value("2", "integer"),
        value("2", "int"),
        value("2.000", "double"),
        '<value xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:long">2</value>',
    ],
)
def test_numbers_are_read_in_all_their_types(tmp_path: Path, same: str) -> None:
    assert run(tmp_path, case(value("1", "long"), same)).failures == []


@pytest.mark.parametrize(
    "given",
    [
        value("2025-03-17", "date"),
        value("12:00:00", "time"),
        value("2025-03-17T12:00:00Z", "dateTime"),
        value("P1D", "duration"),
        value("P1Y", "duration"),
        value("0", "boolean"),
        value(" text ", "string"),
        "<value>plain</value>",
        NOTHING,
        '<list xsi:nil="true"/>',
        "<list/>",
        f"<list><item>{value('1')}</item><item xsi:nil='true'/><item><list/></item></list>",
        f'<component name="a"><component name="b c">{value("1")}</component></component><component name="d" xsi:nil="true"/>',
    ],
)
def test_what_is_given_comes_back_the_same(tmp_path: Path, given: str) -> None:
    tally = run(tmp_path, case(given, given), one=dmn(inputs("n"), decision(literal("n"), name="d", needs="in-n")))
    assert tally.failures == []


def test_null_is_no_answer_when_we_cannot_read_what_stands_there(tmp_path: Path) -> None:
    unread = dmn(decision(literal("1 +"), name="d"))
    expected = case("", NOTHING, result='errorResult="true"')
    tally = run(tmp_path, case("", NOTHING), expected, one=unread)
    assert tally.passed == 1
    (line,) = tally.failures
    assert "c/d: null, but d is not FEEL" in line
    part = dmn(decision(literal("[gone(1), 1 in]"), name="d"))
    assert "is not FEEL" in run(tmp_path, case("", NOTHING), one=part).failures[0]


def test_a_case_that_asks_for_nothing_is_failed(tmp_path: Path) -> None:
    unexpected = '<testCase id="u"><resultNode name="d"/></testCase>'
    tally = run(tmp_path, '<testCase id="e"/>', unexpected, case(value("1"), value("2")))
    assert tally.passed == 1
    assert tally.failures == [
        "one-test-01.xml e: the case cannot be read: it asks for no result",
        "one-test-01.xml u/d: the case cannot be read: it expects 0 values",
    ]
    assert run(tmp_path).failures == ["one-test-01.xml: the file cannot be read: it has no testCase"]


def test_a_broken_file_is_failed_and_the_others_are_run(tmp_path: Path) -> None:
    (tmp_path / "a-test.xml").write_text("<testCases>")
    tally = run(tmp_path, case(value("1"), value("2")))
    assert tally.passed == 1
    (line,) = tally.failures
    assert line.startswith("a-test.xml: the file cannot be read: ")


@pytest.mark.parametrize(
    "broken",
    [
        value("NaN"),
        value("INF", "double"),
        value("sNaN"),
        value("soon", "date"),
        value("many"),
        value("1", "hexBinary"),
        value("yes", "boolean"),
    ],
)
def test_a_case_that_cannot_be_read_is_failed_and_not_taken_for_null(tmp_path: Path, broken: str) -> None:
    same = dmn(inputs("n"), decision(literal("null"), name="d", needs="in-n"))
    (line,) = run(tmp_path, case(value("1"), broken), one=same).failures
    assert "the case cannot be read" in line


def test_a_fault_of_the_engine_fails_the_case_and_the_others_are_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take = DecisionModel.evaluate

    def breaks_on_one(model: DecisionModel, id_: str, scope: Mapping[str, feel.Value], at: feel.Environment) -> DecisionResult:
        if scope["n"] == 1:
            raise ZeroDivisionError("by nought")
        return take(model, id_, scope, at)

    monkeypatch.setattr(DecisionModel, "evaluate", breaks_on_one)
    expected = case(value("1"), NOTHING, result='errorResult="true"')
    tally = run(tmp_path, case(value("1"), value("2")), expected, case(value("2"), value("3")))
    assert tally.passed == 1
    assert tally.failures == ["one-test-01.xml c/d: the engine broke: ZeroDivisionError: by nought"] * 2


def test_a_fault_while_a_model_is_read_fails_its_cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*arguments: object, **options: object) -> None:
        raise KeyError("gone")

    monkeypatch.setattr("engine.dmn.read_models", breaks)
    tally = run(tmp_path, case(value("1"), value("2")))
    assert tally.failures == ["one-test-01.xml c/d: reading broke: KeyError: 'gone'"]


def test_the_report_tells_each_folder_and_each_check_that_is_not_passed(tmp_path: Path) -> None:
    run(tmp_path, case(value("1"), value("2")), case(value("1"), value("3")))
    report = subprocess.run(
        [sys.executable, "-m", "tests.tck", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert report.returncode == 1
    assert "failed: ./one-test-01.xml c/d: 2 instead of 3" in report.stdout
    assert "1 of 2 checks pass (50.00%)" in report.stdout


@pytest.mark.parametrize("arguments", [[], ["gone"]])
def test_without_a_folder_the_report_says_how_to_name_one(arguments: list[str]) -> None:
    report = subprocess.run(
        [sys.executable, "-m", "tests.tck", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (report.returncode, "make tck CASES=" in report.stderr) == (2, True)

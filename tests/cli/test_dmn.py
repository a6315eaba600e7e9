"""`stegvis dmn`: decisions taken on data from a file, with an account for people, and what is wrong with DMN files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.dmn.building import context, decision, dmn, imports, inputs, knowledge, literal, service, table

from .conftest import Stegvis

AGES = table(["age"], ["group"], [(["< 16"], ['"child"']), (["< 65"], ['"adult"']), (["-"], ['"senior"'])], "FIRST")
MODEL = dmn(
    inputs("age:number", "born:date", "route"),
    decision(AGES, id_="age-group", name="Åldersgrupp", needs="in-age"),
    decision(literal('born + duration("P18Y")'), id_="grown-on", name="Myndig", needs="in-born"),
    decision(literal("age + 1"), id_="next", name="Next", needs="in-age"),
    decision(literal("now()"), id_="moment", name="Moment"),
    knowledge("a:date, b", literal("[a, b]"), name="pair"),
    service("serve", gives="age-group", given="in-age"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with `model.dmn` and one that imports it, where the command is run."""
    (tmp_path / "model.dmn").write_bytes(MODEL)
    top = decision(literal('base.Åldersgrupp = "adult"'), id_="top", name="top", needs="urn:one#age-group")
    (tmp_path / "top.dmn").write_bytes(dmn(imports("urn:one", "base"), top, target="urn:top"))
    return tmp_path


def given(folder: Path, **members: object) -> str:
    (folder / "context.json").write_text(json.dumps(members))
    return "context.json"


def test_a_decision_gives_its_value_as_feel(stegvis: Stegvis, folder: Path) -> None:
    result = stegvis("dmn", "evaluate", "model.dmn", "age-group", "--context", given(folder, age=30))
    assert (result.exit_code, result.stdout, result.stderr) == (0, '"adult"\n', "")


def test_a_decision_is_found_by_its_name_and_data_come_from_standard_input(stegvis: Stegvis, folder: Path) -> None:
    result = stegvis("dmn", "evaluate", "model.dmn", "Åldersgrupp", "--context", "-", stdin='{"age": 7}')
    assert result.stdout == '"child"\n'


def test_an_explanation_tells_what_was_seen_and_what_became_of_each_rule(stegvis: Stegvis, folder: Path) -> None:
    result = stegvis("dmn", "evaluate", "model.dmn", "age-group", "--explain", "--context", given(folder, age=30))
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    for line in (
        'Åldersgrupp (FIRST) = "adult"',
        "age age 30",
        "1 refused age: < 16",
        '2 matched group = "adult"',
        "3 not tried",
        'Åldersgrupp "adult"',
    ):
        assert line in lines
    assert lines[-1] == '"adult"'


def test_json_has_the_value_the_diagnoses_and_the_explanation(stegvis: Stegvis, folder: Path) -> None:
    told = json.loads(stegvis("dmn", "evaluate", "model.dmn", "age-group", "--json", "--context", given(folder, age=30)).stdout)
    assert (told["value"], told["diagnoses"]) == ("adult", [])
    assert [rule["rule"] for rule in told["explanation"]["tables"][0]["refused"]] == [1]


def test_text_is_a_date_where_a_date_is_declared(stegvis: Stegvis, folder: Path) -> None:
    taken = stegvis("dmn", "evaluate", "model.dmn", "grown-on", "--context", given(folder, born="2007-03-17"))
    assert "2025-03-17" in taken.stdout
    called = stegvis(
        "dmn", "evaluate", "model.dmn", "pair", "--json", "--context", given(folder, a="2025-01-01", b="2025-01-01")
    )
    assert json.loads(called.stdout)["value"] == ["2025-01-01", "2025-01-01"]
    assert stegvis("dmn", "evaluate", "model.dmn", "grown-on", "--context", given(folder, born="soon")).exit_code == 1


def test_services_and_knowledge_models_are_called(stegvis: Stegvis, folder: Path) -> None:
    assert stegvis("dmn", "evaluate", "model.dmn", "serve", "--context", given(folder, age=70)).stdout == '"senior"\n'
    assert stegvis("dmn", "evaluate", "model.dmn", "fn-pair").stdout == "[null, null]\n"


def test_files_beside_the_model_may_be_imported(stegvis: Stegvis, folder: Path) -> None:
    assert stegvis("dmn", "evaluate", "top.dmn", "top", "--context", given(folder, age=30)).stdout == "true\n"


def test_the_moment_may_be_chosen(stegvis: Stegvis, folder: Path) -> None:
    summer = stegvis("dmn", "evaluate", "model.dmn", "moment", "--json", "--now", "2025-07-01T12:00")
    assert json.loads(summer.stdout)["value"].startswith("2025-07-01T12:00:00")
    assert stegvis("dmn", "evaluate", "model.dmn", "moment").exit_code == 0
    wrong = stegvis("dmn", "evaluate", "model.dmn", "moment", "--now", "noon")
    assert (wrong.exit_code, "2025-03-17T12:00" in wrong.stderr) == (2, True)


def test_a_decision_that_fails_is_one_sentence_and_exit_code_1(stegvis: Stegvis, folder: Path) -> None:
    result = stegvis("dmn", "evaluate", "model.dmn", "next")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Error: Decision 'Next': '+' does not work on null and number." in result.stderr


def test_leniently_it_is_null_with_the_reason_beside_it(stegvis: Stegvis, folder: Path) -> None:
    result = stegvis("dmn", "evaluate", "model.dmn", "next", "--lenient")
    assert (result.exit_code, result.stdout) == (0, "null\n")
    assert "null: '+' does not work on null and number." in result.stderr


def test_data_that_nothing_asks_for_are_pointed_out(stegvis: Stegvis, folder: Path) -> None:
    result = stegvis("dmn", "evaluate", "model.dmn", "age-group", "--context", given(folder, agee=30))
    assert result.stdout == '"senior"\n'
    assert "Nothing asks for 'agee'. Did you mean 'age'?" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("model.dmn", "age-groop"), "Did you mean 'age-group'?"),
        (("model.dmn", "in-age"), "There is age-group, fn-pair, fn-serve, grown-on, moment, next."),
        (("gone.dmn", "d"), "does not exist"),
        (("model.dmn", "next", "--context", "list.json"), "must be a JSON object"),
        (("model.dmn", "next", "--context", "gone.json"), "No such file"),
    ],
)
def test_wrong_usage_is_exit_code_2(stegvis: Stegvis, folder: Path, arguments: tuple[str, ...], told: str) -> None:
    (folder / "list.json").write_text("[1]")
    result = stegvis("dmn", "evaluate", *arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_a_context_that_is_no_json_is_refused(stegvis: Stegvis, folder: Path) -> None:
    result = stegvis("dmn", "evaluate", "model.dmn", "next", "--context", "-", stdin="{")
    assert result.exit_code == 2
    assert "is not JSON" in result.stderr


def test_a_file_with_errors_is_refused_with_what_is_wrong_with_it_and_its_imports(stegvis: Stegvis, folder: Path) -> None:
    (folder / "model.dmn").write_bytes(dmn(decision(literal("1 +"))))
    (folder / "unrelated.dmn").write_bytes(dmn(decision(literal("(")), target="urn:unrelated"))
    result = stegvis("dmn", "evaluate", "top.dmn", "top")
    assert result.exit_code == 1
    assert "[dmn-import]" in result.stderr
    assert "model.dmn:2" in result.stderr
    assert "unrelated" not in result.stderr


@pytest.mark.parametrize(
    "data",
    [
        {"base": {"born": "2000-01-31"}},
        {"born": "2000-01-31"},
        {"base": {"born": {"@": "2000-01-31"}}},
        {"born": {"@": "2000-01-31"}},
    ],
)
def test_dates_may_stand_under_the_name_of_an_import(stegvis: Stegvis, folder: Path, data: dict[str, object]) -> None:
    top = decision(literal('base.born + @"P1Y"'), id_="top", name="top", needs="urn:one#in-born")
    (folder / "top.dmn").write_bytes(dmn(imports("urn:one", "base"), top, target="urn:top"))
    result = stegvis("dmn", "evaluate", "top.dmn", "top", "--context", given(folder, **data))
    assert (result.exit_code, result.stdout, result.stderr) == (0, '@"2001-01-31"\n', "")


def test_dates_may_stand_under_the_names_of_imports_of_imports(stegvis: Stegvis, folder: Path) -> None:
    middle = decision(literal("base.born"), id_="m", name="m", needs="urn:one#in-born")
    (folder / "middle.dmn").write_bytes(dmn(imports("urn:one", "base"), middle, target="urn:middle"))
    top = decision(literal("mid.m"), id_="top", name="top", needs="urn:middle#m")
    (folder / "top.dmn").write_bytes(dmn(imports("urn:middle", "mid"), top, target="urn:top"))
    data = given(folder, mid={"base": {"born": "2000-01-31"}})
    result = stegvis("dmn", "evaluate", "top.dmn", "top", "--context", data)
    assert (result.exit_code, result.stdout, result.stderr) == (0, '@"2000-01-31"\n', "")


def test_an_explanation_is_told_in_swedish_too(stegvis: Stegvis, folder: Path) -> None:
    data = given(folder, age=30)
    result = stegvis("dmn", "evaluate", "model.dmn", "age-group", "--explain", "--language", "sv", "--context", data)
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    told = ("1 passade inte age: < 16", '2 passade group = "adult"', "3 prövades inte", "Indata Uttryck Värde", "Beslut Värde")
    assert [line for line in told if line not in lines] == []


def test_check_finds_nothing_wrong_with_good_files(stegvis: Stegvis, folder: Path) -> None:
    result = stegvis("dmn", "check", ".")
    assert (result.exit_code, result.stdout) == (0, "Everything is in order.\n")


def test_check_tells_what_is_wrong_in_the_chosen_files_only(stegvis: Stegvis, folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    (inner / "bad.dmn").write_bytes(dmn(decision(context(("a", literal("1 +"))))))
    (inner / "worse.dmn").write_bytes(dmn(decision(literal("(")), target="urn:worse"))
    result = stegvis("dmn", "check", "inner/bad.dmn", "model.dmn")
    assert result.exit_code == 1
    assert "inner/bad.dmn:2" in result.stdout
    assert "1 error, 0 warnings." in result.stdout
    found = json.loads(stegvis("dmn", "check", "--json", ".").stdout)
    assert [(one["rule"], one["file"]) for one in found] == [
        ("dmn-expression", "inner/bad.dmn"),
        ("dmn-expression", "inner/worse.dmn"),
    ]


def test_check_tells_of_gaps_in_tables(stegvis: Stegvis, folder: Path) -> None:
    gap = table(["age:number"], ["x"], [(["< 16"], ["1"]), (["> 16"], ["2"])])
    (folder / "gap.dmn").write_bytes(dmn(inputs("age:number"), decision(gap, needs="in-age"), target="urn:gap"))
    found = json.loads(stegvis("dmn", "check", "--json", "gap.dmn").stdout)
    assert [(one["rule"], one["file"], one["element"]) for one in found] == [("dmn-gap", "gap.dmn", "d")]


def test_check_tells_of_types_that_cannot_fit(stegvis: Stegvis, folder: Path) -> None:
    wrong = decision(literal("age"), needs="in-age", typed="b:string")
    (folder / "wrong.dmn").write_bytes(dmn(inputs("age:number"), wrong, target="urn:wrong"))
    result = stegvis("dmn", "check", "wrong.dmn")
    assert (result.exit_code, "The value does not fit: number where string is declared" in result.stdout) == (1, True)


def test_check_reads_along_what_a_chosen_file_imports(stegvis: Stegvis, folder: Path) -> None:
    assert stegvis("dmn", "check", "top.dmn").exit_code == 0


def test_check_of_nothing_is_wrong_usage(stegvis: Stegvis, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for arguments in ((), ("empty",), ("gone",)):
        assert stegvis("dmn", "check", *arguments).exit_code == 2


def test_help_teaches_with_examples(stegvis: Stegvis) -> None:
    told = stegvis("dmn", "evaluate", "--help").stdout
    assert "stegvis dmn evaluate route.dmn route --context client.json" in told
    assert "--explain" in told
    assert "stegvis dmn check processes" in stegvis("dmn", "check", "--help").stdout

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from engine import feel
from engine.form import Form, read_form, restore_form

SCHEMA: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "form:kontakt",
    "type": "object",
    "additionalProperties": False,
    "required": ["startDate", "channel"],
    "properties": {
        "startDate": {"type": "string", "format": "date"},
        "channel": {"enum": ["visit", "phone"]},
        "phone": {"type": "string", "pattern": "^[0-9 +-]{5,20}$"},
        "email": {"type": "string", "format": "email"},
        "consent": {"const": True},
        "host": {"type": "string", "x-register": "organisations"},
        "hours": {"type": "number", "minimum": 0.5, "maximum": 40},
        "signers": {
            "type": "array",
            "maxItems": 3,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name"],
                "properties": {"name": {"type": "string", "minLength": 1}, "at": {"$ref": "#/$defs/moment"}},
            },
        },
        "ended": {"type": "boolean"},
        "endedWhy": {"type": "string", "minLength": 3},
    },
    "if": {"properties": {"ended": {"const": True}}, "required": ["ended"]},
    "then": {"required": ["endedWhy"]},
    "anyOf": [{"required": ["phone"]}, {"required": ["email"]}],
    "$defs": {"moment": {"type": "string", "format": "date-time"}},
}
UI: dict[str, object] = {"ui:order": ["startDate", "channel", "*"], "signers": {"items": {"name": {"ui:widget": "text"}}}}
LABELS = {
    "startDate": "Startdatum",
    "channel": "Kontaktväg",
    "phone": "Telefon",
    "email": "E-post",
    "consent": "Samtycke",
    "host": "Värd",
    "hours": "Timmar",
    "signers": "Undertecknare",
    "signers[].name": "Namn",
    "signers[].at": "Tid",
    "ended": "Är åtgärden avslutad?",
    "endedWhy": "Varför?",
}
GOOD = {"startDate": "2025-03-17", "channel": "phone", "phone": "08-123 45"}


def texts(**labels: str) -> dict[str, object]:
    fields: dict[str, dict[str, object]] = {key: {"label": label} for key, label in {**LABELS, **labels}.items()}
    fields["channel"]["options"] = {"visit": "Besök", "phone": "Telefon"}
    fields["phone"]["hint"] = "Bara siffror."
    return {"title": "Registrera kontakt", "fields": fields}


def files(**changed: object) -> dict[str, bytes]:
    content: dict[str, object] = {
        "schema.json": SCHEMA,
        "ui.json": UI,
        "texts.sv.json": texts(),
        "texts.en.json": texts(startDate="Start date", ended="Has the measure ended?"),
        "examples/good.json": GOOD,
        "examples/invalid/no-date.json": {"why": "No date.", "paths": ["/startDate"], "submission": {**GOOD, "startDate": "x"}},
    }
    for name, value in changed.items():
        content[name.replace("__", "/").replace("_", ".")] = value
    return {name: json.dumps(value).encode() for name, value in content.items() if value is not None}


def form(**schema: object) -> Form:
    changed = {"schema_json": {**SCHEMA, **schema}, "examples__invalid__no-date_json": None}
    changed |= {"examples__good_json": {**GOOD, "consent": True}} if schema else {}
    found, findings = read_form("kontakt", files(**changed))
    assert findings == []
    assert found is not None
    return found


def rules(**changed: object) -> list[tuple[str, str]]:
    found, findings = read_form("kontakt", files(**changed))
    assert (found is None) == any(finding.is_error for finding in findings)
    assert all(finding.remedy and finding.file.startswith("forms/kontakt/") for finding in findings)
    return [(finding.rule, finding.element) for finding in findings]


def told(submission: object, language: str = "sv") -> dict[str, str]:
    return {problem.path: problem.text(language) for problem in form().check(submission)}


def test_a_stored_form_is_read_whatever_younger_rules_say_of_it_unless_it_is_damaged() -> None:
    schema = {**SCHEMA, "$id": "form:older", "x-older": True}
    older = files(schema_json=schema, texts_en_json={}, examples__good_json={})
    assert read_form("kontakt", older)[0] is None
    found = restore_form("kontakt", older)
    assert found is not None
    assert [problem.path for problem in found.check({"channel": "phone", "phone": "08-123 45"})] == ["/startDate"]
    assert restore_form("kontakt", {}) is None
    assert restore_form("kontakt", {**older, "schema.json": b"{"}) is None


def test_a_right_folder_is_a_form() -> None:
    found = form()
    assert found.key == "kontakt"
    assert found.examples == {"good": GOOD}
    assert found.names == tuple(key for key in LABELS if "[" not in key)
    assert found.texts["en"].label("startDate") == "Start date"
    assert found.check(GOOD) == []


@pytest.mark.parametrize("missing", ["schema_json", "texts_sv_json", "texts_en_json"])
def test_a_missing_file_is_an_error(missing: str) -> None:
    assert ("file-missing", "") in rules(**{missing: None})


def test_a_form_without_ui_is_a_form_and_without_examples_a_warning() -> None:
    changed = {"ui_json": None, "examples__good_json": None}
    assert rules(**changed) == [("form-examples", "")]


def test_a_strange_file_is_a_warning() -> None:
    found, (finding,) = read_form("kontakt", {**files(), "script.py": b""})
    assert found is not None
    assert finding.rule == "file-strange"


def test_duplicate_keys_are_refused() -> None:
    _, findings = read_form("kontakt", {**files(), "schema.json": b'{"type": "object", "type": "object"}'})
    assert [finding.rule for finding in findings] == ["duplicate-key"]


def test_a_remote_reference_is_refused() -> None:
    properties = {"a": {"$ref": "http://localhost:1/schema.json"}}
    assert rules(schema_json={**SCHEMA, "properties": properties}) == [("schema-reference", "/properties/a")]


def test_a_form_is_closed_and_bears_its_own_name() -> None:
    assert ("form-open", "") in rules(schema_json={**SCHEMA, "additionalProperties": True})
    assert ("form-open", "") in rules(schema_json={key: value for key, value in SCHEMA.items() if key != "type"})
    assert ("form-id", "") in rules(schema_json={**SCHEMA, "$id": "form:another"})


def test_ui_names_only_fields_that_exist() -> None:
    assert rules(ui_json={"startdate": {}}) == [("ui-field", "startdate")]
    assert rules(ui_json={"signers": {"items": {"nam": {}}}}) == [("ui-field", "signers[]")]
    assert rules(ui_json={"ui:order": ["startDate", "slut", "*"]}) == [("ui-field", "slut")]
    assert rules(ui_json={"ui:order": ["startDate"]}) == [("ui-order", "")]
    assert rules(ui_json={"startDate": "date"}) == [("ui-shape", "startDate")]
    assert rules(ui_json=[]) == [("file-shape", "")]


def test_an_unknown_widget_is_a_warning() -> None:
    assert rules(ui_json={"startDate": {"ui:widget": "kalender"}}) == [("ui-widget", "startDate")]


def test_every_field_and_answer_has_a_text_in_both_languages() -> None:
    without = texts()
    fields = without["fields"]
    assert isinstance(fields, dict)
    del fields["signers[].at"]
    fields["channel"]["options"] = {"visit": "Visit"}
    assert rules(texts_en_json=without) == [("texts-missing", "channel"), ("texts-missing", "signers[].at")]


def test_a_text_for_nothing_is_a_warning() -> None:
    extra = {**texts(), "errors": {"slut": {"required": "x"}}}
    fields = extra["fields"]
    assert isinstance(fields, dict)
    fields["channel"]["options"]["letter"] = "Brev"
    fields["borta"] = {"label": "Borta"}
    assert rules(texts_sv_json=extra) == [("texts-orphan", "borta"), ("texts-orphan", "slut"), ("texts-orphan", "channel")]


@pytest.mark.parametrize(
    "content",
    [[], {"title": 1}, {"fields": []}, {"fields": {"a": "b"}}, {"fields": {"a": {"label": 1}}}, {"errors": {"a": {"b": 1}}}],
)
def test_misshapen_texts_are_refused(content: object) -> None:
    assert {rule for rule, _ in rules(texts_sv_json=content)} == {"texts-shape"}


def test_an_example_must_be_right() -> None:
    assert rules(examples__good_json={**GOOD, "channel": "letter"}) == [("example-wrong", "/channel")]


def test_a_wrong_example_must_be_wrong_exactly_where_it_says() -> None:
    right = {"why": "-", "paths": ["/startDate"], "submission": GOOD}
    assert rules(examples__invalid__x_json=right) == [("example-wrong", "")]
    elsewhere = {"why": "-", "paths": ["/startDate"], "submission": {**GOOD, "startDate": "x", "hours": 41}}
    assert rules(examples__invalid__x_json=elsewhere) == [("example-wrong", "")]
    assert rules(examples__invalid__x_json={"paths": []}) == [("example-shape", "")]


def test_every_problem_is_told_in_the_order_of_the_form() -> None:
    problems = form().check({"hours": 0, "ended": True, "channel": "letter", "strange": 1})
    assert [(problem.path, problem.keyword) for problem in problems] == [
        ("/startDate", "required"),
        ("/channel", "enum"),
        ("/phone", "anyOf"),
        ("/hours", "minimum"),
        ("/endedWhy", "required"),
        ("/strange", "additionalProperties"),
    ]


def test_problems_are_plain_swedish() -> None:
    assert told(
        {"hours": 0, "consent": False, "ended": True, "phone": "x", "host": "", "signers": [{"name": "B"}, {"name": ""}]}
    ) == {
        "/startDate": "Fyll i Startdatum.",
        "/channel": "Välj ett svar under Kontaktväg.",
        "/phone": "Telefon: svaret har inte rätt form. Bara siffror.",
        "/consent": "Kryssa i Samtycke.",
        "/hours": "Timmar: ange lägst 0,5.",
        "/signers/1/name": "Rad 2: Fyll i Namn.",
        "/endedWhy": "Svara på Varför?",
    }


def test_problems_are_plain_english() -> None:
    assert told(
        {"channel": "visit", "email": "x", "startDate": "17/3", "hours": 40.5, "ended": "ja", "signers": [1, 2, 3, 4]}, "en"
    ) == {
        "/startDate": "Start date: write a date like 2025-03-17.",
        "/email": "E-post: write an e-mail address like name@example.org.",
        "/hours": "Timmar: give at most 40.",
        "/signers": "Undertecknare: give at most 3.",
        "/signers/0": "Undertecknare: fill in the parts.",
        "/signers/1": "Undertecknare: fill in the parts.",
        "/signers/2": "Undertecknare: fill in the parts.",
        "/signers/3": "Undertecknare: fill in the parts.",
        "/ended": "Has the measure ended? Answer yes or no.",
    }


def test_a_choice_among_missing_fields_names_them() -> None:
    assert told({"startDate": "2025-03-17", "channel": "visit"}) == {"/phone": "Fyll i Telefon eller E-post."}


@pytest.mark.parametrize("empty", [None, ""])
def test_an_emptied_field_is_to_be_filled_in(empty: object) -> None:
    assert told({**GOOD, "startDate": empty})["/startDate"] == "Fyll i Startdatum."


@pytest.mark.parametrize("submission", [None, [], "x", 3, True])
def test_a_submission_is_an_object(submission: object) -> None:
    (problem,) = form().check(submission)
    assert (problem.path, problem.keyword) == ("", "type")


def test_a_giant_submission_is_one_problem() -> None:
    (problem,) = form().check({**GOOD, "phone": "1" * 600_000})
    assert (problem.path, problem.keyword) == ("", "maxSize")


def test_what_is_of_the_wrong_type_has_one_problem_that_says_what_to_write() -> None:
    found = form(allOf=[{"properties": {"channel": {"type": "string", "minLength": 3}}}])
    problems = found.check({"startDate": 3, "channel": None, "phone": {}, "consent": "ja"})
    assert [(problem.path, problem.keyword, problem.text_sv) for problem in problems] == [
        ("/startDate", "type", "Startdatum: skriv ett datum som 2025-03-17."),
        ("/channel", "type", "Välj ett svar under Kontaktväg."),
        ("/phone", "type", "Telefon: skriv text."),
        ("/consent", "const", "Kryssa i Samtycke."),
    ]
    wrong = found.check({**GOOD, "channel": 3})
    assert [problem.text_sv for problem in wrong] == ["Kontaktväg: välj ett av svaren."]


def test_a_box_that_must_be_ticked_is_to_be_ticked() -> None:
    (problem,) = form(required=["consent"]).check(GOOD)
    assert (problem.path, problem.text_sv, problem.text_en) == ("/consent", "Kryssa i Samtycke.", "Tick Samtycke.")


def test_texts_of_the_form_override() -> None:
    override = {**texts(), "errors": {"startDate": {"required": "När börjar det?"}, "phone": {"anyOf": "Hur når vi dig?"}}}
    found, _ = read_form("kontakt", files(texts_sv_json=override))
    assert found is not None
    assert {problem.path: problem.text_sv for problem in found.check({"channel": "visit"})} == {
        "/startDate": "När börjar det?",
        "/phone": "Hur når vi dig?",
    }


def test_no_typed_value_is_repeated() -> None:
    secret = "hemligt-4711"
    problems = form().check(
        {
            "startDate": secret,
            "channel": secret,
            "phone": secret * 9,
            "email": secret,
            "hours": secret,
            "host": 4711,
            "signers": [secret],
        }
    )
    assert len(problems) > 5
    assert not [problem for problem in problems if "4711" in problem.text_sv + problem.text_en]


def test_paths_are_escaped_as_json_pointers() -> None:
    assert "/a~1b~0c" in told({**GOOD, "a/b~c": 1})


def test_answers_become_feel_values_and_back() -> None:
    submission = {**GOOD, "hours": 7.5, "ended": False, "signers": [{"name": "Åsa", "at": "2025-03-17T09:30"}]}
    typed = form().typed(submission)
    assert typed == {
        "startDate": date(2025, 3, 17),
        "channel": "phone",
        "phone": "08-123 45",
        "hours": Decimal("7.5"),
        "ended": False,
        "signers": [{"name": "Åsa", "at": datetime(2025, 3, 17, 9, 30)}],
    }
    plain = form().plain(typed)
    assert plain["startDate"] == "2025-03-17"
    assert isinstance(plain["hours"], Decimal)
    assert form().plain({"hours": Decimal("7.0")}) == {"hours": 7}
    assert form().typed(plain) == typed
    assert form().check(plain) == []


def test_times_and_durations_are_typed_under_conditions_too() -> None:
    conditional = {
        "then": {"required": ["endedWhy"], "properties": {"phone": {"format": "time"}, "email": {"format": "duration"}}},
        "anyOf": [{"properties": {"host": {"format": "date"}}}, True],
    }
    typed = form(**conditional).typed(
        {"phone": "09:30", "email": "P10D", "host": "2025-01-02", "channel": "2025-01-02", "x": 1}
    )
    assert typed == {
        "phone": time(9, 30),
        "email": feel.parse_duration("P10D"),
        "host": date(2025, 1, 2),
        "channel": "2025-01-02",
        "x": Decimal(1),
    }


def test_what_is_not_written_as_its_format_stays_text() -> None:
    assert form().typed({"startDate": "i morgon", "signers": None}) == {"startDate": "i morgon", "signers": None}


def test_great_whole_numbers_stay_exact() -> None:
    assert form().plain({"hours": Decimal("12345678901234567890.25")}) == {"hours": Decimal("12345678901234567890.25")}
    assert form().typed({"hours": 0.1}) == {"hours": Decimal("0.1")}


def test_register_references_are_found_with_their_paths() -> None:
    nested = {**SCHEMA, "properties": {"hosts": {"type": "array", "items": {"$ref": "#/$defs/host"}}}, "anyOf": [True]}
    nested["$defs"] = {"host": {"type": "object", "properties": {"id": {"type": "string", "x-register": "organisations"}}}}
    found, _ = read_form("kontakt", files())
    assert found is not None
    assert found.register_references({**GOOD, "host": "org-1"}) == [("/host", "organisations", "org-1")]
    from engine.schema import references

    assert references(nested, {"hosts": [{"id": "a"}, {"id": None}, {"id": "b"}]}) == [
        (("hosts", 0, "id"), "organisations", "a"),
        (("hosts", 2, "id"), "organisations", "b"),
    ]

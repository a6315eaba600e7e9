"""Server and browser judge alike: both run the cases of conformance.json, the browser's in web/src/shared/form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.form.problems import Wording, problems
from engine.form.texts import FieldTexts, Texts
from engine.schema import compile_schema, fields_of

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("conformance.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_value_has_these_problems_in_these_words(case: dict[str, Any]) -> None:
    texts = Texts("T", {key: FieldTexts(label) for key, label in case["labels"].items()})
    wording = Wording(fields_of(case["schema"]), texts, texts)
    schema = compile_schema(case["schema"])
    for row in case["values"]:
        found = problems(schema.breaches(row["value"]), row["value"], wording)
        told = [{"path": one.path, "keyword": one.keyword, "sv": one.text_sv, "en": one.text_en} for one in found]
        assert told == row["problems"], row["value"]

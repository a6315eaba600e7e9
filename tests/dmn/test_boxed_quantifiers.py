"""A boxed `some` or `every` has no value when its condition is not boolean (DMN 1.5, boxed iterators)."""

from __future__ import annotations

import pytest

from engine import dmn, feel

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="fruit" name="fruit" namespace="urn:example:fruit">
  <decision id="ripe" name="ripe">
    <variable name="ripe"/>
    <{quantifier} iteratorVariable="pear">
      <in><literalExpression><text>[1, 2]</text></literalExpression></in>
      <satisfies><literalExpression><text>if pear = 2 then {decided} else {other}</text></literalExpression></satisfies>
    </{quantifier}>
  </decision>
</definitions>"""


@pytest.mark.parametrize(("quantifier", "decided"), [("some", "true"), ("every", "false")])
def test_null_leaves_the_answer_open_and_text_is_an_error(quantifier: str, decided: str) -> None:
    def answer(other: str) -> feel.Value:
        text = MODEL.format(quantifier=quantifier, decided=decided, other=other)
        models, findings = dmn.read_models({"fruit.dmn": text.encode()}, strict=False)
        assert not [one for one in findings if one.is_error]
        return models["fruit.dmn"].evaluate("ripe", {}, feel.Environment()).value

    assert answer("null") is (decided == "true")
    assert answer('"green"') is None

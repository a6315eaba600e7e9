"""The model's own types in its expressions."""

from __future__ import annotations

from decimal import Decimal

from engine import feel
from engine.dmn import read_models

ENVIRONMENT = feel.Environment()
NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
TYPES = """
<itemDefinition name="tLoan"><itemComponent name="sum"><typeRef>number</typeRef></itemComponent>
<itemComponent name="taken on"><typeRef>date</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tLoans" isCollection="true"><typeRef>tLoan</typeRef></itemDefinition>
<itemDefinition name="tSmall"><typeRef>number</typeRef><allowedValues><text>[0..9]</text></allowedValues></itemDefinition>
<itemDefinition name="tAnything"/>
<itemDefinition name="tRule"><functionItem outputTypeRef="number"><parameters name="loan" typeRef="tLoan"/></functionItem>
</itemDefinition>
"""


def taken(text: str, *, imported: bool = False) -> feel.Value:
    """The value of a decision with that text, whose model has the types, or imports them under the name `common`."""
    types = f'<import namespace="urn:types" name="common" importType="{NAMESPACE}"/>' if imported else TYPES
    decision = f'<decision id="d" name="d"><literalExpression><text><![CDATA[{text}]]></text></literalExpression></decision>'
    sources = {"a.dmn": f'<definitions xmlns="{NAMESPACE}" namespace="urn:a" name="a">{types}{decision}</definitions>'.encode()}
    if imported:
        other = '<inputData id="i" name="i"/>'
        whole = f'<definitions xmlns="{NAMESPACE}" namespace="urn:types" name="t">{TYPES}{other}</definitions>'
        sources["types.dmn"] = whole.encode()
    models, findings = read_models(sources)
    assert findings == []
    return models["a.dmn"].evaluate("d", {}, ENVIRONMENT).value


def test_a_value_is_of_a_type_of_the_model_by_what_it_is_made_of() -> None:
    assert taken('{sum: 1, taken on: @"2025-02-06"} instance of tLoan') is True
    assert taken("{sum: 1} instance of tLoan") is False
    assert taken('[{sum: 1, taken on: @"2025-02-06"}] instance of tLoans') is True
    assert taken("{} instance of list<tLoan>") is False
    assert taken("(function(a) 1) instance of tRule") is True
    assert taken("(function() 1) instance of tRule") is False
    assert taken("1 instance of tAnything") is True


def test_the_values_that_a_type_allows_do_not_make_the_type() -> None:
    assert taken("100 instance of tSmall") is True


def test_a_parameter_of_a_type_of_the_model_is_made_to_fit() -> None:
    assert taken('(function(loans: tLoans) count(loans))({sum: 1, taken on: @"2025-02-06"})') == Decimal(1)


def test_a_type_of_an_imported_model_is_named_with_the_import() -> None:
    assert taken('{sum: 1, taken on: @"2025-02-06"} instance of common.tLoan', imported=True) is True

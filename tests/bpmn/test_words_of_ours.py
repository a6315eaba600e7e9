"""Words of our own namespace that mean nothing where they stand are refused."""

from __future__ import annotations

import pytest

from tests.bpmn.diagrams import (
    catch,
    end,
    extension,
    loop,
    message,
    start,
    sub,
    task,
)

from .told import GOOD, errors


@pytest.mark.parametrize(
    "parts",
    [
        (*GOOD, '<textAnnotation id="x" stegvis:form="f"/>'),
        (*GOOD, '<dataObject id="x" name="y" stegvis:bind="y"/>'),
        (start(), catch("x", '<messageEventDefinition messageRef="m" stegvis:correlation="= {}"/>')),
        (start(), task("x", "<standardLoopCharacteristics><loopCondition stegvis:item='a'>= a</loopCondition>"
                            "</standardLoopCharacteristics>")),
        (start(), sub("x", start("i"), local=("a",)).replace('name="a"', 'name="a" type="number"')),
        (start(), catch("x", message(a="b").replace("expression=", 'when="= c" expression='))),
    ],
)  # fmt: skip
def test_an_attribute_of_ours_or_on_ours_that_means_nothing_is_refused_wherever_it_stands(parts: tuple[str, ...]) -> None:
    assert errors(*parts) == [("unknown-attribute", "x")]


OURS = '<stegvis:local name="a"/>'


@pytest.mark.parametrize(
    ("parts", "element"),
    [
        ((*GOOD, OURS), "p"),
        ((*GOOD, extension(OURS)), "p"),
        ((start(), task("a", OURS)), "a"),
        ((start(), sub("a", start("i")).replace("</subProcess>", f"{OURS}</subProcess>")), "a"),
        ((start(), end(), f'<sequenceFlow id="f" sourceRef="s" targetRef="e">{extension(OURS)}</sequenceFlow>'), "f"),
        ((start(), task("a", loop("[1]").replace("</multi", extension("<stegvis:output/>") + "</multi"))), "a"),
        ((start(), sub("a", start("i"), local=("b",)).replace('name="b"/>', 'name="b"><stegvis:form/></stegvis:local>')), "a"),
    ],
)  # fmt: skip
def test_an_element_of_ours_that_means_nothing_is_refused_wherever_it_stands(parts: tuple[str, ...], element: str) -> None:
    assert errors(*parts) == [("unknown-element", element)]

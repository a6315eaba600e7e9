"""Templates of documents: what is read, what is refused, what comes out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from engine import feel
from engine.document_template import CannotFill, fill, read_template
from engine.document_template.filling import MOST_ROUNDS


def whole(body: str, *, head: str = "<title>Brev</title>", start: str = '<html lang="sv">') -> bytes:
    return f"{start}<head>{head}</head><body>{body}</body></html>".encode()


def filled(body: str, **data: feel.Value) -> str:
    """What stands in the body."""
    template, findings = read_template(whole(body), name="documents/letter.html")
    assert findings == []
    assert template is not None
    return fill(template, data, feel.Environment()).partition("<body>")[2].removesuffix("</body></html>")


def test_expressions_stand_for_values_in_text_and_attributes() -> None:
    body = '<p title="{= n }">Hej {= person.name }, {=day}: {= n + 1 } {= "}" } {= {a: "b"}.a }!</p>'
    result = filled(body, person={"name": "Åsa"}, day=date(2026, 3, 2), n=Decimal("1.5"))
    assert result == '<p title="1.5">Hej Åsa, 2026-03-02: 2.5 } b!</p>'


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_images_of_a_style_lie_in_the_template(quote: str) -> None:
    style = f"p {{ background: url( {quote}data:image/png;base64,AAAA{quote}) }} q {{ content: '\\201C' }}"
    head = f"<title>a</title><style>{style}</style>"
    template, findings = read_template(whole("<p>a</p>", head=head), name="documents/letter.html")
    assert (findings, template is not None) == ([], True)


def test_whatever_is_filled_in_stays_text() -> None:
    result = filled('<p title="{= x }">{= x }</p>', x="<script>\"&'{= y }")
    assert result == '<p title="&lt;script&gt;&quot;&amp;&#x27;{= y }">&lt;script&gt;"&amp;\'{= y }</p>'


def test_an_element_stays_when_its_condition_is_true() -> None:
    body = '<p data-if="n &gt; 1">many</p><p data-if="n = 1">one</p>'
    assert filled(body, n=Decimal(1)) == "<p>one</p>"


def test_an_element_is_repeated_for_each_item_with_what_is_inside() -> None:
    body = '<ul><li data-for="one in visits" data-if="one.kept"><b>{= one.day }</b> {= place }</li></ul>'
    visits: list[feel.Value] = [{"day": "mon", "kept": True}, {"day": "tue", "kept": False}, {"day": "wed", "kept": True}]
    assert filled(body, visits=visits, place="Umeå") == "<ul><li><b>mon</b> Umeå</li><li><b>wed</b> Umeå</li></ul>"
    assert filled(body, visits=[], place="Umeå") == "<ul></ul>"


def test_a_name_of_a_loop_hides_the_same_one_outside_and_only_inside() -> None:
    assert filled('<p data-for="x in xs">{= x }</p><p>{= x }</p>', xs=["a"], x="b") == "<p>a</p><p>b</p>"


def test_elements_without_an_end_have_none() -> None:
    assert filled("<p>a<br/>b</p><hr/>") == "<p>a<br>b</p><hr>"


@pytest.mark.parametrize(
    ("body", "data", "says"),
    [
        ("<p>{= x }</p>", {"x": None}, "gives null, which is no text"),
        ("<p>{= x }</p>", {"x": {"secret": "s"}}, "gives context"),
        ("<p>{= x.y }</p>", {"x": "s"}, "has no value"),
        ("<p>{= y }</p>", {}, "has no value"),
        ('<p data-if="x">a</p>', {"x": None}, "neither true nor false"),
        ('<p data-for="a in x">a</p>', {"x": None}, "gives no list"),
        ('<p data-for="a in x">a</p>', {"x": ["secret"] * (MOST_ROUNDS + 1)}, "at most 1000"),
        ('<a href="{= x }">a</a>', {"x": "javascript:secret()"}, "leads to no address"),
        ("<p data-for='a in x'>{= string join(x) }</p>", {"x": ["secret" * 2000] * 100}, "longer than"),
    ],
)
def test_what_has_no_place_in_a_text_is_refused_and_not_repeated(body: str, data: dict[str, feel.Value], says: str) -> None:
    with pytest.raises(CannotFill, match=says) as told:
        filled(body, **data)
    assert "secret" not in told.value.message.replace("{= string join(x) }", "")


@pytest.mark.parametrize(
    ("source", "rule", "says"),
    [
        (b"<p>a", "xml-broken", ""),
        (b"<!DOCTYPE html>" + whole("<p>a</p>"), "xml-doctype", ""),
        (whole("<p>&nbsp;</p>"), "xml-broken", ""),
        (whole("<p>{= 1 + }</p>"), "bad-template", "`1 +` cannot be read"),
        (whole("<p>{= 1 </p>"), "bad-template", "has no end"),
        (whole('<p data-for="x of xs">a</p>'), "bad-template", "does not say what is repeated"),
        (whole('<p data-if="(">a</p>'), "bad-template", "cannot be read"),
        (whole("<script>x</script>"), "bad-template", "`<script>` has no place"),
        (whole('<p onclick="x">a</p>'), "bad-template", "`onclick` has no place"),
        (whole('<img alt="x" src="https://example.se/x.png"/>'), "bad-template", "nothing is fetched"),
        (whole('<img alt="x" src="data:image/svg+xml,x"/>'), "bad-template", "nothing is fetched"),
        (whole('<img src="data:image/png;base64,AA=="/>'), "bad-template", "says nothing to those"),
        (whole('<p style="background: URL(x.png)">a</p>'), "bad-template", "style is to fetch"),
        (whole("", head="<title>a</title><style>@import 'x';</style>"), "bad-template", "style is to fetch"),
        (whole("", head="<title>a</title><style>@\\69mport 'x';</style>"), "bad-template", "style is to fetch"),
        (whole('<p style="background: u\\72 l(x.png)">a</p>'), "bad-template", "style is to fetch"),
        (whole("", head="<title>a</title><style>p { color: {= x } }</style>"), "bad-template", "where none is read"),
        (whole('<p class="{= x }">a</p>'), "bad-template", "where none is read"),
        (whole("", start="<html>"), "bad-template", "its language"),
        (whole("", head="<title> </title>"), "bad-template", "no title"),
        (b"<p>a</p>", "bad-template", "its language"),
    ],
)
def test_a_template_that_cannot_be_used_is_told_with_the_reason(source: bytes, rule: str, says: str) -> None:
    template, findings = read_template(source, name="documents/letter.html")
    assert template is None
    assert rule in {finding.rule for finding in findings}
    assert any(says in finding.message for finding in findings)
    assert all(finding.message and finding.remedy and finding.file == "documents/letter.html" for finding in findings)

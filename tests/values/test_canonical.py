"""Canonical JSON: the bytes that every digest and every link of a history is over. They never change."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.canonical import Json, digest, dumps, list_of_plain, loads

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_it_is_what_any_writer_gives_with_sorted_keys_and_without_white_space(value: Json) -> None:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert dumps(value) == text
    assert loads(text) == loads(text.encode("utf-8", "surrogatepass")) == value


@given(st.lists(st.integers() | st.text()))
def test_a_list_of_texts_and_whole_numbers_is_written_the_same_by_the_short_way(items: list[str | int]) -> None:
    assert list_of_plain(*items) == dumps([*items])


def test_the_digest_of_a_document_is_the_one_that_it_had_in_every_release() -> None:
    document: Json = {
        "ö": [1, Decimal("0.50"), Decimal("1E+2"), True, None, {}, [], 'a"\\\n\u2028\x7f'],
        "": {"b": -1, "a": ""},
    }
    assert dumps(document) == '{"":{"a":"","b":-1},"ö":[1,0.5,100,true,null,{},[],"a\\"\\\\\\n\u2028\x7f"]}'
    assert digest(document) == "7b6b7ed4382e8fcf05f2c083403a1c99329b5131cfcb312da9cc46604384059f"


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", "\ufeff1", b"-Infinity"])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"JSON number|BOM"):
        loads(text)

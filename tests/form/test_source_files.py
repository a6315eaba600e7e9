from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.source import read_json, read_yaml


def json_rule(source: bytes) -> str:
    value, (finding,) = read_json(source, name="a.json")
    assert value is None
    assert finding.file == "a.json"
    return finding.rule


def yaml_rule(source: bytes) -> str:
    value, (finding,) = read_yaml(source, name="a.yaml")
    assert value is None
    assert finding.file == "a.yaml"
    return finding.rule


def test_json_is_read_with_exact_fractions() -> None:
    value, findings = read_json('\ufeff{"å": [1, 0.10, true, null]}'.encode(), name="a.json")
    assert findings == []
    assert value == {"å": [1, Decimal("0.10"), True, None]}
    assert repr(value) == "{'å': [1, Decimal('0.10'), True, None]}"


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (b"", "json-broken"),
        (b"{", "json-broken"),
        (b"[NaN]", "json-broken"),
        (b"[-Infinity]", "json-broken"),
        (b"{'a': 1}", "json-broken"),
        (b"9" * 5000, "number-too-large"),
        (b'["\\ud800"]', "json-broken"),
        (b'{"a": 1, "a": 1}', "duplicate-key"),
        (b'[{"x": {"a": 1, "\\u0061": 1}}]', "duplicate-key"),
        ("å".encode("latin-1"), "file-encoding"),
        (b"[" * 100_000, "file-too-large"),
        (b"[" * 61 + b"]" * 61, "file-too-large"),
        (b"[" + b"1," * 50_000 + b"1]", "file-too-large"),
        (b" " * 1_000_001, "file-too-large"),
        (b"1e999999999", "number-too-large"),
        (b"1e99999999999999999999", "number-too-large"),
    ],
)
def test_json_that_could_hurt_is_refused(source: bytes, rule: str) -> None:
    assert json_rule(source) == rule


def test_broken_json_says_the_line() -> None:
    assert read_json(b'{\n"a": 1\n"b": 2}', name="a.json")[1][0].line == 3


def test_yaml_follows_the_core_schema() -> None:
    source = b"no: no\non: yes\nland: NO\nat: 12:30\nday: 2025-03-17\nn: 010\nhex: 0x1f\nten: 10\n"
    source += b"half: 0.50\nnot: ~\nok: true\n1: x\n"
    value, findings = read_yaml(source, name="a.yaml")
    assert findings == []
    assert value == {
        "no": "no",
        "on": "yes",
        "land": "NO",
        "at": "12:30",
        "day": "2025-03-17",
        "n": "010",
        "hex": "0x1f",
        "ten": 10,
        "half": Decimal("0.5"),
        "not": None,
        "ok": True,
        "1": "x",
    }


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (b"a: &x [1]\nb: *x", "yaml-refused"),
        (b"a: &a [x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]", "yaml-refused"),
        (b"!!python/object/apply:os.system [ls]", "yaml-refused"),
        (b"a: !!binary aGVq", "yaml-refused"),
        (b"--- 1\n--- 2", "yaml-refused"),
        (b"a: 1\na: 2", "duplicate-key"),
        (b"- {x: {a: 1, 'a': 2}}", "duplicate-key"),
        (b"? [a]\n: b", "yaml-broken"),
        (b"a: [", "yaml-broken"),
        (b"\t- x", "yaml-broken"),
        (b"\x00", "yaml-broken"),
        (b"9" * 5000, "number-too-large"),
        (b"\xff", "file-encoding"),
        (b"[" * 100_000, "file-too-large"),
        (b"- " * 100 + b"x", "file-too-large"),
        (b"[" + b"1," * 60_000 + b"1]", "file-too-large"),
        (b"x: 1e999", "number-too-large"),
    ],
)
def test_yaml_that_could_hurt_is_refused(source: bytes, rule: str) -> None:
    assert yaml_rule(source) == rule


@given(st.binary(max_size=100))
def test_no_bytes_make_a_reader_raise(source: bytes) -> None:
    read_json(source, name="a.json")
    read_yaml(source, name="a.yaml")


@given(st.text(alphabet="{}[]:,-?&*!|>'\"% \n\tab1.e~#", max_size=40))
def test_no_markup_makes_the_yaml_reader_raise(source: str) -> None:
    read_yaml(source.encode(), name="a.yaml")

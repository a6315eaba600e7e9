"""JSON in and out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from api import bodies


def test_fractions_are_read_exactly() -> None:
    assert bodies.read(b'{"a": 0.1, "b": [1.50]}') == {"a": Decimal("0.1"), "b": [Decimal("1.50")]}


@pytest.mark.parametrize(
    ("value", "json"),
    [
        (Decimal("0.1"), 0.1),
        (Decimal("3.00"), 3),
        (Decimal("1234567890.12345678"), "1234567890.12345678"),
        ({"a": [Decimal(1), True, None]}, {"a": [1, True, None]}),
        (("a", "b"), ["a", "b"]),
        ("text", "text"),
    ],
)
def test_numbers_are_written_as_any_reader_understands_them(value: object, json: object) -> None:
    assert bodies.plain(value) == json
    assert type(bodies.plain(value)) is type(json)

"""Swedish or English."""

from __future__ import annotations

import pytest

from api.language import preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("sv", "sv"),
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("en;q=0.8, sv;q=0.9", "sv"),
        ("fi, sv;q=0.1", "sv"),
        ("fi", "en"),
        ("*", "en"),
        ("sv;q=0", "en"),
        ("sv;q=nan, en", "en"),
        ("sv;q=x", "en"),
        (";;;,,,=", "en"),
        ("fi," * 1000 + "sv", "en"),
    ],
)
def test_the_first_of_our_languages_is_taken(header: str, language: str) -> None:
    assert preferred(header) == language

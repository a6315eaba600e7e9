"""What the engine refuses in a scenario's step, in the language of who reads it."""

from __future__ import annotations

import pytest

from engine.errors import NotFound
from engine.sentences import Sentence


@pytest.mark.parametrize(
    ("what", "swedish"), [("task", "Det finns ingen uppgift med id 'x'."), ("process", "Det finns ingen process med id 'x'.")]
)
def test_what_is_not_there_is_told_in_both_languages(what: str, swedish: str) -> None:
    said = NotFound(what, "x").said
    assert isinstance(said, Sentence)
    assert (said.text("sv"), said.text("en")) == (swedish, f"There is no {what} with the id 'x'.")

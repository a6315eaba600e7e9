"""The address of a database as messages show it."""

from __future__ import annotations

import pytest

from engine.bootstrap import database_in_words
from engine.settings import Settings


@pytest.mark.parametrize(
    ("database", "shown"),
    [
        ("postgresql://stegvis:heron-7@db.example.se/stegvis", "postgresql://stegvis:***@db.example.se/stegvis"),
        ("postgresql://stegvis@/stegvis?host=/run/pg&password=heron-7", "postgresql://stegvis@/stegvis?host=%2Frun%2Fpg"),
        (
            "postgresql://db/stegvis?sslpassword=heron-7&sslmode=verify-full&password=heron-7",
            "postgresql://db/stegvis?sslmode=verify-full",
        ),
        ("var/stegvis.db", "var/stegvis.db"),
        ("sqlite:///var/stegvis.db", "var/stegvis.db"),
    ],
)
def test_a_password_is_never_shown(database: str, shown: str) -> None:
    assert database_in_words(Settings(database=database)) == shown

from __future__ import annotations

from pathlib import Path

import pytest

from engine.storage.sql.tables import metadata

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "database.md").read_text()
INDEXES = sorted(str(index.name) for table in metadata.tables.values() for index in table.indexes)
NAMES = [*metadata.tables, *INDEXES]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_and_index_is_described(name: str) -> None:
    assert f"`{name}`" in PAGE

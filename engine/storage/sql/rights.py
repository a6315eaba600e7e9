"""Whether an account of PostgreSQL may read and write what this release does. SQLite knows no accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

from .tables import metadata

_ALL: Final = ("DELETE", "INSERT", "SELECT", "UPDATE")
_FEWER: Final = {"history_event": ("INSERT", "SELECT"), "history_payload": ("DELETE", "INSERT", "SELECT")}
"""History is not changed, and of its payloads only removed."""
_OF_A_STEP: Final = {
    "case_instance": ("INSERT", "UPDATE"),
    "case_state": ("INSERT", "UPDATE"),
    "history_event": ("INSERT",),
    "history_payload": ("INSERT",),
}
_LACKING: Final = """
SELECT name || ': ' || string_agg(needed, ', ' ORDER BY needed)
FROM unnest(CAST(:names AS text[]), CAST(:rights AS text[])) AS one (name, needed)
WHERE NOT has_table_privilege(to_regclass(quote_ident(name)), needed)
GROUP BY name ORDER BY name
"""


def lacking(connection: sa.Connection) -> list[str]:
    """What the account lacks of the rights that docs/reference/database.md grants, such as `wait: DELETE, INSERT`, by table."""
    return _lacking(connection, {table.name: _FEWER.get(table.name, _ALL) for table in metadata.sorted_tables})


def lacking_for_a_step(connection: sa.Connection) -> list[str]:
    """The same of those rights without which no case can be started or go on."""
    return _lacking(connection, _OF_A_STEP)


def in_words(lacks: list[str]) -> str:
    """The first of them, and how many more there are."""
    more = f" and {len(lacks) - 3} tables more" if len(lacks) > 3 else ""
    return f"{'; '.join(lacks[:3])}{more}"


def _lacking(connection: sa.Connection, needed: Mapping[str, tuple[str, ...]]) -> list[str]:
    pairs = [(name, right) for name, rights in needed.items() for right in rights]
    asked = {"names": [name for name, _ in pairs], "rights": [right for _, right in pairs]}
    return list(connection.scalars(sa.text(_LACKING), asked))

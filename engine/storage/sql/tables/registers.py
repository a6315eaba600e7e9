"""Entries of registers, and what they are found by."""

from __future__ import annotations

import sqlalchemy as sa

from .columns import key, metadata, number, reference_to_both, text

register_entry = sa.Table("register_entry", metadata, key("register"), key("key"), text("content"), number("revision"))

register_field = sa.Table(
    "register_field",
    metadata,
    key("register"),
    key("key"),
    key("name"),
    text("fingerprint"),
    text("folded"),
    reference_to_both(["register", "key"], ["register_entry.register", "register_entry.key"]),
    sa.Index("register_field_by_value", "register", "name", "fingerprint"),
)

register_word = sa.Table(
    "register_word",
    metadata,
    key("register"),
    key("key"),
    key("name"),
    key("word"),
    reference_to_both(["register", "key"], ["register_entry.register", "register_entry.key"]),
    sa.Index("register_word_by_word", "register", "word", "name", "key"),
)

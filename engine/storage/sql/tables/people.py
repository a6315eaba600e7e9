"""People: units, accounts, memberships, sessions and the views they save."""

from __future__ import annotations

import sqlalchemy as sa

from ..types import Text
from .columns import flag, key, key_number, metadata, moment, reference, text

unit = sa.Table("unit", metadata, key("id"), text("name"))

app_user = sa.Table(
    "app_user",
    metadata,
    key("id"),
    sa.Column("name", Text, nullable=False, unique=True),
    text("full_name"),
    text("password_hash"),
    text("roles"),
    flag("is_active"),
)

membership = sa.Table(
    "membership",
    metadata,
    reference("user_id", "app_user.id", is_key=True),
    key_number("position"),
    text("unit"),
    text("groups"),
    flag("manages"),
)

saved_view = sa.Table(
    "saved_view",
    metadata,
    key("id"),
    text("owner"),
    text("name"),
    text("search"),
    flag("is_start"),
    sa.UniqueConstraint("owner", "name"),
)

session = sa.Table(
    "session",
    metadata,
    key("id"),
    text("user_id"),
    text("csrf"),
    moment("created_at"),
    moment("expires_at"),
)

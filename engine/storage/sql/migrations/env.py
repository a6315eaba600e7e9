"""Run by Alembic. The transaction is the caller's, so that an upgrade is done wholly or not at all."""

from __future__ import annotations

from alembic import context

from engine.storage.sql.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()

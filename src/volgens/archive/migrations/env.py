"""How alembic runs the steps: on the connection that the archive gives, in its transaction."""

from __future__ import annotations

from alembic import context

from volgens.archive.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()

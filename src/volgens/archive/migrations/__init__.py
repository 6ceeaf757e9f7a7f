"""The steps from one version of the schema to the next (alembic). They run when an archive is opened."""

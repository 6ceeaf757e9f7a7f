"""How alembic runs the steps: on the connection that the archive gives, in its transaction."""

from __future__ import annotations

from alembic import context

from volgens.archive.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
if connection.dialect.name == "postgresql":
    # Texts are in the order of their characters, as SQLite has them, whatever language the server is set to: dates are compared.
    connection.exec_driver_sql(
        "DO $$ DECLARE c record; BEGIN FOR c IN SELECT attrelid::regclass AS relation, attname, "
        "format_type(atttypid, atttypmod) AS type "
        "FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped "
        "AND relnamespace = current_schema()::regnamespace AND attcollation = 'pg_catalog.default'::regcollation "
        """LOOP EXECUTE format('ALTER TABLE %%s ALTER COLUMN %%I TYPE %%s COLLATE "C"', c.relation, c.attname, c.type); """
        "END LOOP; END $$"
    )

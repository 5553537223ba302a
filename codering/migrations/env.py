"""Alembic runs this to know where to migrate: the connection that :func:`codering.migrations.upgrade` hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()

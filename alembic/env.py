"""Runs the migrations over the connection that oncall.db.migrations hands in."""

from alembic import context

from oncall.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

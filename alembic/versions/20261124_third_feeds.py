"""Secret addresses of calendars, leave imported from elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_third_feeds"
down_revision = "20261124_second_calls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feeds",
        sa.Column("practitioner_id", sa.Uuid(), nullable=True),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioners.id"], name=op.f("fk_calendar_feeds_practitioner_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_calendar_feeds_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feeds_secret_hash")),
    )
    op.create_index("ix_calendar_feeds_team", "calendar_feeds", ["team_id"], unique=False)
    op.create_table(
        "calendar_events",
        sa.Column("practitioner_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioners.id"], name=op.f("fk_calendar_events_practitioner_id")
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["practitioners.id"], name=op.f("fk_calendar_events_holder_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_calendar_events_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_events")),
    )
    op.create_index(
        "ux_calendar_events_of_team",
        "calendar_events",
        ["team_id", "tier", "from_at"],
        unique=True,
        sqlite_where=sa.text("practitioner_id IS NULL"),
        postgresql_where=sa.text("practitioner_id IS NULL"),
    )
    op.create_index(
        "ux_calendar_events_of_one",
        "calendar_events",
        ["practitioner_id", "tier", "from_at"],
        unique=True,
        sqlite_where=sa.text("practitioner_id IS NOT NULL"),
        postgresql_where=sa.text("practitioner_id IS NOT NULL"),
    )
    op.create_index("ix_calendar_events_to", "calendar_events", ["team_id", "practitioner_id", "to_at"], unique=False)
    op.create_index("ix_duty_spells_to", "duty_spells", ["team_id", "to_at"], unique=False)
    op.add_column("rota_leave", sa.Column("source", sa.String(), nullable=True))
    op.add_column("rota_leave", sa.Column("source_key", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("rota_leave") as leave:
        leave.drop_column("source_key")
        leave.drop_column("source")
    op.drop_index("ix_duty_spells_to", table_name="duty_spells")
    for table in ("calendar_events", "calendar_feeds"):
        op.drop_table(table)

"""Flags with their subject, tasks with their clocks, who may not see an incident."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_sixth_risk"
down_revision = "20261124_fifth_confidence"
branch_labels = None
depends_on = None

NOT_WITHDRAWN = sa.text("state != 'withdrawn'")
HAS_NEXT = sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("teams") as teams:
        teams.add_column(sa.Column("jurisdiction", sa.String(), nullable=False, server_default="wales"))
    op.add_column("flag_entries", sa.Column("subject", sa.String(), nullable=True))
    op.add_column("flag_entries", sa.Column("planned_sealed", sa.LargeBinary(), nullable=True))
    _tasks()
    _answers()
    _restrictions()


def downgrade() -> None:
    with op.batch_alter_table("api_tokens") as tokens:
        tokens.drop_column("may_see_restricted")
    with op.batch_alter_table("incidents") as incidents:
        incidents.drop_column("restricted")
    for table in ("guide_answers", "tasks"):
        op.drop_table(table)
    with op.batch_alter_table("flag_entries") as entries:
        entries.drop_column("planned_sealed")
        entries.drop_column("subject")
    with op.batch_alter_table("teams") as teams:
        teams.drop_column("jurisdiction")


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _belongs(table: str, **others: str) -> list[sa.Column[object] | sa.Constraint]:
    columns: list[sa.Column[object] | sa.Constraint] = [
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
    for column, target in {"team_id": "teams", **others}.items():
        columns.append(sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}")))
    return columns


def _restrictions() -> None:
    op.add_column("incidents", sa.Column("restricted", sa.JSON(), nullable=True))
    op.add_column("api_tokens", sa.Column("may_see_restricted", sa.Boolean(), nullable=False, server_default=sa.true()))


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("flag", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_by_id", sa.Uuid(), nullable=False),
        _at("opened_at"),
        _at("due_at"),
        sa.Column("repeats_after_s", sa.Integer(), nullable=True),
        sa.Column("missed", sa.Integer(), nullable=False),
        _at("next_at", nullable=True),
        sa.Column("next_says", sa.String(), nullable=True),
        _at("last_done_at", nullable=True),
        _at("settled_at", nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reference_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        *_belongs("tasks", incident_id="incidents", opened_by_id="practitioners", settled_by_id="practitioners"),
    )
    op.create_index(
        "ux_tasks_once",
        "tasks",
        ["incident_id", "flag", "task"],
        unique=True,
        sqlite_where=NOT_WITHDRAWN,
        postgresql_where=NOT_WITHDRAWN,
    )
    op.create_index("ix_tasks_next", "tasks", ["next_at"], sqlite_where=HAS_NEXT, postgresql_where=HAS_NEXT)
    op.create_index("ix_tasks_team", "tasks", ["team_id", "state", "due_at"])


def _answers() -> None:
    op.create_table(
        "guide_answers",
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        _at("at"),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=False),
        *_belongs("guide_answers", incident_id="incidents", by_id="practitioners"),
    )
    op.create_index("ix_guide_answers_incident", "guide_answers", ["incident_id", "guide", "at"])

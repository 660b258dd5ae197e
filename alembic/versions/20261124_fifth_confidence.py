"""Shifts asked after and tested, and rest that is owed."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_fifth_confidence"
down_revision = "20261124_fourth_changes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rest()
    _handovers()
    _questions()
    _warnings()
    _next_shifts()


def _rest() -> None:
    op.create_table(
        "rest_owed",
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("worked_s", sa.Integer(), nullable=False),
        _at("last_ended_at"),
        _at("rested_at"),
        _at("created_at"),
        _at("told_at", nullable=True),
        _at("settled_at", nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.Column("how_sealed", sa.LargeBinary(), nullable=True),
        *_of_one("rest_owed"),
        sa.ForeignKeyConstraint(["settled_by_id"], ["practitioners.id"], name=op.f("fk_rest_owed_settled_by_id")),
        sa.UniqueConstraint("practitioner_id", "night", name=op.f("uq_rest_owed_practitioner_id_night")),
    )
    op.create_index("ix_rest_owed_night", "rest_owed", ["team_id", "night"])


def _handovers() -> None:
    op.create_table(
        "shift_handovers",
        sa.Column("tier", sa.String(), nullable=False),
        _at("from_at"),
        sa.Column("outgoing_id", sa.Uuid(), nullable=True),
        sa.Column("incoming_id", sa.Uuid(), nullable=False),
        sa.Column("needs_test", sa.Boolean(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        _at("called_at", nullable=True),
        _at("answered_at", nullable=True),
        _at("leads_told_at", nullable=True),
        *_of_team("shift_handovers"),
        sa.ForeignKeyConstraint(["outgoing_id"], ["practitioners.id"], name=op.f("fk_shift_handovers_outgoing_id")),
        sa.ForeignKeyConstraint(["incoming_id"], ["practitioners.id"], name=op.f("fk_shift_handovers_incoming_id")),
        sa.UniqueConstraint("team_id", "tier", "from_at", name=op.f("uq_shift_handovers_team_id_tier_from_at")),
    )


def _questions() -> None:
    op.create_table(
        "shift_questions",
        sa.Column("tier", sa.String(), nullable=False),
        _at("from_at"),
        _at("to_at"),
        _at("asked_at"),
        sa.Column("answer", sa.String(), nullable=True),
        _at("answered_at", nullable=True),
        _at("leads_told_at", nullable=True),
        *_of_one("shift_questions"),
        sa.UniqueConstraint(
            "practitioner_id", "tier", "from_at", name=op.f("uq_shift_questions_practitioner_id_tier_from_at")
        ),
    )


def _warnings() -> None:
    op.create_table(
        "gap_warnings",
        _at("slot_at"),
        *_of_team("gap_warnings"),
        sa.UniqueConstraint("team_id", "slot_at", name=op.f("uq_gap_warnings_team_id_slot_at")),
    )


def _next_shifts() -> None:
    op.create_table(
        "next_shifts",
        sa.Column("tier", sa.String(), nullable=True),
        _at("from_at", nullable=True),
        _at("to_at", nullable=True),
        _at("seen_at"),
        *_of_one("next_shifts"),
        sa.UniqueConstraint("practitioner_id", name=op.f("uq_next_shifts_practitioner_id")),
    )


def downgrade() -> None:
    op.drop_table("next_shifts")
    op.drop_table("gap_warnings")
    op.drop_table("shift_questions")
    op.drop_table("shift_handovers")
    op.drop_table("rest_owed")


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_team(table: str) -> list[sa.Column[object] | sa.Constraint]:
    return [
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f(f"fk_{table}_team_id")),
    ]


def _of_one(table: str) -> list[sa.Column[object] | sa.Constraint]:
    return [
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["practitioner_id"], ["practitioners.id"], name=op.f(f"fk_{table}_practitioner_id")),
        *_of_team(table),
    ]

"""Changes of the rota: requests for cover, swaps, and the log of every change."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_fourth_changes"
down_revision = "20261124_third_feeds"
branch_labels = None
depends_on = None

CODE_STANDS = sa.text("state IN ('open', 'accepted', 'applied')")
UNTOLD = sa.text("told_at IS NULL")


def upgrade() -> None:
    _changes()
    _asks()
    _log()
    _notices()
    with op.batch_alter_table("rota_overrides") as overrides:
        overrides.add_column(sa.Column("change_id", sa.Uuid(), nullable=True))
        overrides.create_foreign_key(op.f("fk_rota_overrides_change_id"), "rota_changes", ["change_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("rota_overrides") as overrides:
        overrides.drop_constraint(op.f("fk_rota_overrides_change_id"), type_="foreignkey")
        overrides.drop_column("change_id")
    for table in ("rota_notices", "rota_log", "rota_asks", "rota_changes"):
        op.drop_table(table)


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


def _changes() -> None:
    op.create_table(
        "rota_changes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        _at("from_at"),
        _at("to_at"),
        sa.Column("return_tier", sa.String(), nullable=True),
        _at("return_from_at", nullable=True),
        _at("return_to_at", nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("taker_id", sa.Uuid(), nullable=True),
        sa.Column("leave_id", sa.Uuid(), nullable=True),
        _at("created_at"),
        _at("due_at"),
        _at("settled_at", nullable=True),
        *_belongs("rota_changes", holder_id="practitioners", taker_id="practitioners", leave_id="rota_leave"),
    )
    op.create_index(
        "ux_rota_changes_code",
        "rota_changes",
        ["team_id", "code"],
        unique=True,
        sqlite_where=CODE_STANDS,
        postgresql_where=CODE_STANDS,
    )
    op.create_index("ix_rota_changes_due", "rota_changes", ["state", "due_at"])
    op.create_index("ix_rota_changes_leave", "rota_changes", ["leave_id"])


def _asks() -> None:
    op.create_table(
        "rota_asks",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        _at("declined_at", nullable=True),
        *_belongs("rota_asks", change_id="rota_changes", practitioner_id="practitioners"),
        sa.UniqueConstraint("change_id", "practitioner_id", name=op.f("uq_rota_asks_change_id_practitioner_id")),
    )


def _log() -> None:
    op.create_table(
        "rota_log",
        _at("at"),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=True),
        sa.Column("leave_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("for_id", sa.Uuid(), nullable=True),
        sa.Column("was_allowed", sa.Boolean(), nullable=False),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        *_belongs(
            "rota_log", change_id="rota_changes", leave_id="rota_leave", by_id="practitioners", for_id="practitioners"
        ),
    )
    op.create_index("ix_rota_log_at", "rota_log", ["team_id", "at"])


def _notices() -> None:
    op.create_table(
        "rota_notices",
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("practitioner_id", sa.Uuid(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        _at("created_at"),
        _at("told_at", nullable=True),
        *_belongs("rota_notices", change_id="rota_changes", practitioner_id="practitioners"),
    )
    op.create_index("ix_rota_notices_untold", "rota_notices", ["team_id"], sqlite_where=UNTOLD, postgresql_where=UNTOLD)

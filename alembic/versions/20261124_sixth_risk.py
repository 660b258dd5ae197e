"""Flags with their subject, tasks with their clocks, who may not see an incident."""

revision = "20261124_sixth_risk"
down_revision = "20261124_fifth_confidence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""

"""Shifts asked after and tested, and rest that is owed."""

revision = "20261124_fifth_confidence"
down_revision = "20261124_fourth_changes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""

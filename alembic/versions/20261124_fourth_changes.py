"""Changes of the rota: requests for cover, swaps, and the log of every change."""

revision = "20261124_fourth_changes"
down_revision = "20261124_third_feeds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""

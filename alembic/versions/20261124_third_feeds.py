"""Secret addresses of calendars, leave imported from elsewhere."""

revision = "20261124_third_feeds"
down_revision = "20261124_second_calls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""

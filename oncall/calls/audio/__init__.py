"""Sounds of ours that a call plays: a caller's message to whom it may reach, and sentences that a team has recorded."""

"""The sections of a team file, each read from its field into values."""

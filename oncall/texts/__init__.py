"""The caller's line by text, and what practitioners text back."""

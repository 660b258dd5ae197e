"""The caller's own line: how they are received, whom the service rings for them, and what becomes of their call."""

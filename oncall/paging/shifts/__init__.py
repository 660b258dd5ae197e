"""Shifts as people live them: what was worked and the rest owed for it, the question beforehand, the handover."""

"""Practitioners' phones: rung for a caller, joined to them, stepping aside, ringing them back, ringing the line."""

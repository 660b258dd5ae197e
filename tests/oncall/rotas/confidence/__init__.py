"""Confidence in the next shifts."""

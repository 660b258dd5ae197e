"""Confidence in the next shifts: whose turn begins when, and what was asked and tested of it."""

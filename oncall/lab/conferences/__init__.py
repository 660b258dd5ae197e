"""Conferences: who is in one, what they hear while they wait, how one is steered, and who is told."""

"""Guided tasks, step by step: which questions a hard night asks, in which order, and what was answered."""

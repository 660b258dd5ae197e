"""Guidance cards: what every card must hold, and which one fits."""

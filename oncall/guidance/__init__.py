"""Guidance cards: short words for a hard hour, chosen by flags; a practitioner's judgement comes first."""

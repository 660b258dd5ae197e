"""Guidance cards by text, to a practitioner who asks."""

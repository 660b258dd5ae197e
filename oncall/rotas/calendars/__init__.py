"""Calendars of who is on call: secret addresses, what is told at them, and how a change is told."""

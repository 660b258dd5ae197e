"""Paging: decides who is told next, keeps what must be sent as rows, sends it, and lets a practitioner take it."""

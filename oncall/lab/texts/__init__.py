"""Texts: how one is accepted, moves through its statuses and arrives, and how a handset's reaches the service."""

"""The Conferences resource, and the Participants in one."""

"""The command on what flags ask for."""

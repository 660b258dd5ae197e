"""The command on guidance cards."""

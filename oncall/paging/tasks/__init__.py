"""Reminders of tasks: before they fall due, when they are late, and each time a repeated one comes round."""

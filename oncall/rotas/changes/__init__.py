"""Changes of the rota among colleagues: given, asked for, accepted, approved, undone; and the log of who and why."""

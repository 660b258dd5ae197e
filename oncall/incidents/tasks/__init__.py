"""What each flag asks for: tasks with their clocks, opened when a person confirms a flag, closed by a person."""

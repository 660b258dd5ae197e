"""Tasks and guides through the API: asked for by flags, answered step by step, done or dropped by a person."""

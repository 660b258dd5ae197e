"""How a team file is written: YAML to values at their paths, and the kinds of value a field may hold."""

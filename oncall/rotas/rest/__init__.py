"""Rest: what was worked, as the rules of rest weigh it, and the rest that is owed for a disturbed night."""

"""A text as words that can be looked up."""

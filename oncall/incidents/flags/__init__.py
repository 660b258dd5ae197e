"""Risk flags on the record: the service suggests, a person decides, and nothing of it is ever taken away."""

"""What the API asks of calls: a message played back, somebody brought in."""

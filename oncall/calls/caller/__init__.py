"""The caller's own call: how they are received, what they hear, the message they leave."""

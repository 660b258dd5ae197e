"""Confidence in the next shifts, by text and by call: the handover and its test call, and what leads are warned of."""

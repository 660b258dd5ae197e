"""Calls: how one is placed, rings, is answered and ends, and who is told; what is said on it is `twiml`'s business."""

"""Joining a caller: asked from elsewhere than a phone, or by somebody who is with them already."""

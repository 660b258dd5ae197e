"""Tests of what a text may mean."""

"""The team file: what a team writes about itself, read into values with every error at once, and written out again."""

"""What is for leads only."""

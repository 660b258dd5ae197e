"""Rules over concepts: what is an emergency whatever the weights say."""

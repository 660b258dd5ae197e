"""Stored rotas, on both databases."""

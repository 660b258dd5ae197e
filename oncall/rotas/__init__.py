"""Stored rotas: what a team wrote down, its overrides and leave, and who really was on duty; rows to and from rota values."""

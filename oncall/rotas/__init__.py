"""Stored rotas: what a team wrote down, its overrides and leave, and who really was on duty.

Rows become values of `rota` here, and who is on call is asked here.
"""

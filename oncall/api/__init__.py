"""The JSON API under /api/v1: another way to ask and to act, for programs with a token of one team.

It decides nothing: what is asked is looked up, what is done is done by the same functions as from a phone.
"""

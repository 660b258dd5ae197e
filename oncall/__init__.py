"""The on-call line of MIST.

A call or a text is recorded and decided in one transaction; what must leave the house is sent afterwards.
"""

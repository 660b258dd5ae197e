"""The on-call line of MIST: a call or a text is recorded and decided in one transaction, and what must leave the house is sent afterwards."""

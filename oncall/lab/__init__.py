"""A stand-in for the telephone company, with handsets on a page: for the demo and for tests.

It speaks the company's REST API and sends its signed webhooks, but shares no code with the service it stands opposite,
so that a mistake in one is seen by the other. `serve` never mounts it.
"""

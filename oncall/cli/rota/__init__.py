"""The rota commands, put together."""

from oncall.cli.rota.reading import app

__all__ = ["app"]

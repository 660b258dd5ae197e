"""A team whose people have calendars of their own."""

from tests.oncall.rotas.calendars.conftest import place

__all__ = ["place"]

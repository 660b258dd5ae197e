"""Errors are named for the fact; the docstring is the message a person reads.

Each carries the HTTP status it answers with. How it is shown (problem details, a page, a line on standard
error) is decided at the edge.
"""

import inspect
from http import HTTPStatus


class OnCallError(Exception):
    """Something could not be done."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, message: str | None = None) -> None:
        self.message = message or inspect.cleandoc(self.__doc__ or "")
        super().__init__(self.message)


class NotFound(OnCallError):
    """There is nothing here by that name."""

    status = HTTPStatus.NOT_FOUND


class Conflict(OnCallError):
    """That cannot be done as things stand."""

    status = HTTPStatus.CONFLICT


class Unusable(OnCallError):
    """That input cannot be used."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

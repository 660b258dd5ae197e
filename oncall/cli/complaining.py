"""What a command cannot do is said in plain lines on standard error, and it ends with 2; never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from oncall.errors import OnCallError

UNUSABLE = 2


@contextmanager
def complaining() -> Iterator[None]:
    """Around all that a command does."""
    try:
        yield
    except OnCallError as wrong:
        typer.echo(wrong.message, err=True)
        raise typer.Exit(UNUSABLE) from None

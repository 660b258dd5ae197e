"""What a command cannot do is said in plain lines on standard error, and it ends with 2; never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from oncall.errors import OnCallError, Unusable

UNUSABLE = 2


@contextmanager
def complaining() -> Iterator[None]:
    """Around all that a command does."""
    try:
        yield
    except OnCallError as wrong:
        typer.echo(wrong.message, err=True)
        raise typer.Exit(UNUSABLE) from None


def write_out(out: Path, text: str) -> None:
    """Writes what a command was asked to leave in a file. Raises Unusable."""
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as wrong:
        raise Unusable(
            f"--out {out} cannot be written ({wrong.strerror}); name a file in a folder that is there."
        ) from None

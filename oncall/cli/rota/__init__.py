"""The rota commands, put together."""

from oncall.cli.rota import feeds, leave
from oncall.cli.rota.reading import app

app.add_typer(feeds.app, name="feed")
app.add_typer(leave.app, name="leave")

__all__ = ["app"]

"""The rota commands, put together."""

from oncall.cli.rota import changing, feeds, leave, planning, rest
from oncall.cli.rota.reading import app

app.add_typer(feeds.app, name="feed")
app.add_typer(leave.app, name="leave")
app.add_typer(changing.cover, name="cover")
app.add_typer(changing.swap, name="swap")
app.command("override")(changing.override)
app.command("changes")(changing.changes)
app.command("plan")(planning.plan)
app.command("rest")(rest.rest)

__all__ = ["app"]

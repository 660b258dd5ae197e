"""`oncall risk scan`: what each line of text may mean. Nothing is stored and nothing leaves the machine."""

import json
import sys
from typing import Annotated

import typer

from oncall.risk.suggest import Scan, suggest

app = typer.Typer(no_args_is_help=True)


@app.callback()
def risk() -> None:
    """What a text may mean: suggested, for a person to decide."""


@app.command("scan")
def scan(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line and nothing else.")] = False,
) -> None:
    """Reads texts from standard input, one a line; prints severity and flags, one line each, in the same order."""
    texts = sys.stdin.buffer.read().decode("utf-8", errors="replace").split("\n")
    for text in texts[:-1] if texts[-1] == "" else texts:
        found = suggest(text.rstrip("\r"))
        typer.echo(_json(found) if as_json else _words(found))


def _json(found: Scan) -> str:
    flags = [{"flag": one.flag, "phrase": one.phrase} for one in found.flags]
    return json.dumps({"severity": found.severity.value, "flags": flags}, ensure_ascii=False)


def _words(found: Scan) -> str:
    flags = "; ".join(f"{one.flag} ({one.phrase!r})" if one.phrase else one.flag for one in found.flags)
    return f"{found.severity}: {flags}"

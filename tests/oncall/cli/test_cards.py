"""`oncall cards` as somebody who reads them for signing types it; no database is there."""

import json

from typer.testing import CliRunner, Result

from oncall.cli import app
from oncall.guidance.catalogue import cards


def run(*words: str) -> Result:
    return CliRunner(env={"ONCALL_DATABASE_URL": "sqlite:////nowhere/at/all.db"}).invoke(app, ["cards", *words])


def test_every_card_is_shown_with_its_version_and_that_it_awaits_sign_off() -> None:
    shown = run()
    assert (shown.exit_code, shown.stderr) == (0, "")
    blocks = shown.stdout.rstrip("\n").split("\n\n")
    assert len(blocks) == len(cards())
    assert all("version 1, review due 24/05/2027" in block.splitlines()[0] for block in blocks)
    assert all("Awaiting clinical sign-off." in block for block in blocks)


def test_a_flag_a_language_and_a_mode_can_be_asked_for() -> None:
    shown = run("--flag", "missing", "--lang", "cy", "--mode", "reflective").stdout
    assert shown.startswith("Ar goll neu i ffwrdd  (missing, version 1")
    assert "\n\n" not in shown
    assert "Yr aros yw'r rhan anodd." in shown
    assert "Yn aros am lofnod clinigol." in shown


def test_as_json_it_is_one_document() -> None:
    told = json.loads(run("--flag", "weapon", "--json").stdout)
    assert (told["language"], told["mode"]) == ("en", "practical")
    (card,) = told["cards"]
    assert (card["card"], card["flags"], card["signed"], len(card["lines"])) == ("weapon", ["weapon"], None, 6)


def test_a_flag_that_is_not_there_is_refused_with_those_near_it() -> None:
    refused = run("--flag", "selfharm")
    assert refused.exit_code != 0
    assert refused.stdout == ""
    assert "self_harm" in str(refused.exception)

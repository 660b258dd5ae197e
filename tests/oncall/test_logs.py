"""Logs: one JSON object a line on standard error, and nothing from libraries that would print numbers."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from oncall.logs import NOISY, set_up


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = (logging.getLogger().handlers[:], logging.getLogger().level)
    levels = {name: logging.getLogger(name).level for name in NOISY}
    yield
    logging.getLogger().handlers[:] = before[0]
    logging.getLogger().setLevel(before[1])
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    structlog.reset_defaults()


def test_a_line_is_one_json_object_with_its_event_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    structlog.get_logger().warning("page_sent", incident="7")
    said = capsys.readouterr()
    assert said.out == ""
    line = json.loads(said.err)
    assert (line["event"], line["incident"], line["level"]) == ("page_sent", "7", "warning")
    assert line["timestamp"].endswith("Z")


def test_what_is_below_the_level_is_not_said(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(level=logging.WARNING)
    structlog.get_logger().info("page_sent")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["twilio.http_client", "httpx", "httpcore", "uvicorn.access", "apscheduler"])
def test_libraries_that_would_print_what_is_sent_are_kept_quiet(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up(level=logging.DEBUG)
    logging.getLogger(name).info("POST Body=hes locked himself in To=+447700900101")
    logging.getLogger("oncall").info("kept")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["event"] == "kept"


def test_a_fault_is_told_by_its_kind_and_place_never_by_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    try:
        int("hes locked himself in")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    said = capsys.readouterr().err
    line = json.loads(said)
    assert (line["event"], line["logger"], line["level"]) == (
        "Exception in ASGI application",
        "uvicorn.error",
        "error",
    )
    assert line["error"] == "ValueError"
    assert line["where"][-1].startswith("test_logs.py:")
    assert "locked" not in said

"""Structured logs: static event names and ids, never a name, a number, a message's text or a clinical word.

Every line is one JSON object. The libraries that would print request parameters (numbers among them) are kept at
warnings, and of a fault only its kind and where it happened are told: its words may hold what was written.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import structlog

NOISY = ("twilio.http_client", "httpx", "httpcore", "apscheduler", "uvicorn.access", "alembic")
TOLD_FRAMES = 8


class OneObject(logging.Formatter):
    """A library's line as one JSON object, in the form of our own."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"event": record.getMessage(), "logger": record.name, **_fault(record)}
        at = datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z")
        return json.dumps({**line, "level": record.levelname.lower(), "timestamp": at}, ensure_ascii=False)


def _fault(record: logging.LogRecord) -> dict[str, object]:
    """The kind of a fault and the way to it, innermost last."""
    kind, _, trace = record.exc_info or (None, None, None)
    if kind is None:
        return {}
    frames = traceback.extract_tb(trace)[-TOLD_FRAMES:]
    return {"error": kind.__name__, "where": [f"{Path(one.filename).name}:{one.lineno}" for one in frames]}


def set_up(*, level: int = logging.INFO) -> None:
    """Sends every log line to standard error as one JSON object; standard output stays for answers."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneObject())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):  # its own handlers would tell a fault's words
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )

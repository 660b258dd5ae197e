"""Structured logs: static event names and ids, never a name, a number, a message's text or a clinical word.

The libraries that would print request parameters (numbers among them) are kept at warnings.
"""

import logging
import sys

import structlog

NOISY = ("twilio.http_client", "httpx", "httpcore", "apscheduler", "uvicorn.access", "alembic")


def set_up(*, level: int = logging.INFO) -> None:
    """Sends every log line to standard error as one JSON object; standard output stays for answers."""
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr, force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )

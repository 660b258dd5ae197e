"""Chromium for the tests that look at a page, and what axe finds in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; where there is none the test is skipped, unless ONCALL_REQUIRE_BROWSER is set."""
    if not CHROMIUM.exists() and not os.environ.get("ONCALL_REQUIRE_BROWSER"):
        pytest.skip(f"no Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield opened
        opened.close()


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: each rule, and the elements that break it."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [f"{node['html'][:90]} {node['failureSummary']}" for node in rule["nodes"]]) for rule in found]

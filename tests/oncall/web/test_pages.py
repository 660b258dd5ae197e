"""The pages that anybody may open: they help, they say nothing of anybody, and they can be read on any phone."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from oncall.web.routes import router
from tests.browsing import chromium, violations
from tests.serving import free_socket, serving

SHAPES = ["/", "/i/KTRW"]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    app = FastAPI()
    app.include_router(router)
    listening, address = free_socket()
    with serving(app, listening):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(params=["light", "dark"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A small phone."""
    opened = browser.new_page(viewport={"width": 320, "height": 568}, color_scheme=request.param)
    troubles: list[str] = []
    opened.on("console", lambda message: troubles.append(message.text))
    opened.on("request", lambda asked: troubles.append(asked.url) if "127.0.0.1" not in asked.url else None)
    yield opened
    opened.close()
    assert troubles == []


def words(url: str) -> str:
    answered = httpx.get(url, trust_env=False)
    assert answered.status_code == 200
    assert answered.headers["content-type"].startswith("text/html")
    return answered.text


def test_the_front_page_says_what_this_is_and_what_to_do_in_danger(url: str) -> None:
    told = words(url)
    assert "on-call line" in told
    assert 'href="tel:999"' in told
    assert 'lang="cy"' in told
    assert "/lab/" not in told


def test_the_demo_s_front_page_leads_to_the_lab() -> None:
    app = FastAPI()
    app.state.lab = object()
    app.include_router(router)
    listening, address = free_socket()
    with serving(app, listening):
        assert 'href="/lab/"' in words(address)


@pytest.mark.parametrize("written", ["KTRW", "ktrw"])
def test_the_link_of_a_page_says_how_to_answer_it(url: str, written: str) -> None:
    told = words(f"{url}/i/{written}")
    assert "<b>1 KTRW</b>" in told
    for keyed in ("<dt>1</dt>", "<dt>2</dt>", "<dt>3</dt>"):
        assert keyed in told
    assert 'lang="cy"' in told


@pytest.mark.parametrize(
    "written", ["HELP", "KTR", "KTRWX", "1234", "<b>x", "%3Cscript%3E", "K%20RW", "KTR%C5%BF", "Ktr\u0175"]
)
def test_what_is_no_ref_is_never_shown(url: str, written: str) -> None:
    told = words(f"{url}/i/{written}")
    assert "A page is waiting for an answer" in told
    assert written not in told
    assert "script" not in told


def test_a_ref_that_is_in_use_looks_like_one_that_is_not(url: str) -> None:
    assert words(f"{url}/i/BCDF").replace("BCDF", "KTRW") == words(f"{url}/i/KTRW")


@pytest.mark.browser
@pytest.mark.parametrize("path", SHAPES)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(phone: Page, url: str, path: str) -> None:
    phone.goto(url + path)
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

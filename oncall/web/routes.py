"""The pages that need no sign-in: the front page, and what a link in a page opens. They say nothing of anybody."""

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from oncall.incidents.refs import is_ref

router = APIRouter()
pages = Jinja2Templates(Path(__file__).parent / "templates")


@router.get("/")
async def front(request: Request) -> HTMLResponse:
    """What this is."""
    return pages.TemplateResponse(request, "front.html", {"has_lab": hasattr(request.app.state, "lab")})


@router.get("/i/{ref}")
async def incident(request: Request, ref: str) -> HTMLResponse:
    """What the link in a page opens: how to answer it from the phone. The ref is shown only if it has a ref's shape."""
    shown = ref.upper() if ref.isascii() and is_ref(ref) else None
    return pages.TemplateResponse(request, "incident.html", {"ref": shown})

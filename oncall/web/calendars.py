"""Calendars at their secret addresses: the secret is the key, so nobody signs in, and a wrong one tells nothing."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from oncall.rotas.calendars.publishing import read_calendar

router = APIRouter()

HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Disposition": 'inline; filename="on-call.ics"',
    "X-Robots-Tag": "noindex",
}


@router.api_route("/calendar/{secret}.ics", methods=["GET", "HEAD"])
def calendar(request: Request, secret: str) -> Response:
    """The calendar of one practitioner, or of a team; unchanged since the mark that was shown, it is not sent again."""
    found = read_calendar(request.app.state.database, secret=secret, at=request.app.state.clock.now())
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    mark = f'"{found.mark}"'
    headers = {**HEADERS, "ETag": mark}
    if mark in request.headers.get("If-None-Match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(found.text, media_type="text/calendar; charset=utf-8", headers=headers)

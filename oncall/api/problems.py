"""Errors as RFC 9457 problem details: what went wrong in words, and never what was sent, which may be a carer's."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from oncall.errors import OnCallError

MEDIA_TYPE = "application/problem+json"
CHALLENGE = {"WWW-Authenticate": "Bearer"}


class Misfit(BaseModel):
    """One part of the request that does not fit; `pointer` leads to it in the body, `parameter` names it elsewhere."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Misfit] = []


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How `/openapi.json` describes these errors."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["properties"]["errors"]["items"] = schema.pop("$defs")["Misfit"]
    content = {MEDIA_TYPE: {"schema": schema}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def problem(
    status: int, detail: str, *, errors: Sequence[Misfit] = (), headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The answer that says what went wrong."""
    made = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=list(errors))
    content = made.model_dump(exclude_none=True, exclude=None if errors else {"errors"})
    challenge = CHALLENGE if status == HTTPStatus.UNAUTHORIZED else {}
    return JSONResponse(content, status, headers={**challenge, **(headers or {})}, media_type=MEDIA_TYPE)


def of_ours(request: Request, fault: Exception) -> JSONResponse:
    """An error of ours, in its own words."""
    assert isinstance(fault, OnCallError)  # noqa: S101 - for the type; it is registered for nothing else
    return problem(fault.status, fault.message)


def of_http(request: Request, fault: Exception) -> JSONResponse:
    """No such address, or no such method on it."""
    assert isinstance(fault, HTTPException)  # noqa: S101
    return problem(fault.status_code, HTTPStatus(fault.status_code).description, headers=fault.headers)


def of_misfit(request: Request, fault: Exception) -> JSONResponse:
    """A body or query that does not fit."""
    assert isinstance(fault, RequestValidationError)  # noqa: S101
    misfits = [_misfit(error["loc"], error["msg"]) for error in fault.errors()]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "The request does not fit.", errors=misfits)


def of_fault(request: Request, fault: Exception) -> JSONResponse:
    """A fault of ours; what it was stays in the log."""
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here. Try again.")


def install(app: FastAPI) -> None:
    """Has the application answer with problem details."""
    app.add_exception_handler(OnCallError, of_ours)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(RequestValidationError, of_misfit)
    app.add_exception_handler(Exception, of_fault)


def _misfit(place: Sequence[int | str], words: str) -> Misfit:
    where, *rest = place
    if where == "body":
        return Misfit(detail=words, pointer="#" + "".join(f"/{part}" for part in rest))
    return Misfit(detail=words, parameter=str(rest[0]) if rest else str(where))

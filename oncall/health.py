"""Whether the process is up, whether it can do its work, and figures about both; no names, no numbers."""

from datetime import timedelta
from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from oncall.db import migrations
from oncall.errors import OnCallError
from oncall.incidents.models import Incident
from oncall.paging import alarms
from oncall.paging.models import Escalation, Outgoing
from oncall.wiring import House

OLDEST_TICK = timedelta(seconds=30)


def build_router(house: House) -> APIRouter:
    """The router of `/healthz`, `/readyz` and `/metrics`."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "up"}

    @router.get("/readyz")
    def readyz() -> JSONResponse:
        checks = {"database": _is_current(house), "engine": _is_ticking(house)}
        ready = all(checks.values())
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({"ready": ready, **checks}, status)

    @router.get("/metrics")
    def metrics() -> Response:
        return Response(_figures(house), media_type=CONTENT_TYPE_LATEST)

    return router


def _is_current(house: House) -> bool:
    try:
        return house.database.is_reachable() and migrations.is_current(house.database)
    except (SQLAlchemyError, OnCallError):
        return False


def _is_ticking(house: House) -> bool:
    ticked_at = house.pulse.ticked_at
    return ticked_at is not None and house.clock.now() - ticked_at < OLDEST_TICK


def _figures(house: House) -> bytes:
    registry = CollectorRegistry()
    ticked_at = house.pulse.ticked_at
    age = (house.clock.now() - ticked_at).total_seconds() if ticked_at else -1
    Gauge("oncall_last_tick_age_seconds", "Since the last tick; -1 before the first.", registry=registry).set(age)
    signatures = Gauge("oncall_webhook_signatures", "Webhooks since the start.", ["outcome"], registry=registry)
    signatures.labels("passed").set(house.gate.passes)
    signatures.labels("failed").set(house.gate.failures)
    try:
        with house.database.reading() as session:
            _count(session, house, registry)
        reachable = 1
    except SQLAlchemyError:
        reachable = 0
    Gauge("oncall_database_reachable", "Whether the database answers.", registry=registry).set(reachable)
    return generate_latest(registry)


def _count(session: Session, house: House, registry: CollectorRegistry) -> None:
    incidents = Gauge("oncall_incidents", "Incidents by status.", ["status"], registry=registry)
    for status, number in session.execute(select(Incident.status, func.count()).group_by(Incident.status)):
        incidents.labels(status).set(number)
    outbox = Gauge("oncall_outbox", "Outbox rows that have not left or were set aside.", ["state"], registry=registry)
    undone = select(Outgoing.state, func.count()).where(Outgoing.state.in_(("waiting", "claimed", "aside")))
    for state, number in session.execute(undone.group_by(Outgoing.state)):
        outbox.labels(state).set(number)
    overdue = select(func.count()).select_from(Escalation).where(Escalation.due_at <= house.clock.now())
    Gauge("oncall_escalations_overdue", "Escalations whose time has come.", registry=registry).set(
        session.scalar(overdue) or 0
    )
    standing = Gauge("oncall_alarms", "Alarms that stand.", ["kind"], registry=registry)
    for kind, number in alarms.standing(session).items():
        standing.labels(kind).set(number)

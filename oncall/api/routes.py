"""The API's one router, under /api/v1."""

from fastapi import APIRouter

from oncall.api import acting, guidance, reading
from oncall.api.calls import joining, listening
from oncall.api.rotas import changing, feeds, importing, planning, rest, showing
from oncall.api.tasks import doing, restricting

router = APIRouter(prefix="/api/v1", tags=["api"])
router.include_router(reading.router)
router.include_router(acting.router)
router.include_router(guidance.router)
router.include_router(listening.router)
router.include_router(joining.router)
router.include_router(feeds.router)
router.include_router(importing.router)
router.include_router(changing.router)
router.include_router(planning.router)
router.include_router(rest.router)
router.include_router(showing.router)
router.include_router(doing.router)
router.include_router(restricting.router)

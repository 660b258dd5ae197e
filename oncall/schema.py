"""Imports every table, so that the migrations see them all."""

from oncall.auth import models as auth
from oncall.calls import models as calls
from oncall.db.tables import Row
from oncall.incidents import models as incidents
from oncall.incidents.guides import models as guides
from oncall.incidents.tasks import models as tasks
from oncall.paging import models as paging
from oncall.people import models as people
from oncall.rotas import models as rotas
from oncall.rotas.calendars import models as calendars
from oncall.rotas.changes import models as changes
from oncall.rotas.confidence import models as confidence
from oncall.rotas.rest import models as rest

TABLES = (auth, calendars, calls, changes, confidence, guides, incidents, paging, people, rest, rotas, tasks)
METADATA = Row.metadata

"""Rest that is owed, through the API and from the command line."""

from datetime import UTC, datetime, timedelta

import httpx
from sqlalchemy import select

from oncall.auth.tokens import Scope
from oncall.people.models import Practitioner, Team
from oncall.rotas.rest.owing import owe
from oncall.rotas.rest.working import WorkedSpell
from tests.oncall.api.conftest import Connect, on_sqlite
from tests.oncall.api.world import World

pytestmark = on_sqlite
REST = "/api/v1/teams/torfaen/rota/rest"
TWO = datetime(2026, 3, 14, 2, tzinfo=UTC)


def test_rest_is_listed_and_settled_by_a_lead(api: httpx.Client, connect: Connect, world: World) -> None:
    with world.database.transaction() as session:
        team = session.scalars(select(Team).where(Team.slug == "torfaen")).one()
        owe(session, team, [WorkedSpell("sam", TWO, TWO + timedelta(minutes=100))], at=TWO)
        for person in session.scalars(select(Practitioner).where(Practitioner.slug == "eli")):
            person.role = "clinical_lead"
    (row,) = api.get(REST).json()["rest"]
    assert "last call ended 03:40, 11 hours run to 14:40" in row["proposal"]
    place = f"{REST}/{row['id']}/settle"
    assert api.post(place, json={"by": "sam", "how": "slept"}).status_code == 403
    assert connect(scope=Scope.READ).post(place, json={"by": "eli", "how": "slept"}).status_code == 403
    settled = api.post(place, json={"by": "eli", "how": "starts at 15:00"})
    assert (settled.status_code, settled.json()["how"]) == (200, "starts at 15:00")
    assert api.post(place, json={"by": "eli", "how": "starts at 16:00"}).status_code == 409

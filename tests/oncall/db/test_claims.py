"""Statements that one of several must win; on both databases."""

from datetime import UTC, datetime

from sqlalchemy import update

from oncall.db.claims import changed, insert_once
from oncall.db.database import Database
from oncall.db.tables import new_id
from oncall.incidents.models import Ref

AT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)


def test_a_row_is_inserted_once(database: Database) -> None:
    for expected in ([True, False], [False, False]):
        with database.transaction() as session:
            made = [insert_once(session, Ref, ref="KTRW", incident_id=new_id(), given_at=AT) for _ in range(2)]
        assert made == expected


def test_a_guarded_update_says_how_many_rows_it_touched(database: Database) -> None:
    with database.transaction() as session:
        for ref in ("BCDF", "GHJK"):
            assert insert_once(session, Ref, ref=ref, incident_id=new_id(), given_at=AT)
        assert changed(session, update(Ref).where(Ref.ref == "XXXX").values(given_at=AT)) == 0
        assert changed(session, update(Ref).where(Ref.ref != "XXXX").values(given_at=AT)) == 2

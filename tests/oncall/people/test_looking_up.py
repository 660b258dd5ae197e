"""Finding people of a loaded team, on both databases."""

from typing import Any

from sqlalchemy import event

from oncall.db.database import Database
from oncall.people import queries
from tests.oncall.people.test_loading import SAM, loaded, the_team


def test_leads_and_young_people_are_found(database: Database) -> None:
    loaded(database)
    with database.reading() as session:
        team = the_team(session)
        assert [lead.slug for lead in queries.leads(session, team=team)] == ["carys", "huw"]
        assert [c.slug for c in queries.contacts(session, team=team)][:2] == ["price", "hughes"]
        assert [y.known_as for y in queries.cared_for(session, team=team, slugs=["yp-11", "yp-12"])] == ["Osian", "Bea"]


def test_the_hot_look_ups_are_one_indexed_select_each(database: Database) -> None:
    loaded(database)
    asked: list[str] = []
    with database.reading() as session:
        team = the_team(session)

        @event.listens_for(session.connection().engine, "before_cursor_execute")
        def _note(*args: Any) -> None:
            asked.append(args[2])

        queries.team_by_number(session, number="+447700900000")
        queries.practitioner_by_mobile(session, team=team, number=SAM)
        queries.contact_by_phone(session, team=team, number="+447700900101")
        assert len(asked) == 3
        if database.is_embedded:
            raw = session.connection().connection.driver_connection
            assert raw is not None
            plans = [raw.execute(f"EXPLAIN QUERY PLAN {q}", ("x",) * q.count("?")).fetchall() for q in asked]
            assert not any("SCAN" in str(row) for plan in plans for row in plan)

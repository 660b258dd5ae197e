"""Loading a team file into a database and giving it back, on both databases."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oncall.db.database import Database
from oncall.db.sealing import Keyring
from oncall.db.tables import Row
from oncall.people import queries
from oncall.people.actions import NumberTaken, load_people
from oncall.people.filing import team_file
from oncall.people.models import Contact, ContactPhone, Practitioner, Team, YoungPerson
from oncall.people.reach import is_reachable_by_call, is_reachable_by_text
from oncall.people.teamfile import TeamFile, parse
from tests.databases import SECRET
from tests.oncall.people.documents import DOCUMENT, as_text

AT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
SAM, ELI, FREE = "+447700900001", "+447700900002", "+447700900050"
Change = Callable[[dict[str, Any]], None]


def a_file(change: Change | None = None) -> TeamFile:
    changed = copy.deepcopy(DOCUMENT)
    if change:
        change(changed)
    return parse(as_text(changed))


def loaded(database: Database, change: Change | None = None, *, at: datetime = AT) -> UUID:
    with database.transaction() as session:
        return load_people(session, a_file(change), at=at).id


def the_team(session: Session) -> Team:
    team = queries.team_by_slug(session, slug="torfaen")
    assert team is not None
    return team


def staff_named(session: Session, slug: str) -> Practitioner:
    found = queries.practitioner_by_slug(session, team=the_team(session), slug=slug)
    assert found is not None
    return found


def everything(session: Session) -> dict[UUID, dict[str, Any]]:
    """Every stored row of people, column by column."""
    tables: tuple[type[Row], ...] = (Team, Practitioner, YoungPerson, Contact, ContactPhone)
    rows: list[Row] = [row for table in tables for row in session.scalars(select(table))]
    return {row.id: {c.name: getattr(row, c.name) for c in row.__table__.columns} for row in rows}


def test_what_is_loaded_is_given_back(database: Database) -> None:
    file = a_file()
    loaded(database)
    with database.reading() as session:
        assert team_file(session, the_team(session), rota=file.rota) == file


def test_loading_again_changes_nothing_but_when_it_was_loaded(database: Database) -> None:
    loaded(database)
    with database.reading() as session:
        before = everything(session)
    team_id = loaded(database, at=LATER)
    with database.reading() as session:
        after = everything(session)
    assert after.pop(team_id) == {**before.pop(team_id), "loaded_at": LATER}
    assert after == before


def test_a_changed_file_is_given_back_as_it_is_now(database: Database) -> None:
    def change(document: dict[str, Any]) -> None:
        document["team"] |= {"name": "MIST Tor-faen", "number": FREE, "languages": ["en"], "time_zone": "Europe/Dublin"}
        document["staff"].reverse()
        document["staff"][0] |= {"name": "Huw Ŵyn", "languages": ["cy"], "role": "clinical_lead"}
        del document["staff"][0]["email"], document["staff"][0]["guidance"]
        document["young_people"][0] |= {"born": "2012-05-02", "lead": "eli", "known_as": "Kit"}
        del document["young_people"][0]["plan"]
        document["contacts"][0] |= {
            "phones": ["+447700900151", "+447700900101"],
            "prefers": ["eli"],
            "kind": "kin_carer",
        }
        document["voice"]["ring_for"] = "25s"

    loaded(database)
    loaded(database, change, at=LATER)
    file = a_file(change)
    with database.reading() as session:
        assert team_file(session, the_team(session), rota=file.rota) == file


def test_who_left_the_file_becomes_inactive_and_may_come_back(database: Database) -> None:
    def without_some(document: dict[str, Any]) -> None:
        document["staff"] = [entry for entry in document["staff"] if entry["slug"] != "mali"]
        document["young_people"][2]["key_worker"] = "ffion"
        document["rota"]["tiers"]["backup"][0]["people"] = ["ffion", "idris"]
        document["contacts"] = document["contacts"][1:]
        document["young_people"] = document["young_people"][1:]

    loaded(database)
    with database.reading() as session:
        ids = set(everything(session))
    loaded(database, without_some, at=LATER)
    with database.reading() as session:
        team = the_team(session)
        assert set(everything(session)) == ids
        assert not staff_named(session, "mali").is_active
        assert "mali" not in [person.slug for person in queries.practitioners(session, team=team)]
        assert queries.practitioner_by_mobile(session, team=team, number="+447700900007") is None
        assert queries.contact_by_phone(session, team=team, number="+447700900101") is None
        assert not is_reachable_by_call(staff_named(session, "mali"))
        assert team_file(session, team, rota=a_file(without_some).rota) == a_file(without_some)
    loaded(database, at=LATER)
    with database.reading() as session:
        assert set(everything(session)) == ids
        assert team_file(session, the_team(session), rota=a_file().rota) == a_file()


def test_mobiles_can_change_hands_in_one_load(database: Database) -> None:
    def swap(document: dict[str, Any]) -> None:
        document["staff"][0]["mobile"], document["staff"][1]["mobile"] = ELI, SAM

    loaded(database)
    loaded(database, swap)
    with database.reading() as session:
        found = queries.practitioner_by_mobile(session, team=the_team(session), number=ELI)
        assert found is not None
        assert (found.slug, found.mobile) == ("sam", ELI)


def test_a_leavers_mobile_can_pass_to_somebody_else(database: Database) -> None:
    def gone_and_taken(document: dict[str, Any]) -> None:
        document["staff"] = [entry for entry in document["staff"] if entry["slug"] != "mali"]
        document["staff"][0]["mobile"] = "+447700900007"
        document["young_people"][2]["key_worker"] = "ffion"
        document["rota"]["tiers"]["backup"][0]["people"] = ["ffion"]

    loaded(database)
    loaded(database, gone_and_taken)
    with database.reading() as session:
        assert staff_named(session, "sam").mobile == "+447700900007"
        assert staff_named(session, "mali").mobile is None


def test_what_was_known_of_a_number_goes_with_the_number(database: Database) -> None:
    def new_mobile(document: dict[str, Any]) -> None:
        document["staff"][0]["mobile"] = FREE

    loaded(database)
    with database.transaction() as session:
        for slug in ("sam", "eli"):
            row = staff_named(session, slug)
            row.number_dead_at = row.opted_out_at = AT
    loaded(database, new_mobile)
    with database.reading() as session:
        sam, eli = staff_named(session, "sam"), staff_named(session, "eli")
        assert (sam.number_dead_at, sam.opted_out_at, is_reachable_by_text(sam)) == (None, None, True)
        assert (eli.number_dead_at, eli.opted_out_at, is_reachable_by_call(eli)) == (AT, AT, False)


@pytest.mark.parametrize(
    ("change", "by_text", "by_call"),
    [
        ({}, True, True),
        ({"opted_out_at": AT}, False, True),
        ({"number_dead_at": AT}, False, False),
        ({"mobile": None}, False, False),
        ({"is_active": False}, False, False),
    ],
)
def test_how_a_practitioner_can_be_reached(change: dict[str, Any], *, by_text: bool, by_call: bool) -> None:
    keyring = Keyring([SECRET])
    with Session(info={"keyring": keyring}) as session:
        sam = Practitioner(slug="sam", mobile=SAM)
        session.add(sam)
        for name, value in change.items():
            setattr(sam, name, value)
        assert (is_reachable_by_text(sam), is_reachable_by_call(sam)) == (by_text, by_call)
        session.expunge(sam)


def test_a_phone_is_pointed_at_whoever_has_it_now(database: Database) -> None:
    def moved(document: dict[str, Any]) -> None:
        document["contacts"][1]["phones"] = ["+447700900101", "+447700900103"]
        document["contacts"][0]["phones"] = ["+447700900102"]

    def gone(document: dict[str, Any]) -> None:
        document["contacts"][1]["phones"] = []

    loaded(database)
    loaded(database, moved)
    with database.reading() as session:
        team = the_team(session)
        slugs = {}
        for phone in ("+447700900101", "+447700900102", "+447700900103"):
            found = queries.contact_by_phone(session, team=team, number=phone)
            assert found is not None
            slugs[phone] = found.slug
        assert list(slugs.values()) == ["hughes", "price", "hughes"]
    loaded(database, gone)
    with database.reading() as session:
        assert queries.contact_by_phone(session, team=the_team(session), number="+447700900102") is None
        assert team_file(session, the_team(session), rota=a_file(gone).rota) == a_file(gone)


def caerphilly(document: dict[str, Any]) -> None:
    document["team"] |= {"slug": "caerphilly", "name": "MIST Caerphilly", "number": "+447700900900"}
    document["staff"][0]["name"] = "Samantha Rees"
    document["contacts"][0]["name"] = "Somebody Else"


def test_teams_live_side_by_side_with_the_same_people(database: Database) -> None:
    loaded(database)
    loaded(database, caerphilly)
    with database.reading() as session:
        assert [team.slug for team in queries.teams(session)] == ["caerphilly", "torfaen"]
        named = {}
        for number in ("+447700900000", "+447700900900"):
            team = queries.team_by_number(session, number=number)
            assert team is not None
            sam = queries.practitioner_by_mobile(session, team=team, number=SAM)
            price = queries.contact_by_phone(session, team=team, number="+447700900101")
            assert sam is not None
            assert price is not None
            named[team.slug] = (sam.name, price.name)
            assert queries.contact(session, team=team, contact_id=price.id) is price
            assert queries.practitioner(session, team=team, practitioner_id=sam.id) is sam
        assert named == {
            "torfaen": ("Sam Rees", "Jane Price"),
            "caerphilly": ("Samantha Rees", "Somebody Else"),
        }
        other = queries.team_by_slug(session, slug="caerphilly")
        assert other is not None
        ours = staff_named(session, "sam")
        assert queries.practitioner(session, team=other, practitioner_id=ours.id) is None
        assert queries.team_by_number(session, number=SAM) is None


def test_two_teams_cannot_have_one_number_and_nothing_is_changed(database: Database) -> None:
    def same_number(document: dict[str, Any]) -> None:
        caerphilly(document)
        document["team"]["number"] = "+447700900000"

    loaded(database)
    with pytest.raises(NumberTaken):
        loaded(database, same_number)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Team)) == 1


def test_after_a_change_of_key_people_are_still_found_and_a_load_brings_the_index_up_to_date(
    database: Database, database_url: str
) -> None:
    loaded(database)
    newer = "another-key-of-thirty-two-letters!"
    rotated = Database(database_url, Keyring([newer, SECRET]))
    try:
        with rotated.reading() as session:
            team = the_team(session)
            assert queries.team_by_number(session, number="+447700900000") is team
            assert queries.practitioner_by_mobile(session, team=team, number=SAM) is not None
            assert queries.contact_by_phone(session, team=team, number="+447700900101") is not None
        loaded(rotated, at=LATER)
        with rotated.reading() as session:
            assert staff_named(session, "sam").mobile_index == Keyring([newer]).index(SAM)
            assert team_file(session, the_team(session), rota=a_file().rota) == a_file()
    finally:
        rotated.close()


def test_a_young_persons_key_worker_can_change_while_the_old_one_leaves(database: Database) -> None:
    def hand_over(document: dict[str, Any]) -> None:
        document["staff"][6]["slug"] = "mali-2"
        document["young_people"][2]["key_worker"] = "mali-2"
        document["rota"]["tiers"]["backup"][0]["people"] = ["mali-2"]

    loaded(database)
    loaded(database, hand_over)
    with database.reading() as session:
        file = a_file(hand_over)
        assert team_file(session, the_team(session), rota=file.rota) == file
        assert staff_named(session, "mali-2").mobile == "+447700900007"

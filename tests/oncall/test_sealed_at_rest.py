"""What a thief of the database would read: nothing of anybody. A night is lived through, then all of it searched."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, make_url, text

from oncall.clock import ManualClock
from oncall.incidents.actions import Closing, FlagChange, add_note, change_flag
from oncall.incidents.flags.deciding import decide
from oncall.incidents.guides.actions import answer
from oncall.incidents.guides.catalogue import guide_named
from oncall.incidents.models import Incident
from oncall.paging import actions
from oncall.people.models import Team
from oncall.people.queries import practitioner_by_slug
from tests.journeys.world import World, new_world

TEAM = """
schema: 1
team: {slug: torfaen, name: MIST Torfaen, time_zone: Europe/London, languages: [cy, en], number: "+447700900000",
       staff_meeting: {day: monday, time: "09:30", publish: "09:00"}}
staff:
  - {slug: p1, name: Siwan Rhydderch, role: lead_practitioner, mobile: "+447700900001", languages: [en],
     email: siwan@example.org}
  - {slug: p2, name: Emrys Tudful, role: clinical_lead, mobile: "+447700900002", languages: [cy]}
young_people:
  - {slug: yp-07, known_as: Kestrel, born: 2012-05-23, lead: p1, key_worker: p2,
     plan: {formulation: "Loud voices feel like being left.", helps: ["A quiet voice"], avoid: ["Following upstairs"]}}
contacts:
  - {slug: c1, name: Siân Ystumllwynarth, kind: foster_carer, phones: ["+447700900101"], language: en,
     cares_for: [yp-07]}
rota:
  tiers:
    duty: [{layer: Duty, people: [p1], turn: {every: 1, unit: week, at: "17:00", starts: 2026-01-05}}]
  overrides: [{tier: duty, person: p1, from: "2026-12-24T17:00", to: "2026-12-25T09:00", why: "hospital appointment"}]
  leave: [{person: p2, from: "2026-08-01", to: "2026-08-15"}]
escalation:
  emergency: {contact_within: 5m, steps: [{page: duty, by: [text, call], wait: 2m}]}
  urgent: {contact_within: 15m, steps: [{page: duty, by: [text, call], wait: 3m}]}
  concern: {contact_within: 60m, steps: [{page: duty, by: [text], wait: 5m}]}
  routine: {contact_within: 12h, steps: [{page: duty, by: [text], wait: 30m}]}
voice: {ring: [[duty]], ring_for: 20s, promise_after: 90s}
"""
WRITTEN, ANSWERED, PICTURE = "hes locked himself in the bathroom", "is he hurt at all", b"\x89PNG-a-picture-of-a-bruise"
UNKNOWN, WROTE_TOO = "+447700900199", "helo oes rhywun yna"
NOTED, PHRASE, WHY = "Sounded exhausted tonight", "locked himself", "said in anger"
OUTCOME, GUIDANCE, FOLLOW_UP = "Door opened at three", "Sit outside and wait", "Ring them on Tuesday"
PLANNED, LOGGED, WORN = "Walks to his nan as agreed", "Log 412 of the day", "a red duffel coat"
SECRETS = (
    "+447700900000", "447700900001", "7700900002", "7700900101", "7700900199",
    "Siwan", "Rhydderch", "Emrys", "Tudful", "Siân", "Ystumllwynarth", "Kestrel",
    "siwan@example.org", "2012-05-23", "Loud voices", "A quiet voice", "Following upstairs", "hospital appointment",
    WRITTEN, ANSWERED, PICTURE.decode("latin-1")[4:], WROTE_TOO, NOTED, PHRASE, WHY, OUTCOME, GUIDANCE, FOLLOW_UP,
    PLANNED, LOGGED, WORN,
)  # fmt: skip


def found_in(haystacks: Iterable[bytes]) -> set[str]:
    """The secrets that stand somewhere in the clear, as they are or as JSON writes them."""
    stack = [haystack.lower() for haystack in haystacks]
    forms = {secret: {secret.lower().encode(), json.dumps(secret.lower())[1:-1].encode()} for secret in SECRETS}
    return {secret for secret, written in forms.items() if any(form in part for form in written for part in stack)}


def files(folder: Path) -> Iterator[bytes]:
    """Every file in a folder: the database, what lies beside it, and fetched media."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.read_bytes()


def dump(url: str) -> Iterator[bytes]:
    """Every row of every table of a PostgreSQL database, in its binary form."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            with connection.cursor().copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as rows:
                yield b"".join(bytes(part) for part in rows)


def everything(url: str, folder: Path) -> list[bytes]:
    """All that the service has put down."""
    return [*files(folder), *([] if url.startswith("sqlite") else dump(url))]


def live_through_a_night(world: World) -> None:
    """A text with a picture, an answer, a note, a flag and an end; and a text from somebody unknown."""
    carer, duty = world.contact("c1"), world.staff("p1")
    carer.texts(WRITTEN, media=(("image/png", PICTURE),))
    ref = next(page.split()[0] for page in duty.unseen() if "Reply 1" in page)
    duty.replies(f"1 {ref}")
    duty.replies("3")
    duty.replies(ANSWERED)
    assert carer.unseen()[-1] == ANSWERED
    world.phone(UNKNOWN).texts(WROTE_TOO)
    at = world.clock.now()
    with world.house.database.transaction() as session:
        incident = session.get_one(Incident, world.incident(ref).id)
        team = session.get_one(Team, incident.team_id)
        practitioner = practitioner_by_slug(session, team=team, slug="p1")
        assert practitioner is not None
        add_note(session, incident, by="p1", text=NOTED, at=at)
        change_flag(
            session, incident, FlagChange(flag="self_harm", state="dismissed", phrase=PHRASE, why=WHY), by="p1", at=at
        )
        missing = FlagChange(flag="missing", state="confirmed", planned=PLANNED)
        decide(session, team, incident, missing, by=practitioner, at=at)
        for step, said in (("clothes", WORN), ("police_log", LOGGED)):
            answer(session, team, incident, guide_named("missing"), step=step, said=said, by=practitioner, at=at)
        closing = Closing(outcome=OUTCOME, guidance=GUIDANCE, follow_up=FOLLOW_UP)
        actions.close(session, team, incident, closing, by=practitioner, at=at)
    world.pass_time(minutes=2)
    assert world.received(ref) == [WRITTEN]
    assert len(world.incidents()) == 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def test_no_name_number_word_or_plan_stands_in_the_database(
    database_url: str, clock: ManualClock, tmp_path: Path, folder: Path
) -> None:
    if database_url.startswith("sqlite"):
        path = Path(database_url.removeprefix("sqlite:///"))
        database_url = f"sqlite:///{path.rename(folder / path.name)}"
    with new_world(database_url, clock, folder, TEAM) as world:
        live_through_a_night(world)
        assert list((folder / "media").iterdir())
        stored = everything(database_url, folder)
    stored += everything(database_url, folder)
    assert any(b"yp-07" in part for part in stored)  # what is open is seen, so the search does look
    assert any(b"self_harm" in part for part in stored)
    assert found_in(stored) == set()


def test_the_search_finds_every_secret_in_a_plain_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(TEAM.encode() + PICTURE)
    told = [
        WRITTEN,
        ANSWERED,
        UNKNOWN,
        WROTE_TOO,
        NOTED,
        PHRASE,
        WHY,
        OUTCOME,
        GUIDANCE,
        FOLLOW_UP,
        PLANNED,
        LOGGED,
        WORN,
    ]
    (tmp_path / "words").write_text(json.dumps(told))
    assert found_in(files(tmp_path)) == set(SECRETS)
    assert found_in([json.dumps(TEAM).encode()]) >= {"Siân", "Ystumllwynarth", "Kestrel"}


def test_the_search_finds_a_secret_in_a_database_of_either_kind(database_url: str, tmp_path: Path) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE plain (words TEXT)"))
        connection.execute(text("INSERT INTO plain VALUES (:words)"), {"words": WRITTEN})
    engine.dispose()
    assert found_in(everything(database_url, tmp_path)) == {WRITTEN, PHRASE}

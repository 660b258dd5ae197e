"""Reads a team file: text to values, or every error at once.

One rule: no text whatever makes it raise anything but BadTeamFile. The sections know what belongs in them.
"""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from oncall.people.teamfile.form import document
from oncall.people.teamfile.form.document import Value
from oncall.people.teamfile.form.field import Field
from oncall.people.teamfile.problems import BadTeamFile, Problem
from oncall.people.teamfile.sections import names, paging, persons, rota, team
from oncall.people.teamfile.values import SCHEMA, TeamFile


def read(path: Path, *, today: date | None = None) -> TeamFile:
    """The team file at `path`. Raises BadTeamFile; also for one that cannot be opened."""
    try:
        with path.open("rb") as file:
            content = file.read(document.LARGEST + 1)
    except OSError as wrong:
        raise BadTeamFile([Problem(str(path), f"cannot be read ({wrong.strerror})", "name a team file")]) from None
    try:
        return parse(content.decode("utf-8-sig"), today=today)
    except UnicodeDecodeError:
        raise BadTeamFile([Problem(str(path), "is not written in UTF-8", "save it as UTF-8")]) from None


def parse(text: str, *, today: date | None = None) -> TeamFile:
    """The team file in `text`. Raises BadTeamFile. Given `today`, nobody may be born after it."""
    value, problems = document.load(text)
    found = from_document(value, problems, today=today)
    if problems:
        aliases = {problem.path for problem in problems if problem.wrong == document.IS_ALIAS}
        raise BadTeamFile([p for p in problems if p.path not in aliases or p.wrong == document.IS_ALIAS])
    return found


def from_document(value: Value, problems: list[Problem], *, today: date | None = None) -> TeamFile:
    """The team file in a document; of use only if no problem was added."""
    known = names.known(value)
    keys = Field(value, "", problems).keys("schema team staff rota escalation voice", "young_people contacts")
    _refuse_other_schemas(keys["schema"])
    found_team = team.read_team(keys["team"])
    found = TeamFile(
        team=found_team,
        staff=persons.read_staff(keys["staff"]),
        young_people=persons.read_young_people(keys["young_people"], known, today),
        contacts=persons.read_contacts(keys["contacts"], known),
        rota=rota.read_rota(keys["rota"], known, _zone(found_team.time_zone)),
        escalation=paging.read_escalation(keys["escalation"], known),
        voice=paging.read_voice(keys["voice"], known),
    )
    names.refuse_repeats(persons.numbers(found.team, found.staff, found.contacts), problems)
    return found


def _refuse_other_schemas(field: Field) -> None:
    if type(field.value) is int and field.value != SCHEMA:
        field.refuse(f"write schema: {SCHEMA}", f"is {field.value}, which this version does not read")
    elif type(field.value) is not int:
        field.refuse(f"write schema: {SCHEMA}")


def _zone(name: str) -> ZoneInfo:
    """The zone, or UTC where the name is refused anyway."""
    return ZoneInfo(name if name in team.zones() else "UTC")

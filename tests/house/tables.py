"""Rules that are read off the tables and the outbox: whose rows they are, what is sealed, how columns are named."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import JSON, Boolean, LargeBinary, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapper

from oncall.db.sealing import sealed_fields
from oncall.db.tables import UTCDateTime

OF_NO_TEAM = {
    "teams",  # a team itself
    "refs",  # unique over all teams, so that a ref on a phone means one thing
}
BELIEFS = ("is_", "has_", "may_", "wants_", "was_", "needs_")
TELLING = {
    "address", "body", "born", "email", "formulation", "guidance", "known_as", "mobile", "name", "note", "number",
    "outcome", "payload", "phone", "phrase", "plan", "text", "to", "url", "why", "words",
}  # fmt: skip
OPENLY_TOLD = {
    "teams.name",  # a team is no person
    "api_tokens.name",  # what a token is for
    "practitioners.guidance",  # practical or reflective
}
FLOORS = ("people", "auth", "rotas", "incidents", "paging", "calls")  # a foreign key points to the left, or to its own


def without_a_team(schema: MetaData) -> list[str]:
    """Tables whose rows belong to nobody."""
    return [t.name for t in schema.tables.values() if t.name not in OF_NO_TEAM and "team_id" not in t.columns]


def not_sealed(schema: MetaData) -> list[str]:
    """Columns that tell of people and are kept open, and bytes that are not named as sealed."""
    found = []
    for table in schema.tables.values():
        for column in table.columns:
            place = f"{table.name}.{column.name}"
            is_bytes = isinstance(column.type, LargeBinary)
            if is_bytes != column.name.endswith("_sealed"):
                found.append(place)
            if isinstance(column.type, String | JSON) and column.name in TELLING and place not in OPENLY_TOLD:
                found.append(place)
    return found


def sealed_by_nobody(mappers: Iterable[Mapper[DeclarativeBase]]) -> list[str]:
    """Sealed columns without the attribute that seals them, and the other way round."""
    found = []
    for mapper in mappers:
        columns = {c.name for c in _table(mapper).columns if c.name.endswith("_sealed")}
        fields = {field.column for field in sealed_fields(mapper.class_)}
        found += [f"{_table(mapper).name}.{name}" for name in sorted(columns ^ fields)]
    return found


def misnamed(schema: MetaData) -> list[str]:
    """Instants end in `_at`, and what is true or false reads as a claim."""
    found = []
    for table in schema.tables.values():
        for column in table.columns:
            is_instant = isinstance(column.type, UTCDateTime)
            if is_instant and not (column.name == "at" or column.name.endswith("_at")):
                found.append(f"{table.name}.{column.name}")
            if isinstance(column.type, Boolean) and not column.name.startswith(BELIEFS):
                found.append(f"{table.name}.{column.name}")
    return found


def pointing_up(mappers: Iterable[Mapper[DeclarativeBase]]) -> list[str]:
    """Foreign keys to a table of a package above."""
    mappers = list(mappers)
    floor_of = {_table(m).name: FLOORS.index(m.class_.__module__.split(".")[1]) for m in mappers}
    return [
        f"{_table(m).name}.{column.name}"
        for m in mappers
        for column in _table(m).columns
        for key in column.foreign_keys
        if floor_of[key.column.table.name] > floor_of[_table(m).name]
    ]


def unsent(kinds: Collection[str], ways_of: Mapping[str, str], senders: Collection[str]) -> list[str]:
    """Kinds of outbox row that have no way to leave, and ways that nobody sends by."""
    return [kind for kind in kinds if kind not in ways_of or ways_of[kind] not in senders]


def _table(mapper: Mapper[DeclarativeBase]) -> Table:
    table = mapper.local_table
    assert isinstance(table, Table)
    return table

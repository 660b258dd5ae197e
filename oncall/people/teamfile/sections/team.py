"""The `team` section: the team itself."""

from functools import cache
from zoneinfo import available_timezones

from oncall.people.teamfile.form import readers
from oncall.people.teamfile.form.field import Field
from oncall.people.teamfile.form.languages import LANGUAGES
from oncall.people.teamfile.values import JURISDICTIONS, MEETING_DAYS, StaffMeeting, TeamEntry


def read_team(section: Field) -> TeamEntry:
    """The team."""
    keys = section.keys("slug name time_zone languages number staff_meeting", "jurisdiction")
    return TeamEntry(
        slug=readers.slug(keys["slug"]),
        name=readers.text(keys["name"]),
        time_zone=readers.one_of(keys["time_zone"], zones(), "a time zone like Europe/London"),
        languages=languages(keys["languages"]),
        number=readers.number(keys["number"]),
        staff_meeting=read_meeting(keys["staff_meeting"]),
        jurisdiction=readers.optional(keys["jurisdiction"], _jurisdiction) or JURISDICTIONS[0],
    )


def _jurisdiction(field: Field) -> str:
    return readers.one_of(field, JURISDICTIONS)


def language(field: Field) -> str:
    """A language that exists."""
    return readers.one_of(field, LANGUAGES, "a language's two letters, like cy or en")


def languages(field: Field) -> tuple[str, ...]:
    """At least one language, the preferred one first."""
    return readers.items(field, language, once=True)


@cache
def zones() -> frozenset[str]:
    """The names of all time zones."""
    return frozenset(available_timezones())


def read_meeting(field: Field) -> StaffMeeting:
    """The weekly meeting; its handover is published by then."""
    keys = field.keys("day time publish")
    known = len(field.problems)
    meeting = StaffMeeting(
        day=readers.one_of(keys["day"], MEETING_DAYS),
        begins=readers.time_of_day(keys["time"]),
        publish=readers.time_of_day(keys["publish"]),
    )
    if len(field.problems) == known and meeting.publish > meeting.begins:
        keys["publish"].refuse("publish the handover before the meeting", "is after the meeting begins")
    return meeting

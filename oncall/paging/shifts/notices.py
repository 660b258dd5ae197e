"""How somebody is told of a shift by text; whoever our texts do not reach is passed over."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from oncall.paging.outbox import About, Kind, Letter, ask
from oncall.paging.shifts.wording import say
from oncall.paging.wording import language_of
from oncall.people.models import Practitioner, Team
from oncall.people.queries import leads
from oncall.people.reach import is_reachable_by_text
from oncall.telephony.twiml import Language

WORTH_SENDING_FOR = timedelta(hours=4)
Values = Callable[[Language], dict[str, object]]
"""What stands in the places of a sentence, in the reader's language."""


def tell(session: Session, team: Team, to: Practitioner, sentence: str, values: Values, *, at: datetime) -> bool:
    """Texts one person; False if our texts do not reach them."""
    if not is_reachable_by_text(to):
        return False
    language = language_of(to)
    letter = Letter(kind=Kind.SHIFT_NOTICE, to=to.mobile or "", body=say(language, sentence, **values(language)))
    row = ask(session, letter, About(team_id=team.id, practitioner=to), at=at)
    row.valid_for_s = int(WORTH_SENDING_FOR.total_seconds())
    return True


def tell_leads(session: Session, team: Team, sentence: str, values: Values, *, at: datetime) -> int:
    """Texts every lead; gives how many were reached."""
    return sum(tell(session, team, lead, sentence, values, at=at) for lead in leads(session, team=team))

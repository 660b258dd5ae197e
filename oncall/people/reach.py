"""How a practitioner can be reached at all; whether they are on leave or on a call just now is for paging to see."""

from oncall.people.models import Practitioner


def is_reachable_by_call(practitioner: Practitioner) -> bool:
    """Whether there is a mobile to ring that is not known to be dead."""
    has_mobile = practitioner.mobile_sealed is not None and practitioner.number_dead_at is None
    return practitioner.is_active and has_mobile


def is_reachable_by_text(practitioner: Practitioner) -> bool:
    """Whether a text would get there: a mobile, not dead, and texts not stopped by its owner."""
    return is_reachable_by_call(practitioner) and practitioner.opted_out_at is None

"""How fast a person must answer a contact, never how risky a child is: four words with an order.

Software only ever raises a severity; lowering one is a person's act and belongs to the record.
"""

from enum import StrEnum


class Severity(StrEnum):
    """Ordered by urgency, not by the alphabet: `Severity.CONCERN < Severity.URGENT`."""

    ROUTINE = "routine"
    CONCERN = "concern"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        return tuple(Severity).index(self)

    def __lt__(self, other: str) -> bool:
        return self.rank < Severity(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Severity(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Severity(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Severity(other).rank

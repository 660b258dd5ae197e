"""What is wrong in a team file's `planner` is said at its place."""

from typing import Any

import pytest

from oncall.people.teamfile.values import WEIGHTS
from rota.planner.asking import Fancy, Weights
from tests.oncall.people.documents import problems, with_value

A_WISH = {"person": "sam", "wish": "rather_not"}


@pytest.mark.parametrize(
    ("planner", "path", "wrong"),
    [
        ({"weights": {"moved": -1}}, "weights.moved", "is a whole number"),
        ({"weights": {"luck": 1}}, "weights.luck", "is no key"),
        ({"may_hold": {"nights": ["sam"]}}, "may_hold.nights", "is no tier of this rota"),
        ({"may_hold": {"duty": []}}, "may_hold.duty", "empty list"),
        ({"may_hold": {"duty": ["nobody"]}}, "may_hold.duty[0]", "names nothing"),
        ({"days_in_a_row": 0}, "days_in_a_row", "is 0"),
        ({"wishes": [{"person": "sam", "wish": "never"}]}, "wishes[0].wish", "'never'"),
        ({"wishes": [{**A_WISH, "from": "2026-12-24"}]}, "wishes[0].to", "is"),
        ({"wishes": [{**A_WISH, "to": "2026-12-24"}]}, "wishes[0].from", "is"),
        ({"wishes": [{**A_WISH, "from": "2026-12-24", "to": "2026-12-24"}]}, "wishes[0].to", "is not after from"),
        ({"wishes": [{**A_WISH, "days": ["friday"]}]}, "wishes[0].days[0]", "'friday'"),
        ({"wishes": [{**A_WISH, "tier": "nights"}]}, "wishes[0].tier", "names nothing"),
    ],
)
def test_a_wrong_value_is_refused_at_its_path(planner: Any, path: str, wrong: str) -> None:
    (found,) = problems(with_value("rota.planner", planner))
    assert found.path == f"rota.planner.{path}"
    assert wrong in found.wrong


def test_a_file_may_weigh_all_that_is_weighed_and_nothing_else() -> None:
    assert set(Weights.__dataclass_fields__) == set(WEIGHTS)
    assert {"rather_not", "would_like"} == {fancy.value for fancy in Fancy}

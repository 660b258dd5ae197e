"""Loading a rota, loading it again, and giving it back."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oncall.rotas import answers
from oncall.rotas.actions import export_rota
from oncall.rotas.models import Leave, RotaOverride, RotaVersion
from tests.oncall.rotas.conftest import Load
from tests.oncall.rotas.files import DAILY, EXAMPLE, overrides, team_file

AT = datetime(2026, 1, 10, tzinfo=UTC)
FIRST = "duty mair 2026-02-01T09:00 2026-02-02T09:00"
SECOND = "duty pat 2026-03-01T09:00 2026-03-02T09:00"
THIRD = "manager mair 2026-04-01T09:00 2026-04-02T09:00"


def _rows(session: Session) -> tuple[int, int, int]:
    session.flush()
    counts = [session.scalar(select(func.count()).select_from(table)) for table in (RotaVersion, RotaOverride, Leave)]
    return counts[0] or 0, counts[1] or 0, counts[2] or 0


def test_what_is_given_back_is_what_was_loaded(session: Session, load: Load) -> None:
    team = load(EXAMPLE)
    assert export_rota(session, team) == team_file(EXAMPLE).rota
    assert list(export_rota(session, team).tiers) == ["duty", "backup"]


def test_loading_the_same_again_changes_nothing(session: Session, load: Load) -> None:
    load(EXAMPLE)
    before = _rows(session)
    load(EXAMPLE, at="2026-02-01T00:00")
    assert _rows(session) == before == (1, 4, 1)
    assert session.scalars(select(RotaOverride.removed_at)).all() == [None] * 4


def test_a_changed_rota_is_a_version_more(session: Session, load: Load) -> None:
    load(EXAMPLE)
    team = load(DAILY, at="2026-02-01T00:00")
    assert _rows(session) == (2, 4, 1)
    assert export_rota(session, team) == team_file(DAILY).rota
    assert None not in session.scalars(select(RotaOverride.removed_at)).all()


def test_rules_are_kept_beside_the_tiers_and_changing_them_is_a_version_more(session: Session, load: Load) -> None:
    team = load(EXAMPLE)
    ruled = EXAMPLE + "  rules: {daily_rest_hours: 12, standby_is_work: [duty]}\n"
    load(ruled, at="2026-02-01T00:00")
    assert _rows(session) == (2, 4, 1)
    assert export_rota(session, team) == team_file(ruled).rota
    shown = answers.show(session, team, start=AT, end=AT + timedelta(days=60))
    assert set(shown) == {"duty", "backup"}
    load(ruled, at="2026-03-01T00:00")
    assert _rows(session) == (2, 4, 1)
    load(EXAMPLE, at="2026-04-01T00:00")
    assert export_rota(session, team) == team_file(EXAMPLE).rota


def test_overrides_that_stay_keep_their_rows(session: Session, load: Load) -> None:
    load(overrides(FIRST, SECOND))
    team = load(overrides(SECOND, THIRD), at="2026-02-10T00:00")
    assert _rows(session)[1] == 3
    assert export_rota(session, team) == team_file(overrides(SECOND, THIRD)).rota


def test_one_put_in_between_keeps_the_order_that_decides(session: Session, load: Load) -> None:
    load(overrides(FIRST, THIRD))
    team = load(overrides(FIRST, SECOND, THIRD), at="2026-01-02T00:00")
    assert export_rota(session, team) == team_file(overrides(FIRST, SECOND, THIRD)).rota
    team = load(overrides(THIRD, FIRST), at="2026-01-03T00:00")
    assert export_rota(session, team) == team_file(overrides(THIRD, FIRST)).rota


def test_why_is_sealed_and_comes_back(session: Session, load: Load) -> None:
    team = load(EXAMPLE)
    session.flush()
    sealed = [row for row in session.scalars(select(RotaOverride.why_sealed)) if row is not None]
    assert len(sealed) == 1
    assert b"swap" not in sealed[0]
    assert export_rota(session, team).overrides[0].why == "swap"


def test_a_team_without_a_rota_gives_none_back(session: Session, load: Load) -> None:
    team = load(DAILY)
    other = load(EXAMPLE, slug="caerphilly", number=2)
    assert export_rota(session, team) == team_file(DAILY).rota
    assert export_rota(session, other) == team_file(EXAMPLE).rota

"""The checks of what Twilio has been told: how each team's number is set up, and whom the fallback would ring."""

from collections.abc import Iterator

from oncall.cli.doctor.checks import because
from oncall.cli.doctor.findings import Finding, fine, wrong
from oncall.paging.outage.lines import TeamLine
from oncall.paging.outage.publishing import Chain
from oncall.settings import Settings
from oncall.telephony.account.port import Account, Line, Place
from oncall.telephony.account.webhooks import Drift, drifts
from oncall.telephony.port import TelephonyUnavailable

FALLBACK = "fallback"
OF_THE_FALLBACK = len(Settings.model_construct().missing_for_fallback())


def webhooks(line: TeamLine, account: Account, settings: Settings, *, puts_right: bool) -> Iterator[Finding]:
    """Each setting of a team's number that is not as it should be; with `puts_right`, after it was changed."""
    about = f"{line.slug}'s number"
    try:
        there = account.line(line.number)
        if there is None:
            yield wrong(about, "is not one of the account's; team.number in the team's file should be")
            return
        mendable = [drift for drift in _drifts(there, settings) if drift.wanted is not None]
        if puts_right and mendable:
            account.change_line(there.sid, {drift.name: drift.wanted or "" for drift in mendable})
            yield from (fine(about, f"{drift}: put right") for drift in mendable)
            there = account.line(line.number) or there
        yield from _told(about, _drifts(there, settings))
    except TelephonyUnavailable as error:
        yield wrong(about, f"could not be looked at or changed{because(error)}")


def _drifts(there: Line, settings: Settings) -> list[Drift]:
    return drifts(there.settings, public_url=settings.public_url or "", fallback_url=settings.fallback_url)


def _told(about: str, found: list[Drift]) -> Iterator[Finding]:
    yield from (wrong(about, str(drift)) for drift in found)
    if not found:
        yield fine(about, "webhooks, fallbacks and status callback are as they should be")


def fallback_settings(settings: Settings) -> Iterator[Finding]:
    """Whether the fallback's settings are all there, or none of them."""
    missing = settings.missing_for_fallback()
    if not missing:
        yield fine(FALLBACK, "all of its settings are there")
    elif len(missing) < OF_THE_FALLBACK:
        yield wrong(FALLBACK, f"{', '.join(missing)} should be set too")
    else:
        yield fine(FALLBACK, "is not set up by these settings: nobody tells it who is on call (docs/fallback.md)")


def chain(slug: str, wanted: Chain, *, account: Account, place: Place) -> Iterator[Finding]:
    """Whether the fallback knows who is on call for a team."""
    about = f"{slug}'s fallback"
    try:
        there = account.variables(place).get(wanted.name)
    except TelephonyUnavailable as error:
        yield wrong(about, f"could not be looked at{because(error)}")
        return
    if there == wanted.value:
        yield fine(about, "would ring whoever is on call now")
    elif there is None:
        yield wrong(about, "has never been told who is on call; the service should have told it within a minute")
    else:
        yield wrong(about, "would ring others than those on call now; the service should have told it within a minute")

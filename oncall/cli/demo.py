"""`oncall demo`: the whole service on the embedded database, with a sample team and the lab in place of Twilio."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
import uvicorn
from sqlalchemy import select

from oncall import app as application
from oncall import wiring
from oncall.cli.opening import DEMO_KEY, demo_key
from oncall.cli.serving import check_port
from oncall.cli.team import store
from oncall.clock import ShiftedClock
from oncall.db import migrations
from oncall.incidents.models import Incident, TimelineEntry
from oncall.lab.app import build_app
from oncall.lab.lab import Lab
from oncall.lab.page.cast import Person, Recorded, Setting
from oncall.lab.runner import LabRunner
from oncall.logs import set_up
from oncall.people.queries import practitioner_by_slug, team_by_slug
from oncall.people.teamfile import TeamFile
from oncall.people.teamfile import read as read_file
from oncall.rotas.answers import who
from oncall.settings import Settings, read, split
from oncall.telephony.account.webhooks import wanted

ACCOUNT = "AC" + "d0" * 16
SAMPLE = Path(__file__).parent.parent / "people" / "sample.yaml"
MOVED = "demo-clock"
TIERS = {"duty": "On duty", "backup": "Backup", "manager": "Manager on call"}
LATEST_LINES = 40
FIXED = "+442079460999"  # a number kept for drama


def demo(
    port: Annotated[int, typer.Option(help="The port to listen at.", min=1, max=65535)] = 8000,
) -> None:
    """Runs the whole service on this machine with a sample team and the lab, prints its addresses and stays up."""
    set_up()
    check_port("127.0.0.1", port)
    settings = demo_settings(port)
    clock = _clock(settings.data_dir)
    file = read_file(SAMPLE, today=clock.now().date())
    lab = Lab(clock=clock, account_sid=ACCOUNT, auth_token=split(settings.twilio_auth_token)[0])
    settings = _line(lab, settings, file)
    house = wiring.open_house(settings, clock=clock, suggester=wiring.open_suggester())
    migrations.ready(house.database)
    store(house.database, file, at=clock.now())
    app = application.build(house)
    app.state.lab = lab
    app.mount("/lab", build_app(lab, setting=_setting(house, clock, file)))
    runner = LabRunner(lab)
    runner.start()
    _greet(port, settings.data_dir)
    try:
        uvicorn.run(
            app, host="127.0.0.1", port=port, access_log=False, log_level="warning", timeout_graceful_shutdown=5
        )
    finally:
        runner.stop()
        lab.close()


def demo_settings(port: int) -> Settings:
    """The settings of a demo on `port`: what the environment says of the data dir and the key, the lab for Twilio."""
    found = read()
    wiring.make_data_dir(found)
    key = demo_key(found.data_dir) or _new_key(found.data_dir)
    here = f"http://127.0.0.1:{port}"
    return read(
        public_url=here,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=secrets.token_hex(16),
        twilio_api_url=f"{here}/lab",
        database_url=f"sqlite:///{found.data_dir / 'oncall.db'}",
        secret_key=found.secret_key or key,
    )


def _new_key(data_dir: Path) -> str:
    path = data_dir / DEMO_KEY
    path.touch(mode=0o600)
    path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def _clock(data_dir: Path) -> ShiftedClock:
    """The demo's clock, as far on as a visitor had moved it before."""
    clock = ShiftedClock()
    path = data_dir / MOVED
    if path.exists():
        clock.move(timedelta(seconds=float(path.read_text())))
    return clock


def _line(lab: Lab, settings: Settings, file: TeamFile) -> Settings:
    """Gives the lab the team's number, set up as it should be, and a fallback; gives the settings with it."""
    lab.base_url = settings.twilio_api_url
    hosted = lab.host_functions()
    fallback_url = lab.functions_url(hosted)
    should_be = wanted(settings.public_url or "", fallback_url)
    lab.add_number(file.team.number, {name.title().replace("_", ""): value for name, value in should_be.items()})
    return settings.model_copy(
        update={
            "fallback_url": fallback_url,
            "fallback_service_sid": hosted.sid,
            "fallback_environment_sid": hosted.environment_sid,
            "fallback_number": FIXED,
        }
    )


def _setting(house: wiring.House, clock: ShiftedClock, file: TeamFile) -> Setting:
    path = house.settings.data_dir / MOVED

    def moved(by: timedelta) -> None:
        clock.move(by)
        before = float(path.read_text()) if path.exists() else 0.0
        path.write_text(str(before + by.total_seconds()))

    cast = (*_callers(file), *_on_call(house, file))
    return Setting(line=file.team.number, cast=cast, on_clock_moved=moved, recorded=lambda: _recorded(house))


def _callers(file: TeamFile) -> tuple[Person, ...]:
    carer = file.contacts[0]
    return (
        Person(carer.name, "Foster carer", carer.phones[0], carer.language, side="caller"),
        Person("Somebody unknown", "Number not in the team's file", "+447700900199", "cy", side="caller"),
    )


def _on_call(house: wiring.House, file: TeamFile) -> list[Person]:
    """Who holds each tier as the demo starts, and until when."""
    zone, now = ZoneInfo(file.team.time_zone), house.clock.now()
    with house.database.reading() as session:
        team = team_by_slug(session, slug=file.team.slug)
        held = who(session, team, at=now) if team else {}
        people: list[Person] = []
        for tier, holding in held.items():
            person = practitioner_by_slug(session, team=team, slug=holding.person) if team and holding else None
            if person is not None and holding is not None:
                until = f" until {holding.until.astimezone(zone):%a %H:%M}" if holding.until else ""
                part = f"{TIERS.get(tier, tier)}{until}"
                people.append(Person(person.name, part, person.mobile or "", person.languages[0]))
        return people


def _recorded(house: wiring.House) -> list[Recorded]:
    """The latest lines of the record, for whoever plays with the lab."""
    with house.database.reading() as session:
        newest = (
            select(TimelineEntry, Incident.ref)
            .join(Incident, Incident.id == TimelineEntry.incident_id)
            .order_by(TimelineEntry.at.desc(), TimelineEntry.id.desc())
            .limit(LATEST_LINES)
        )
        lines = [(line, ref) for line, ref in session.execute(newest)]
        return [Recorded(line.id.hex, line.at, f"{ref} {line.detail}") for line, ref in reversed(lines)]


def _greet(port: int, data_dir: Path) -> None:
    here = f"http://127.0.0.1:{port}"
    typer.echo("The on-call line is up. Nothing here leaves this machine.")
    typer.echo(f"  The lab, with phones to play with:  {here}/lab/")
    typer.echo(f"  The service:                        {here}/")
    typer.echo(f"  Its data and key:                   {data_dir.resolve()}")
    typer.echo("Stop it with Ctrl+C; start it again and it goes on where it was.")

"""Small team files for the tests of rotas: four people, and whatever rota a test writes."""

from oncall.people.teamfile import TeamFile, parse

TEAM = """
schema: 1
team:
  slug: {slug}
  name: MIST {slug}
  time_zone: {zone}
  languages: [cy, en]
  number: "+4477009001{number:02}"
  staff_meeting: {{day: monday, time: "09:30", publish: "09:00"}}
staff:
  - {{slug: sam, name: Sam Rees, role: lead_practitioner, mobile: "+447700900001", languages: [en]}}
  - {{slug: eli, name: Eli Morgan, role: young_person_practitioner, mobile: "+447700900002", languages: [en]}}
  - {{slug: mair, name: Mair Price, role: clinical_lead, mobile: "+447700900003", languages: [cy, en]}}
  - {{slug: pat, name: Pat Hughes, role: service_manager, mobile: "+447700900004", languages: [en]}}
rota:
{rota}
escalation:
  emergency: {{contact_within: 5m, steps: [{{page: {tier}, by: [text, call], wait: 2m}}]}}
  urgent: {{contact_within: 15m, steps: [{{page: {tier}, by: [text, call], wait: 3m}}]}}
  concern: {{contact_within: 60m, steps: [{{page: {tier}, by: [text], wait: 5m}}]}}
  routine: {{contact_within: 12h, steps: [{{page: {tier}, by: [text], wait: 30m}}]}}
voice:
  ring: [[{tier}]]
  ring_for: 20s
  promise_after: 90s
"""

DAILY = """
  tiers:
    duty:
      - layer: Daily
        people: [sam, eli]
        turn: {every: 1, unit: day, at: "09:00", starts: 2026-01-01}
    manager:
      - layer: Managers
        people: [pat]
        turn: {every: 1, unit: week, at: "09:00", starts: 2026-01-05}
"""

EXAMPLE = """
  tiers:
    duty:
      - layer: Weeknights
        people: [sam, eli]
        turn: {every: 1, unit: week, at: "17:00", starts: 2026-01-05}
        cover:
          - {days: [mon, tue, wed, thu], from: "17:00", to: "09:00"}
      - layer: Weekends
        people: [eli, sam]
        turn: {every: 1, unit: week, at: "17:00", starts: 2026-01-09}
        cover: [{from: "fri 17:00", to: "mon 09:00"}]
      - layer: Lunches
        people: [mair]
        turn: {every: 6, unit: hour, at: "09:00", starts: 2026-02-01}
        cover: [{from: "12:00", to: "13:00"}, {days: [wed], from: "14:00", hours: 2}]
    backup: []
  overrides:
    - {tier: duty, person: eli, from: "2026-12-24T17:00", to: "2026-12-25T09:00", why: swap}
    - {tier: duty, person: mair, from: "2026-12-25", to: "2026-12-26"}
    - {tier: backup, person: sam, from: "2026-10-25T01:30", to: "2026-10-25T01:45"}
    - {tier: backup, person: pat, from: "2026-10-25T02:00+01:00", to: "2026-10-25T03:00+00:00"}
  leave:
    - {person: sam, from: "2026-08-01", to: "2026-08-15"}
"""


def overrides(*lines: str) -> str:
    """A daily rota with overrides, each `tier person from to`."""
    keys = ("tier", "person", "from", "to")
    written = [", ".join(f'{key}: "{word}"' for key, word in zip(keys, line.split(), strict=True)) for line in lines]
    return DAILY + "  overrides:\n" + "".join(f"    - {{{line}}}\n" for line in written)


def team_file(rota: str, *, slug: str = "torfaen", zone: str = "Europe/London", number: int = 1) -> TeamFile:
    """A whole team file round a rota whose first tier is paged."""
    tier = rota.split("tiers:")[1].split(maxsplit=1)[0].rstrip(":")
    return parse(TEAM.format(rota=rota, slug=slug, zone=zone, number=number, tier=tier))

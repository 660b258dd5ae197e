"""Addresses of ours that leave the house: built on the public address, with ids and refs only."""

from uuid import UUID

from sqlalchemy.orm import Session

from oncall.incidents.models import Incident


def link_to(session: Session, incident: Incident) -> str:
    """The page of an incident, for people."""
    return f"{session.info['public_url']}/i/{incident.ref}"


def text_status(public_url: str, row_id: UUID) -> str:
    """Where Twilio tells how a text of ours fared."""
    return f"{public_url}/twilio/sms/status/{row_id}"


def call_status(public_url: str, row_id: UUID) -> str:
    """Where Twilio tells how a call of ours fared."""
    return f"{public_url}/twilio/page/{row_id}/status"


def call_answered(public_url: str, row_id: UUID) -> str:
    """What Twilio asks when a page call is answered."""
    return f"{public_url}/twilio/page/{row_id}"


def leg_answered(public_url: str, row_id: UUID) -> str:
    """What Twilio asks when a call that joins somebody to a caller's line is answered."""
    return f"{public_url}/twilio/leg/{row_id}"


def leg_status(public_url: str, row_id: UUID) -> str:
    """Where Twilio tells how such a call fared."""
    return f"{public_url}/twilio/leg/{row_id}/status"


def test_answered(public_url: str, row_id: UUID) -> str:
    """What Twilio asks when a test call is answered."""
    return f"{public_url}/twilio/test/{row_id}"


def test_key(public_url: str, row_id: UUID) -> str:
    """What Twilio asks when a key was pressed in a test call."""
    return f"{public_url}/twilio/test/{row_id}/key"


def call_key(public_url: str, row_id: UUID) -> str:
    """What Twilio asks when a key was pressed in a page call."""
    return f"{public_url}/twilio/page/{row_id}/key"

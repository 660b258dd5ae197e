"""Twilio as a phone: texts, calls, signatures, numbers. It knows no incident, no person and no team."""

"""Sends what the outbox holds: claim, send with no session open, settle; and learns from Twilio how it fared.

At least once: a row whose outcome is not known is looked up before it is sent again, with the same ref.
"""

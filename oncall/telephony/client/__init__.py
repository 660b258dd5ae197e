"""The real telephone network: Twilio's REST API, through Twilio's own library over HTTP of ours."""

from oncall.telephony.client.account import TwilioAccount
from oncall.telephony.client.rest import TwilioTelephony

__all__ = ["TwilioAccount", "TwilioTelephony"]

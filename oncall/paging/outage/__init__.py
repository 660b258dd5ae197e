"""What must hold while the service is down: the numbers' webhooks and fallbacks, and whom the fallback rings."""

"""Whether the public address is answered, and by this service."""

import httpx

ANSWERS_WITHIN_S = 5.0


def is_answered(public_url: str, *, transport: httpx.BaseTransport | None = None) -> bool:
    """Whether `/healthz` at the public address is ours."""
    try:
        with httpx.Client(timeout=ANSWERS_WITHIN_S, transport=transport, trust_env=False) as http:
            answer = http.get(f"{public_url}/healthz")
            return answer.is_success and answer.json() == {"status": "up"}
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return False

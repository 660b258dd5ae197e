"""The heartbeat to an outside watchdog, which raises the alarm when the ticks stop and nobody here can."""

from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import structlog

from oncall.clock import Clock

log = structlog.get_logger()
OLDEST_TICK = timedelta(seconds=60)
TIMEOUT_S = 10.0


class Watchdog:
    """Beats at `url` while the last tick is fresh; a tick that is late stays unsaid, so that the watchdog barks."""

    def __init__(
        self,
        url: str,
        clock: Clock,
        ticked_at: Callable[[], datetime | None],
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._url, self._clock, self._ticked_at = url, clock, ticked_at
        self._http = httpx.Client(timeout=TIMEOUT_S, transport=transport, trust_env=False)

    def beat(self) -> bool:
        """Says that all is well, if it is; whether that was heard."""
        ticked_at = self._ticked_at()
        if ticked_at is None or self._clock.now() - ticked_at > OLDEST_TICK:
            return False
        try:
            return self._http.get(self._url).is_success
        except httpx.HTTPError as error:
            log.warning("heartbeat_failed", error=type(error).__name__)
            return False

    def close(self) -> None:
        """Lets go of the connection."""
        self._http.close()

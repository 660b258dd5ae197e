"""Keeps the suggester from holding up a text: one that fails, or takes too long, has said nothing.

A thread that hangs cannot be stopped; there are few of them, and while all hang every text is told at once that
nothing could be said of it.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong

from oncall.errors import OnCallError
from oncall.risk.suggest import Scan, suggest

WITHIN = 0.25
"""Seconds in which a text must have been read."""
MOST_AT_ONCE = 4


class NotAssessed(OnCallError):
    """The text could not be assessed."""


class Guarded:
    """A suggester with a limit on its time. Raises NotAssessed and nothing else, whatever happens inside."""

    def __init__(self, asked: Callable[[str], Scan] = suggest, *, within: float = WITHIN) -> None:
        self._asked, self._within = asked, within
        self._pool = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="suggester")
        self._begun: list[Future[Scan]] = []

    def __call__(self, text: str) -> Scan:
        self._begun = [one for one in self._begun if not one.done()]
        if len(self._begun) >= MOST_AT_ONCE:
            raise NotAssessed
        asked = self._pool.submit(self._asked, text)
        self._begun.append(asked)
        try:
            return asked.result(timeout=self._within)
        except TookTooLong:
            raise NotAssessed("It took too long to assess the text.") from None
        except Exception as error:
            raise NotAssessed(f"The suggester failed: {type(error).__name__}.") from None

    def close(self) -> None:
        """Lets go of the threads without waiting for one that hangs."""
        self._pool.shutdown(wait=False, cancel_futures=True)

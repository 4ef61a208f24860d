"""The clock as a port: wall time in UTC, and a monotonic count that shows when the wall clock was moved."""

import time
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Where time comes from; tests hand in a fixed one."""

    def now(self) -> datetime:
        """Return the aware UTC instant of the PC's clock."""
        ...

    def today(self) -> date:
        """Return the local calendar date."""
        ...

    def monotonic_ms(self) -> int:
        """Return milliseconds of a clock that never goes back while the machine runs."""
        ...


class SystemClock:
    """The PC's own clock."""

    def now(self) -> datetime:
        """Return the aware UTC instant of the PC's clock."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the local calendar date."""
        return datetime.now().astimezone().date()

    def monotonic_ms(self) -> int:
        """Return milliseconds since some moment before the program started."""
        return time.monotonic_ns() // 1_000_000

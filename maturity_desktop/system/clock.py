"""The clock as a port: wall time in UTC, and a monotonic count that shows when the wall clock was moved."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

TOLERANCE_MS = 60_000
_SLEEP_COUNTS: int | None = getattr(time, "CLOCK_BOOTTIME", None)  # Linux only; elsewhere the count runs on by itself


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
        """Return milliseconds since some moment before the program started; sleep of the machine counts."""
        return (time.monotonic_ns() if _SLEEP_COUNTS is None else time.clock_gettime_ns(_SLEEP_COUNTS)) // 1_000_000


@dataclass(slots=True)
class ClockWatch:
    """Notices when the wall clock was moved: it must advance as the monotonic count does."""

    seen: tuple[datetime, int] | None = None

    def moved_by_ms(self, now: datetime, monotonic_ms: int) -> int:
        """Return by how much the wall clock was set forward (negative: back) since `keep`; 0 within the tolerance."""
        if self.seen is None:
            return 0
        at, count = self.seen
        moved = (now - at) // timedelta(milliseconds=1) - (monotonic_ms - count)
        return moved if abs(moved) > TOLERANCE_MS else 0

    def keep(self, now: datetime, monotonic_ms: int) -> None:
        """Remember the present pair of times."""
        self.seen = (now, monotonic_ms)

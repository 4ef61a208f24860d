"""How ratios are measured: both sides interleaved in one run, medians, one line printed for each."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One line of the table: our median over the reference's median, with both in milliseconds."""

    name: str
    ours_ms: float
    reference_ms: float

    @property
    def value(self) -> float:
        return self.ours_ms / self.reference_ms

    def __str__(self) -> str:
        return f"{self.name:<58} ×{self.value:6.2f}   {self.ours_ms:9.2f} ms / {self.reference_ms:9.2f} ms"


def ratio(
    name: str, ours: Callable[[], object], reference: Callable[[], object], *, rounds: int = ROUNDS, warm: int = 1
) -> Ratio:
    """Measure both sides alternately and return the ratio of their medians; print it.

    Args:
        name: what is compared with what.
        ours: the program's own way.
        reference: the bare library, or the physical limit.
        rounds: measured repetitions of each.
        warm: unmeasured repetitions of each before.
    """
    for _ in range(warm):
        ours()
        reference()
    pairs = [(_milliseconds(ours), _milliseconds(reference)) for _ in range(rounds)]
    measured = Ratio(
        name=name,
        ours_ms=statistics.median(ours_ms for ours_ms, _ in pairs),
        reference_ms=statistics.median(reference_ms for _, reference_ms in pairs),
    )
    print(f"\n{measured}")
    return measured


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000

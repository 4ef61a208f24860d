"""A verdict as the screen shows it, and the list of trusted roots; no Qt."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Mark(StrEnum):
    """How good a verdict is; each has its own sign and colour."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


MARKS = {
    "valid": Mark.GOOD,
    "untrusted": Mark.WARN,
    "unsigned": Mark.WARN,
    "altered": Mark.BAD,
    "unreadable": Mark.BAD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVerdict:
    """One file's verdict in words: a headline, what it means line by line, and what the file says of itself."""

    mark: Mark
    headline: str
    kind: str
    lines: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    sha256: str
    path: Path
    can_countersign: bool = False
    can_print: bool = False
    is_workbook: bool = False


_COUNTERSIGNED = "(?P<stem>.+)-{word}(?P<number>[0-9]{{0,3}})"


def roots_from(text: str) -> tuple[Path, ...]:
    """Return the trusted roots kept in the settings, in order, each once."""
    return tuple(dict.fromkeys(Path(line) for line in text.splitlines() if line.strip()))


def roots_to(roots: tuple[Path, ...]) -> str:
    """Return the settings' form of trusted roots."""
    return "\n".join(str(root) for root in dict.fromkeys(roots))


def countersigned_name(signed: Path, word: str) -> Path:
    """Return where a counter-signed file goes unless another place is chosen: beside it, with a name of its own."""
    stem, number = signed.stem, 1
    before = _COUNTERSIGNED.format(word=re.escape(word))
    if found := re.fullmatch(before, stem):
        stem, number = found["stem"], int(found["number"] or 1) + 1
    tail = "" if number == 1 else str(number)
    return signed.with_name(f"{stem}-{word}{tail}{signed.suffix or '.pdf'}")

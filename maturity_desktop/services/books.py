"""Writing a standard as a book: rendered, counted again in the written file, and put in its place atomically."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.domain import canonical
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import VerificationFailed
from maturity_desktop.services import standards
from maturity_desktop.services.context import Machine
from maturity_desktop.system.files import replacing
from maturity_desktop.system.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBook:
    """What lies on the disk now; `items` and `criteria` were counted in the file itself."""

    path: Path
    pages: int
    size_bytes: int
    sha256: str
    items: int
    criteria: int


def write_book(
    machine: Machine,
    standard_id: str,
    *,
    target: Path,
    edition_id: str = "",
    language: Language = "zh",
    progress: Progress = silent,
) -> WrittenBook:
    """Write an edition (the newest when none is named) as a PDF book in one language.

    Raises:
        EnvironmentProblem: PACK-001 no such standard; SYS-0xx, the old file is untouched.
        InputRejected: PACK-002 with all issues of the pack.
        VerificationFailed: EXP-001 the file reads back otherwise; EXP-002 something of the standard is missing in it.
        Cancelled: the progress asked to stop.
    """
    from maturity_desktop.reporting.book import render_book  # loads the PDF library
    from maturity_desktop.reporting.counting import count_report

    edition = standards.load(machine, standard_id, edition_id)
    book = render_book(edition, canonical.digest(edition), language, progress)
    with replacing(target) as stream:
        stream.write(book.content)
        stream.flush()
        stream.seek(0)
        written = stream.read()
        if written != book.content:
            raise VerificationFailed("EXP-001", path=str(target))
        found = count_report(written)
        for what, kept in book.counts.items():
            if found.get(what, 0) != kept:
                raise VerificationFailed("EXP-002", what=what, found=found.get(what, 0), kept=kept)
    return WrittenBook(
        path=target,
        pages=book.pages,
        size_bytes=len(written),
        sha256=hashlib.sha256(written).hexdigest(),
        items=found["items"],
        criteria=found["criteria"],
    )

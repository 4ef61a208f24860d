"""The Excel workbook: values only, no formulas, no links, no macros; the same snapshot gives the same bytes."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence

from openpyxl.workbook import Workbook

from maturity_desktop.domain.text import Language
from maturity_desktop.reporting.digest import content_digest
from maturity_desktop.reporting.options import RenderedWorkbook, RenderOptions
from maturity_desktop.reporting.report import expected_counts
from maturity_desktop.reporting.sheets import overview, registers, scores
from maturity_desktop.reporting.sheets.cells import clean
from maturity_desktop.reporting.sheets.tables import Frame
from maturity_desktop.reporting.snapshot import ReportSnapshot
from maturity_desktop.reporting.voice import Voice
from maturity_desktop.system.progress import Progress, silent

_STEPS = 8
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def render_workbook(
    snapshot: ReportSnapshot,
    languages: Sequence[Language],
    options: RenderOptions | None = None,
    progress: Progress = silent,
) -> RenderedWorkbook:
    """Return the workbook, unsigned; with two languages every head and word stands in both.

    Args:
        snapshot: everything the workbook says.
        languages: the first one leads.
        options: draft by default.
        progress: gets (done, total) sheets; may raise Cancelled.
    """
    options = options or RenderOptions()
    digest = content_digest(snapshot)
    book = Workbook()
    del book[book.sheetnames[0]]
    voices = tuple(Voice(snapshot, language) for language in dict.fromkeys(languages))
    frame = Frame(book=book, voices=voices, is_final=options.is_final, approval=options.approval)
    steps: tuple[Callable[[], None], ...] = (
        lambda: overview.write(frame, digest),
        lambda: scores.write(frame),
        lambda: registers.criteria(frame),
        lambda: registers.evidence(frame),
        lambda: registers.observations(frame),
        lambda: registers.claims(frame),
        lambda: registers.interviews(frame),
        lambda: registers.journal(frame, digest),
    )
    for done, step in enumerate(steps):
        progress(done, _STEPS)
        step()
    _describe(book, snapshot, voices[0])
    book.properties.keywords = f"content-digest:{digest} edition-digest:{snapshot.edition_digest}"
    target = io.BytesIO()
    book.save(target)
    progress(_STEPS, _STEPS)
    return RenderedWorkbook(content=_without_time(target.getvalue(), snapshot), counts=expected_counts(snapshot))


def _describe(book: Workbook, snapshot: ReportSnapshot, voice: Voice) -> None:
    lead = voice.lead
    book.properties.creator = clean(lead.name) if lead else "Maturity Desktop"
    book.properties.title = clean(f"{voice.text(snapshot.institution.name)} · {voice.text(snapshot.system.name)}")
    book.properties.created = snapshot.captured_at.replace(tzinfo=None, microsecond=0)
    book.active = 0


def _without_time(content: bytes, snapshot: ReportSnapshot) -> bytes:
    """Return the package with fixed times of entries and of the last change."""
    moment = snapshot.captured_at.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", part)
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, part)
    return target.getvalue()

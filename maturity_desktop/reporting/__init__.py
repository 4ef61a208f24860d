"""Documents made from one frozen snapshot: PDF report, Excel workbook, certificate, signature picture, counting.

Renderers return bytes and know nothing of files, keys or databases. Start with `report`, `workbook`, `certificate`.
"""

from maturity_desktop.reporting.certificate import render_certificate
from maturity_desktop.reporting.counting import count_report, count_workbook
from maturity_desktop.reporting.digest import content_digest
from maturity_desktop.reporting.options import (
    INSTITUTION_FIELD,
    ISSUER_FIELD,
    LEAD_FIELD,
    RenderedPdf,
    RenderedWorkbook,
    RenderOptions,
    SignatureBox,
)
from maturity_desktop.reporting.report import render_report
from maturity_desktop.reporting.snapshot import ReportSnapshot
from maturity_desktop.reporting.stamp import STAMP_SIZE, render_stamp
from maturity_desktop.reporting.workbook import render_workbook

__all__ = [
    "INSTITUTION_FIELD",
    "ISSUER_FIELD",
    "LEAD_FIELD",
    "STAMP_SIZE",
    "RenderOptions",
    "RenderedPdf",
    "RenderedWorkbook",
    "ReportSnapshot",
    "SignatureBox",
    "content_digest",
    "count_report",
    "count_workbook",
    "render_certificate",
    "render_report",
    "render_stamp",
    "render_workbook",
]

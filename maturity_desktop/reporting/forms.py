"""Workbooks the institution fills in without us: the self-assessment and the evidence wanted list.

Ids travel in a hidden, protected column; everything else may be edited, sorted, filtered and added to. A hidden sheet
says which assessment the file belongs to. Values only, but for the sheet that counts the ratings while they are filled.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from maturity_desktop.domain.answers import SelfRating
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.ids import Digest, LevelCode, NodeCode
from maturity_desktop.domain.standard import Edition, EvidenceRequest, RatedItem
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.reporting.sheets import self_form, wanted_form
from maturity_desktop.reporting.sheets.cells import clean
from maturity_desktop.reporting.sheets.form_parts import FORM_MARK, HEAD_ID, ID_KEY, Form, write_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContent:
    """What both forms say.

    Attributes:
        items: the rated items in scope, in the order of the pack.
        own: ratings the institution gave before; they stand in the self-assessment already.
    """

    edition: Edition
    edition_digest: Digest
    assessment: Assessment
    institution: Text
    system: Text
    items: tuple[RatedItem, ...]
    made_on: date
    own: Mapping[NodeCode, SelfRating] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRequest:
    """One line of the wanted list."""

    item_code: NodeCode
    level: LevelCode
    request: EvidenceRequest
    is_optional: bool


def render_self_assessment(content: FormContent, languages: Sequence[Language]) -> bytes:
    """Return the self-assessment workbook in the layout of the public form.

    Source: self-assessment sheet of the public kit (domain facts 4.4).
    """
    form = _begin(content, languages)
    self_form.write(form, content.items, content.own)
    return _finished(form, content, "self-assessment")


def render_wanted_list(content: FormContent, lines: Sequence[WantedRequest], languages: Sequence[Language]) -> bytes:
    """Return the evidence wanted list as a workbook. Source: evidence list of the public kit (domain facts 4.5)."""
    form = _begin(content, languages)
    rows = [
        wanted_form.Row(item_code=each.item_code, level=each.level, request=each.request, is_optional=each.is_optional)
        for each in lines
    ]
    wanted_form.write(form, rows)
    return _finished(form, content, "wanted-list")


def count_form(content: bytes) -> int:
    """Return how many rows with an id the first sheet of a form of ours holds, read back from its bytes."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    column = [cell.value for cell in sheet["A"]]
    head = column.index(ID_KEY) + 1
    return len({value for value in column[head:] if value and value != HEAD_ID})


def _begin(content: FormContent, languages: Sequence[Language]) -> Form:
    book = Workbook()
    del book[book.sheetnames[0]]
    return Form(
        book=book,
        languages=tuple(dict.fromkeys(languages)),
        edition=content.edition,
        project=(content.institution, content.system),
        target=content.assessment.target_level,
    )


def _finished(form: Form, content: FormContent, kind: str) -> bytes:
    marks = {
        FORM_MARK: kind,
        "assessment": content.assessment.id,
        "edition": content.edition_digest,
        "target": content.assessment.target_level,
        "made_on": content.made_on.isoformat(),
    }
    write_marks(form, marks)
    form.book.properties.creator = "Maturity Desktop"
    form.book.properties.title = clean(form.text(content.system))
    form.book.active = 0
    target = io.BytesIO()
    form.book.save(target)
    return target.getvalue()

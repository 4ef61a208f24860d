"""The forms an institution fills in without us: written here; taken back in `self_assessment_return`."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.domain.ids import AssessmentId, LevelCode, NodeCode
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import VerificationFailed
from maturity_desktop.scoring.scope import items_in_scope
from maturity_desktop.services import assessments, evidence
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.storage.notes import Note, as_json
from maturity_desktop.system.files import replacing

if TYPE_CHECKING:  # loads the spreadsheet library, which waits for the first form
    from maturity_desktop.reporting.forms import FormContent

OPTIONAL_FROM_LEVEL = 5
_SELF, _WANTED = "self_assessment", "wanted_list"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenForm:
    """A form that lies on the disk, read back and counted.

    Attributes:
        rows: rated items, or evidence requests.
    """

    kind: str
    path: Path
    rows: int
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedItem:
    """An evidence request of the target level; `is_optional` ones need not be handed in."""

    line: evidence.WantedLine
    is_optional: bool


def write_workbook(
    workspace: Workspace, assessment_id: AssessmentId, target: Path, *, languages: Sequence[Language]
) -> Outcome[WrittenForm]:
    """Write the self-assessment workbook of an assessment; what the institution said before stands in it.

    Raises:
        VerificationFailed: EXP-001, EXP-002 the written file does not read back or count; nothing was delivered.
        EnvironmentProblem: SYS-0xx, WSP-020, WSP-021; the old file is untouched.
    """
    from maturity_desktop.reporting.forms import render_self_assessment

    content = _content(workspace, assessment_id)
    made = render_self_assessment(content, languages)
    return _delivered(workspace, assessment_id, _Form(_SELF, made, len(content.items)), target)


def write_wanted_list(
    workspace: Workspace,
    assessment_id: AssessmentId,
    target: Path,
    *,
    languages: Sequence[Language],
    with_optional: bool = True,
) -> Outcome[WrittenForm]:
    """Write the evidence wanted list for the target level. Raises as `write_workbook`."""
    from maturity_desktop.reporting.forms import WantedRequest, render_wanted_list

    content = _content(workspace, assessment_id)
    lines = tuple(
        WantedRequest(
            item_code=NodeCode(each.line.item_code),
            level=LevelCode(each.line.level),
            request=each.line.request,
            is_optional=each.is_optional,
        )
        for each in wanted_items(workspace, assessment_id, content.edition)
        if with_optional or not each.is_optional
    )
    made = render_wanted_list(content, lines, languages)
    return _delivered(workspace, assessment_id, _Form(_WANTED, made, len(lines)), target)


def wanted_items(workspace: Workspace, assessment_id: AssessmentId, edition: Edition) -> tuple[WantedItem, ...]:
    """Return the wanted list with what is optional: evidence of the fifth level is not asked for yet.

    Source: evidence list of the public kit (domain facts 3.3).
    """
    return tuple(
        WantedItem(line=line, is_optional=edition.level_index(LevelCode(line.level)) >= OPTIONAL_FROM_LEVEL)
        for line in evidence.wanted_list(workspace, assessment_id)
    )


@dataclass(frozen=True, slots=True)
class _Form:
    kind: str
    content: bytes
    rows: int


def _content(workspace: Workspace, assessment_id: AssessmentId) -> "FormContent":
    from maturity_desktop.reporting.forms import FormContent

    sheet = assessments.load_sheet(workspace, assessment_id)
    return FormContent(
        edition=sheet.edition,
        edition_digest=sheet.assessment.edition_digest,
        assessment=sheet.assessment,
        institution=sheet.institution.name,
        system=sheet.system.name,
        items=items_in_scope(sheet.edition, sheet.assessment.scope),
        made_on=workspace.machine.clock.today(),
        own=sheet.self_ratings,
    )


def _delivered(workspace: Workspace, assessment_id: AssessmentId, form: _Form, target: Path) -> Outcome[WrittenForm]:
    from maturity_desktop.reporting.forms import count_form

    sha256 = hashlib.sha256(form.content).hexdigest()
    with replacing(target) as stream:
        stream.write(form.content)
        stream.flush()
        stream.seek(0)
        _check(form, stream.read(), target, count_form)
    if not workspace.is_read_only:
        facts = {"kind": form.kind, "file": target.name, "sha256": sha256, "rows": form.rows}
        with workspace.begin() as work:
            work.note(Note(event="form.written", subject=assessment_id, new=as_json(facts)))
    written = WrittenForm(kind=form.kind, path=target, rows=form.rows, size_bytes=len(form.content), sha256=sha256)
    return Outcome(value=written, changes=Changes(areas=frozenset({Area.EXPORTS}), assessment_id=assessment_id))


def _check(form: _Form, written: bytes, target: Path, count: Callable[[bytes], int]) -> None:
    if written != form.content:
        raise VerificationFailed("EXP-001", path=str(target))
    found = count(written)
    if found != form.rows:
        raise VerificationFailed("EXP-002", what=form.kind, found=found, kept=form.rows)

"""The filled self-assessment comes back: every cell that says something else, every cell that cannot be used.

Nothing is changed by reading. What the user accepts is kept in one transaction, or nothing is.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.domain.answers import SelfRating
from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.ids import AssessmentId, Digest, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.self_assessment import Difference, SelfField, parse_label
from maturity_desktop.domain.standard import Edition
from maturity_desktop.errors import Conflict, Issue, RuleBroken
from maturity_desktop.scoring.scope import items_in_scope
from maturity_desktop.services import assessments, filled_cells, states
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.filled_cells import FilledItem, UnknownRow
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.sealing import require_editable
from maturity_desktop.storage.notes import Note, as_json

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedWorkbook:
    """What a filled workbook says, compared with what is kept; nothing is changed yet.

    Attributes:
        differences: in the order of the pack, at most one per item and field.
        faults: cells that cannot be used; `place` names sheet and cell.
        unknown_rows: rows with content but without an id we know.
        missing: items in scope the file says nothing about; they keep what they have.
        same: how many items say exactly what is kept.
    """

    name: str
    sha256: str
    differences: tuple[Difference, ...]
    faults: tuple[Issue, ...]
    unknown_rows: tuple[UnknownRow, ...]
    missing: tuple[NodeCode, ...]
    same: int


def read_workbook(workspace: Workspace, assessment_id: AssessmentId, path: Path) -> ReturnedWorkbook:
    """Compare a filled workbook with what is kept.

    Raises:
        InputRejected: SAS-001 not our form; SAS-002 of another assessment; SAS-003 of another edition; SAS-004
            formulas; SAS-005 macros, links, embedded objects; AUT-002 … AUT-004 too large, unreadable, hostile.
        EnvironmentProblem: SYS-0xx, WSP-020, WSP-021.
    """
    sheet = assessments.load_sheet(workspace, assessment_id)
    content = filled_cells.load(path)
    belongs = filled_cells.Belonging(
        assessment=assessment_id, edition=Digest(sheet.assessment.edition_digest), name=path.name
    )
    codes = tuple(item.code for item in items_in_scope(sheet.edition, sheet.assessment.scope))
    filled = filled_cells.read(content, belongs, codes)
    comparison = _Comparison(sheet.edition, sheet.self_ratings)
    for item in sorted(filled.items, key=lambda each: codes.index(each.code)):
        comparison.take(item)
    present = {item.code for item in filled.items} | filled.spoilt
    return ReturnedWorkbook(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        differences=tuple(comparison.differences),
        faults=(*filled.faults, *comparison.faults),
        unknown_rows=filled.unknown,
        missing=tuple(code for code in codes if code not in present),
        same=comparison.same,
    )


def apply(
    workspace: Workspace, assessment_id: AssessmentId, returned: ReturnedWorkbook, chosen: Iterable[Difference]
) -> Outcome[int]:
    """Keep the chosen differences, all in one transaction; return how many there were.

    Raises:
        Conflict: SAS-008 something else stands there by now (values item).
        RuleBroken: SAS-009 words without a rating would remain; ANS-004, ANS-006; SGN-001 approved, read-only.
        EnvironmentProblem: STO-0xx, WSP-022. Nothing is changed then.
    """
    by_item: dict[NodeCode, list[Difference]] = {}
    for difference in chosen:
        by_item.setdefault(difference.item_code, []).append(difference)
    count = sum(map(len, by_item.values()))
    changes = Changes(areas=frozenset({Area.ANSWERS}), assessment_id=assessment_id)
    if not count:
        return Outcome(value=0)
    with workspace.begin() as work:
        require_editable(work, assessment_id)
        edition = states.current(workspace, work, assessment_id).edition
        kept = work.self_ratings.all(assessment_id)
        facts = {"file": returned.name, "sha256": returned.sha256, "differences": len(returned.differences)}
        work.note(
            Note(event="self_assessment.taken_in", subject=assessment_id, new=as_json(facts | {"accepted": count}))
        )
        for code, differences in by_item.items():
            _keep(work, assessment_id, kept.get(code), _merged(edition, kept.get(code), differences), code)
    return Outcome(value=count, changes=changes)


def _keep(
    work: "Work", assessment_id: AssessmentId, old: SelfRating | None, new: SelfRating | None, code: NodeCode
) -> None:
    if new is None:
        work.self_ratings.remove(assessment_id, code)
    else:
        work.self_ratings.save(assessment_id, new)
    event = "self_rating.saved" if new else "self_rating.removed"
    work.note(Note(event=event, subject=f"{assessment_id}/{code}", old=as_json(old), new=as_json(new)))


def _merged(edition: Edition, old: SelfRating | None, differences: Iterable[Difference]) -> SelfRating | None:
    texts = _texts(edition, old)
    for difference in differences:
        if texts[difference.field] != difference.old:
            raise Conflict("SAS-008", item=difference.item_code)
        texts[difference.field] = difference.new
        code = difference.item_code
    label, gap, remark = texts[SelfField.RATING], texts[SelfField.GAP], texts[SelfField.REMARK]
    rating = _rating_of(label, edition, old)
    if rating is None:
        if gap or remark:
            raise RuleBroken("SAS-009", item=code)
        return None
    return SelfRating(item_code=code, rating=rating, remark=remark, gap=gap or ABSENT)


def _rating_of(label: str, edition: Edition, old: SelfRating | None) -> Rating | None:
    """An untouched rating stays what it is, even one whose label would read otherwise."""
    if old is not None and label == old.rating.label(edition.levels):
        return old.rating
    return parse_label(label, edition) if label else None


def _texts(edition: Edition, own: SelfRating | None) -> dict[SelfField, str]:
    return {
        SelfField.RATING: own.rating.label(edition.levels) if own else "",
        SelfField.GAP: (own.gap or "") if own else "",
        SelfField.REMARK: own.remark if own else "",
    }


class _Comparison:
    """Compares item by item and keeps what was found."""

    def __init__(self, edition: Edition, own: Mapping[NodeCode, SelfRating]) -> None:
        self._edition, self._own = edition, own
        self._offered = " ".join(filled_cells.offered_labels(edition))
        self.differences: list[Difference] = []
        self.faults: list[Issue] = []
        self.same = 0

    def take(self, item: FilledItem) -> None:
        """Compare one item."""
        kept = _texts(self._edition, self._own.get(item.code))
        said = {field: cell.text for field, cell in item.cells.items()}
        if SelfField.RATING in said:
            label = self._label(item)
            if label is None:
                del said[SelfField.RATING]
            else:
                said[SelfField.RATING] = label
        has_rating = bool(said.get(SelfField.RATING, kept[SelfField.RATING]))
        words = [field for field in (SelfField.GAP, SelfField.REMARK) if said.get(field)]
        if words and not has_rating:
            said = self._without_rating(item, words)
        found = [
            Difference(item_code=item.code, field=field, old=kept[field], new=text, place=item.cells[field].place)
            for field, text in said.items()
            if not _same(field, kept[field], text)
        ]
        self.differences += found
        self.same += not found and len(said) == len(kept)

    def _label(self, item: FilledItem) -> str | None:
        cell = item.cells[SelfField.RATING]
        if not cell.text:
            return ""
        rating = parse_label(cell.text, self._edition)
        if rating is None:
            values = (("found", cell.text[:60]), ("offered", self._offered))
            self.faults.append(Issue(code="SAS-101", place=cell.place, values=values))
            return None
        return rating.label(self._edition.levels)

    def _without_rating(self, item: FilledItem, words: list[SelfField]) -> dict[SelfField, str]:
        """Words cannot be kept alone: each is named with its text, so that nothing is lost."""
        for field in words:
            cell = item.cells[field]
            values = (("item", str(item.code)), ("text", cell.text))
            self.faults.append(Issue(code="SAS-107", place=cell.place, values=values))
        return {}


def _same(field: SelfField, kept: str, said: str) -> bool:
    if field is SelfField.RATING:
        return kept == said
    return kept.replace("\r\n", "\n").strip() == said

"""What is missing: the path to the target, what blocks one place's next level, and what coverage checks found."""

from dataclasses import dataclass

from maturity_desktop.domain.answers import chosen
from maturity_desktop.domain.ids import CriterionId, LevelCode, NodeCode
from maturity_desktop.domain.results import Blocker, CoverageFinding, Rating
from maturity_desktop.gui.common.ratings import target_words, told
from maturity_desktop.gui.results.state.inputs import ResultsInputs
from maturity_desktop.wording import say


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """One criterion to close. `is_closed`: taken as compliant in the what-if."""

    criterion_id: CriterionId
    item_code: NodeCode
    item_name: str
    level: str
    text: str
    obstacle: str
    obstacle_words: str
    is_closed: bool
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapProps:
    """The path to the target with a sentence about it."""

    rows: tuple[GapRow, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One thing to ask about before signing."""

    criterion_id: CriterionId
    finding: CoverageFinding
    finding_words: str
    item_name: str
    text: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageGroup:
    """How often one kind of coverage finding occurs."""

    finding: CoverageFinding
    words: str
    count: int


def gap(inputs: ResultsInputs) -> GapProps:
    """Return the steps to the target; those already closed in the what-if stay, ticked."""
    rows = gap_rows(inputs, inputs.path.steps)
    target = target_words(inputs.edition, inputs.path.target, inputs.language)
    key = "reached"
    if not inputs.path.is_reached:
        key = "out_of_reach"
    elif rows:
        key = "minimal" if inputs.path.is_minimal else "good"
    sentence = say(inputs.language, f"results.gap.{key}", count=len(rows), target=target)
    return GapProps(rows=rows, sentence=sentence)


def gap_rows(inputs: ResultsInputs, blockers: tuple[Blocker, ...]) -> tuple[GapRow, ...]:
    """Return blockers as rows."""
    language, edition = inputs.language, inputs.edition
    return tuple(
        GapRow(
            criterion_id=blocker.criterion_id,
            item_code=blocker.item_code,
            item_name=edition.item_by_code[blocker.item_code].name.pick(language),
            level=_level(inputs, blocker.level),
            text=edition.criterion_by_id[blocker.criterion_id].text.pick(language),
            obstacle=blocker.obstacle.value,
            obstacle_words=_obstacle(inputs, blocker),
            is_closed=blocker.criterion_id in inputs.closed,
            place=place,
        )
        for place, blocker in enumerate(blockers)
    )


def _level(inputs: ResultsInputs, code: LevelCode) -> str:
    return told(inputs.edition, Rating(inputs.edition.level_index(code)), inputs.language)


def _obstacle(inputs: ResultsInputs, blocker: Blocker) -> str:
    """Return what the answer says now, in the owner's words where one was chosen."""
    answer = inputs.answers.get(blocker.criterion_id)
    choice = chosen(inputs.edition, blocker.criterion_id, answer)
    if choice is None:
        return say(inputs.language, f"common.answer.{blocker.obstacle.value}")
    return say(inputs.language, "common.chosen", text=choice.text.pick(inputs.language), credit=choice.credit_label)


def blockers_of(inputs: ResultsInputs, code: NodeCode) -> tuple[GapRow, ...]:
    """Return what blocks the next level of a place: of the stored results, so that closed ones stay visible."""
    if code in inputs.stored.items:
        return gap_rows(inputs, inputs.stored.items[code].blockers)
    result = inputs.stored.overall if not code else inputs.stored.nodes.get(code) or inputs.stored.modules.get(code)
    return gap_rows(inputs, result.blockers) if result is not None else ()


def coverage_rows(inputs: ResultsInputs) -> tuple[CoverageRow, ...]:
    """Return what coverage checks found, in the order of the pack."""
    edition, language = inputs.edition, inputs.language
    return tuple(
        CoverageRow(
            criterion_id=note.criterion_id,
            finding=note.finding,
            finding_words=say(language, f"results.coverage.{note.finding.value}"),
            item_name=edition.item_by_code[note.item_code].name.pick(language),
            text=edition.criterion_by_id[note.criterion_id].text.pick(language),
            place=place,
        )
        for place, note in enumerate(inputs.coverage)
    )


def coverage_groups(inputs: ResultsInputs) -> tuple[CoverageGroup, ...]:
    """Return the kinds of finding with their counts; kinds without any are kept, they are good news."""
    return tuple(
        CoverageGroup(
            finding=finding,
            words=say(inputs.language, f"results.coverage.{finding.value}"),
            count=sum(note.finding is finding for note in inputs.coverage),
        )
        for finding in CoverageFinding
    )

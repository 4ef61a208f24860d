"""Small editions and answers for scoring tests: written as short words, so that rows read like a worked example."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from maturity_desktop.domain.answers import Answer, AnswerValue, Override
from maturity_desktop.domain.engagement import Assessment, Scope
from maturity_desktop.domain.ids import (
    AssessmentId,
    CriterionId,
    Digest,
    EngagementId,
    LevelCode,
    NodeCode,
    SystemId,
)
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import (
    CellKind,
    Criterion,
    Edition,
    HalfStep,
    Level,
    LevelCell,
    Method,
    Module,
    Node,
    RatedItem,
    RuleProfile,
)
from maturity_desktop.domain.text import Text

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
VALUES = {
    "y": AnswerValue.COMPLIANT,
    "p": AnswerValue.PARTIALLY_COMPLIANT,
    "n": AnswerValue.NOT_COMPLIANT,
    "x": AnswerValue.NOT_APPLICABLE,
    "?": AnswerValue.NOT_ASSESSED,
}
MINIMUM = RuleProfile(id="minimum", method=Method.MINIMUM, name=Text("最低", "Minimum"))
GATE = RuleProfile(id="gate", method=Method.CUMULATIVE_GATE, name=Text("过关", "Gate"))
AVERAGE = RuleProfile(id="average", method=Method.AVERAGE, name=Text("平均", "Average"))


def share(pct: str, floor: int = 1) -> RuleProfile:
    return RuleProfile(
        id="share",
        method=Method.SHARE_WITH_FLOOR,
        name=Text("八成", "Share"),
        share_pct=Decimal(pct),
        floor_steps=floor,
    )


def make_item(code: str, cells: str = "1 2 2 2 1", weight: str = "1") -> RatedItem:
    """Make an item from the number of criteria per level; ``-`` is an empty cell, ``=`` one like the level below."""
    kinds = {"-": CellKind.EMPTY, "=": CellKind.SAME}
    made = []
    for place, word in enumerate(cells.split(), 1):
        count = 0 if word in kinds else int(word)
        criteria = tuple(
            Criterion(id=CriterionId(f"{code}-{place}.{number}"), text=Text("要求。", "Point."))
            for number in range(1, count + 1)
        )
        made.append(LevelCell(level=LevelCode(str(place)), kind=kinds.get(word, CellKind.CRITERIA), criteria=criteria))
    return RatedItem(code=NodeCode(code), name=Text(code, code), cells=tuple(made), weight=Decimal(weight))


def make_edition(
    tree: Mapping[str, tuple[RatedItem, ...]],
    *,
    profile: RuleProfile = MINIMUM,
    half_steps: tuple[HalfStep, ...] = (HalfStep.MINUS,),
    base_level: str = "1",
    modules: tuple[Module, ...] = (),
) -> Edition:
    count = max(len(item.cells) for items in tree.values() for item in items)
    return Edition(
        standard_id="test",
        edition_id="1",
        released_on=date(2026, 1, 1),
        name=Text("试", "Test"),
        levels=tuple(
            Level(code=LevelCode(str(place)), name=Text(f"{place}级", f"Level {place}"), colour="#000000")
            for place in range(1, count + 1)
        ),
        nodes=tuple(Node(code=NodeCode(code), name=Text(code, code), items=items) for code, items in tree.items()),
        profiles=(profile,),
        layers=(Text("域", "Domain"), Text("项", "Item")),
        base_level=LevelCode(base_level),
        half_steps=half_steps,
        default_target=LevelCode("3"),
        modules=modules,
    )


def make_assessment(edition: Edition, target: str = "3", scope: Scope | None = None) -> Assessment:
    return Assessment(
        id=AssessmentId("a"),
        engagement_id=EngagementId("e"),
        system_id=SystemId("s"),
        edition_digest=Digest("d"),
        target_level=LevelCode(target),
        profile_id=edition.profiles[0].id,
        scope=scope or Scope(),
    )


def answer(criterion_id: CriterionId, value: AnswerValue, *, flagged: bool = False, rationale: str = "") -> Answer:
    return Answer(criterion_id=criterion_id, value=value, by="Li", at=AT, flagged=flagged, rationale=rationale)


def answers_of(item: RatedItem, row: str) -> dict[CriterionId, Answer]:
    """Read ``y yp nn`` as answers cell by cell (cells without criteria take no word); ``?`` gives no answer."""
    words = iter(row.split())
    given = {}
    for cell in item.cells:
        if cell.criteria:
            for criterion, letter in zip(cell.criteria, next(words), strict=True):
                if letter != "?":
                    given[criterion.id] = answer(criterion.id, VALUES[letter])
    return given


def reaching(item: RatedItem, level: int) -> dict[CriterionId, Answer]:
    """Answer an item so that it reaches a full level and nothing beyond."""
    return {
        criterion.id: answer(criterion.id, VALUES["y" if place <= level else "n"])
        for place, cell in enumerate(item.cells, 1)
        for criterion in cell.criteria
    }


def override(code: str, rating: Rating) -> Override:
    return Override(item_code=NodeCode(code), rating=rating, reason="seen on site", by="Li", at=AT)


def parse_rating(word: str) -> Rating:
    """Read ``3-``, ``3``, ``2+``."""
    half = {"-": HalfStep.MINUS, "+": HalfStep.PLUS}.get(word[-1], HalfStep.FULL)
    return Rating(int(word.rstrip("+-")), half)

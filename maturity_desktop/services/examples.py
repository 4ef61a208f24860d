"""Trying a standard without a workspace: answers by code give ratings and results.

The worked examples of a pack are tried in the same way when the pack is checked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from maturity_desktop.domain.answers import Answer, AnswerValue, value_of_choice
from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.ids import AssessmentId, CriterionId, Digest, EngagementId, LevelCode, NodeCode, SystemId
from maturity_desktop.domain.results import NodeResult, Results
from maturity_desktop.domain.standard import Criterion, Edition
from maturity_desktop.errors import InputRejected, Issue
from maturity_desktop.packs.foreign.table import read_csv
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.spreadsheet import load
from maturity_desktop.packs.values import Place, Plain
from maturity_desktop.packs.write import PackContent
from maturity_desktop.scoring import compute_results, items_below

WHOLE = "whole"

_NEVER = datetime.min.replace(tzinfo=UTC)
_WORDS = {
    **{value.value: value for value in AnswerValue},
    "y": AnswerValue.COMPLIANT,
    "yes": AnswerValue.COMPLIANT,
    "符合": AnswerValue.COMPLIANT,
    "p": AnswerValue.PARTIALLY_COMPLIANT,
    "partial": AnswerValue.PARTIALLY_COMPLIANT,
    "partly": AnswerValue.PARTIALLY_COMPLIANT,
    "部分符合": AnswerValue.PARTIALLY_COMPLIANT,
    "n": AnswerValue.NOT_COMPLIANT,
    "no": AnswerValue.NOT_COMPLIANT,
    "non_compliant": AnswerValue.NOT_COMPLIANT,
    "不符合": AnswerValue.NOT_COMPLIANT,
    "na": AnswerValue.NOT_APPLICABLE,
    "n/a": AnswerValue.NOT_APPLICABLE,
    "不适用": AnswerValue.NOT_APPLICABLE,
    "": AnswerValue.NOT_ASSESSED,
    "?": AnswerValue.NOT_ASSESSED,
    "未评估": AnswerValue.NOT_ASSESSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """Answers and what follows from them under one rule."""

    edition: Edition
    answers: Mapping[CriterionId, Answer]
    results: Results

    def knows(self, code: str) -> bool:
        """Whether there is a result for this code."""
        results = self.results
        return code == WHOLE or code in results.items or code in results.nodes or code in results.modules

    def rating(self, code: str) -> str:
        """Return the rating of an item, node, module or the whole as people write it."""
        item = self.results.items.get(NodeCode(code))
        rating = item.effective if item is not None else self.result(code).rating
        return rating.label(self.edition.levels)

    def score(self, code: str) -> Decimal:
        """Return the mean of an item, node, module or the whole, to two places."""
        item = self.results.items.get(NodeCode(code))
        if item is None:
            return self.result(code).average
        return round(Decimal(item.position.numerator) / Decimal(item.position.denominator), 2)

    def result(self, code: str) -> NodeResult:
        """Return the result of a node, a module or the whole."""
        found = self.results.nodes.get(NodeCode(code)) or self.results.modules.get(code)
        return self.results.overall if code == WHOLE or found is None else found


def try_file(edition: Edition, file: Path, profile_id: str = "", target: str = "") -> Tried:
    """Compute results from a CSV table of code and answer; a node or item code answers everything below it.

    Raises:
        InputRejected: AUT-003 no table; AUT-013 with every unknown code and answer; AUT-015 no such rule.
    """
    known = [profile.id for profile in edition.profiles]
    if profile_id and profile_id not in known:
        raise InputRejected("AUT-015", (), profile=profile_id, known=", ".join(known))
    grid = read_csv(load(file), file.name).grids["table"]
    filled = ((number, row) for number, row in enumerate(grid.rows, 1) if row and row[0])
    rows = [(number, row[0], row[1] if len(row) > 1 else "") for number, row in filled]
    if rows and rows[0][1].lower() in ("code", "id", "criterion", "编号", "代码"):
        rows = rows[1:]
    issues: list[Issue] = []
    answers = _answers(edition, rows, issues, file.name)
    if issues:
        raise InputRejected("AUT-013", issues, name=file.name)
    return _try(edition, answers, profile_id, target)


def run(content: PackContent) -> tuple[Issue, ...]:
    """Try every worked example of a pack and return those that do not hold or cannot be understood."""
    return tuple(found for example in content.examples for found in _run(content.edition, example))


def _run(edition: Edition, example: Mapping[str, Plain]) -> Iterator[Issue]:
    name = example.get("name")
    title = str(name.get("zh") or name.get("en") or "–") if isinstance(name, Mapping) else "–"
    place = Place("examples")
    problems: list[Issue] = []
    profile = _word(example, "profile")
    if profile and all(one.id != profile for one in edition.profiles):
        yield issue(Fault.EXAMPLE_UNKNOWN, place, name=title, code=profile, detail="profile")
        return
    otherwise = _word(example, "otherwise")
    rows = [(0, WHOLE, otherwise)] if otherwise else []
    answers = _answers(edition, [*rows, *((0, *pair) for pair in _pairs(example, "answers"))], problems, "examples")
    for problem in problems:
        values = dict(problem.values)
        yield issue(Fault.EXAMPLE_UNKNOWN, place, name=title, code=values["code"], detail=values.get("word", "–"))
    tried = _try(edition, answers, profile, _word(example, "target"))
    for code, expected in _pairs(example, "ratings"):
        if tried.knows(code):
            yield from _expect(title, code, expected, tried.rating(code))
        else:
            yield issue(Fault.EXAMPLE_UNKNOWN, place, name=title, code=code, detail="ratings")
    for code, expected in _pairs(example, "scores"):
        if tried.knows(code):
            yield from _expect(title, code, _as_score(expected), _as_score(str(tried.score(code))))
        else:
            yield issue(Fault.EXAMPLE_UNKNOWN, place, name=title, code=code, detail="scores")


def _expect(title: str, code: str, expected: str, found: str) -> Iterator[Issue]:
    if expected != found:
        place = Place("examples")
        yield issue(Fault.EXAMPLE_FAILS, place, name=title, code=code, expected=expected, found=found)


def _as_score(word: str) -> str:
    """Spell a number in one way: 1.50 is 1.5."""
    try:
        return format(Decimal(word).normalize(), "f")
    except ArithmeticError:
        return word


def _word(example: Mapping[str, Plain], key: str) -> str:
    value = example.get(key)
    return value if isinstance(value, str) else ""


def _pairs(example: Mapping[str, Plain], key: str) -> list[tuple[str, str]]:
    value = example.get(key)
    return [(code, str(word)) for code, word in value.items()] if isinstance(value, Mapping) else []


def _answers(
    edition: Edition, rows: Sequence[tuple[int, str, str]], issues: list[Issue], file: str
) -> dict[CriterionId, Answer]:
    """Answers for all criteria below each code; the narrower code wins, of equal ones the later."""
    made: dict[CriterionId, Answer] = {}
    for number, code, word in sorted(rows, key=lambda row: _breadth(edition, row[1])):
        criteria = _below(edition, code)
        place = f"{file}:{number}" if number else file
        if criteria is None:
            issues.append(_issue("AUT-011", place, row=number, code=code, word=code))
            continue
        given = [_answer(edition, criterion, word.strip()) for criterion in criteria]
        if any(answer is None for answer in given):
            choices = _known(edition, criteria)
            issues.append(_issue("AUT-012", place, row=number, code=code, word=word, known=choices))
        made |= {answer.criterion_id: answer for answer in given if answer is not None}
    return made


def _issue(fault: str, place: str, **values: object) -> Issue:
    return Issue(code=fault, place=place, values=tuple((name, str(value)) for name, value in values.items()))


def _breadth(edition: Edition, code: str) -> int:
    if code == WHOLE:
        return 0
    if code in edition.node_by_code:
        return 1 + len(edition.path_to(NodeCode(code)))
    return 1_000 if code in edition.item_by_code else 2_000


def _below(edition: Edition, code: str) -> list[Criterion] | None:
    criterion = edition.criterion_by_id.get(CriterionId(code))
    if criterion is not None:
        return [criterion]
    items = edition.items if code == WHOLE else items_below(edition, [NodeCode(code)])
    return [one for item in items for one in item.criteria] or None


def _answer(edition: Edition, criterion: Criterion, word: str) -> Answer | None:
    """An answer in the owner's words, as a choice or its credit, or one of the five answers of the trade."""
    own = edition.answer_set_of(criterion)
    for choice in own.choices if own is not None else ():
        if word.lower() in (choice.code.lower(), choice.text.zh.lower(), choice.text.en.lower()) and word:
            return _made(criterion, value_of_choice(choice), choice.code)
    for choice in own.choices if own is not None else ():
        if _as_score(word) == _as_score(str(choice.credit)):
            return _made(criterion, value_of_choice(choice), choice.code)
    value = _WORDS.get(word.lower())
    return None if value is None else _made(criterion, value, "")


def _made(criterion: Criterion, value: AnswerValue, choice: str) -> Answer:
    return Answer(criterion_id=criterion.id, value=value, by="", at=_NEVER, choice=choice or ABSENT)


def _known(edition: Edition, criteria: Sequence[Criterion]) -> str:
    own = next((found for one in criteria if (found := edition.answer_set_of(one)) is not None), None)
    choices = [choice.code for choice in own.choices] if own is not None else []
    return ", ".join((*choices, *(value.value for value in AnswerValue)))


def _try(edition: Edition, answers: Mapping[CriterionId, Answer], profile_id: str, target: str) -> Tried:
    assessment = Assessment(
        id=AssessmentId(""),
        engagement_id=EngagementId(""),
        system_id=SystemId(""),
        edition_digest=Digest(""),
        target_level=LevelCode(target),
        profile_id=profile_id or edition.profiles[0].id,
    )
    return Tried(edition=edition, answers=answers, results=compute_results(edition, assessment, answers, {}))

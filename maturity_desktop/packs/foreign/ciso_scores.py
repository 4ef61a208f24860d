"""What answers earn in a library: its scale of scores, and the choices of its questions.

Source: score scale, answers and their `add_score` and `compute_result` in the documentation of the library format.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from maturity_desktop.domain.standard import AnswerSet, Choice
from maturity_desktop.domain.text import Text
from maturity_desktop.packs.foreign.entries import Ledger, letter
from maturity_desktop.packs.foreign.plainly import listed, tables, words
from maturity_desktop.packs.foreign.voice import Record, Voice, questions

SCORES = "score"
_HIGHEST_LEVEL = 12
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?")
_SIX_PLACES = Decimal("0.000001")
_HALF = Decimal("0.5")
_VERDICTS = {
    "true": Decimal(1),
    "compliant": Decimal(1),
    "partially_compliant": _HALF,
    "false": Decimal(0),
    "non_compliant": Decimal(0),
}
_NOT_APPLICABLE = "not_applicable"


@dataclass(slots=True)
class Answers:
    """The answer sets of a library, equal ones only once."""

    voice: Voice
    ledger: Ledger
    sets: dict[str, AnswerSet] = field(default_factory=dict)
    _codes: dict[tuple[Choice, ...], str] = field(default_factory=dict)

    def add_scale(self, framework: Record) -> list[Text]:
        """Take the scale of scores as answers, and return the names of levels 1 … highest score, if it is one."""
        steps = _steps(framework)
        self._account(framework, steps)
        highest = max(steps, default=Decimal(0))
        if len(steps) < 2 or highest <= 0:
            self.ledger.leave("score_scale", [self._range(framework)] if self._range(framework) else [])
            return []
        self.sets[SCORES] = AnswerSet(
            code=SCORES,
            choices=tuple(
                Choice(code=_digits(number), text=self._name(number, step), credit=_part(number, highest))
                for number, step in steps.items()
            ),
        )
        if highest > _HIGHEST_LEVEL or any(number % 1 for number in steps):
            self.ledger.leave("score_scale", [self._range(framework) or f"0 – {_digits(highest)}"])
            return []
        names = {int(number): self._name(number, step) for number, step in steps.items()}
        return [names.get(number) or self.voice.plain(str(number)) for number in range(1, int(highest) + 1)]

    @property
    def default(self) -> str:
        """Return the code of the scale, for requirements without questions; "" without one."""
        return SCORES if SCORES in self.sets else ""

    def of(self, node: Record) -> tuple[list[tuple[Text, str]], list[Text]]:
        """Return the questions of a node answered by a choice, with their set, and those only talked about."""
        asked: list[tuple[Text, str]] = []
        talked: list[Text] = []
        for question in questions(node):
            text = self.voice.text(question, "text")
            code = self._set_of(question)
            if code and text:
                asked.append((text, code))
            elif text:
                talked.append(text)
            if question.get("depends_on"):
                self.ledger.leave("question_conditions", [words(question, "text")])
        return asked, talked

    def _name(self, number: Decimal, step: Record) -> Text:
        return self.voice.text(step, "name") or self.voice.plain(_digits(number))

    def _range(self, framework: Record) -> str:
        lowest, highest = words(framework, "min_score"), words(framework, "max_score")
        return f"{lowest or '0'} – {highest}" if highest else ""

    def _account(self, framework: Record, steps: dict[Decimal, Record]) -> None:
        for key in ("description", "description_doc"):
            self.ledger.leave("score_texts", (words(step, key) for step in steps.values() if words(step, key)))
        definition = framework.get("scores_definition")
        others = definition.get("alternatives") if isinstance(definition, dict) else None
        self.ledger.leave("score_alternatives", map(str, others) if isinstance(others, dict) else [])

    def _set_of(self, question: Record) -> str:
        """The answers of a question as a set; "" when the choices say nothing of compliance."""
        choices = tables(question, "choices")
        if not choices:
            return ""
        earning = list(_earned(choices))
        if words(question, "type") not in ("unique_choice", "boolean") or len(earning) != len(choices):
            self.ledger.leave("unrated_choices", [words(question, "text")])
            return ""
        kept = [(choice, credit) for choice, credit in zip(choices, earning, strict=True) if credit is not None]
        if len(kept) < 2:
            self.ledger.leave("unrated_choices", [words(question, "text")])
            return ""
        self._account_choices(choices, earning)
        made = tuple(
            Choice(
                code=letter(number),
                text=self.voice.text(choice, "value") or self.voice.plain(letter(number)),
                credit=credit,
            )
            for number, (choice, credit) in enumerate(kept)
        )
        code = self._codes.setdefault(made, f"A{len(self._codes) + 1}")
        self.sets.setdefault(code, AnswerSet(code=code, choices=made))
        return code

    def _account_choices(self, choices: Sequence[Record], earning: Sequence[Decimal | None]) -> None:
        absent = (words(one, "value") for one, credit in zip(choices, earning, strict=True) if credit is None)
        self.ledger.leave("choices_not_applicable", absent)
        selecting = (one for one in choices if one.get("select_implementation_groups"))
        self.ledger.leave("choices_selecting_groups", (words(one, "value") for one in selecting))
        below = (words(one, "value") for one in choices if (_number(words(one, "add_score")) or 0) < 0)
        self.ledger.leave("choices_below_zero", below)
        told = (words(one, "value") for one in choices if words(one, "description") or words(one, "annotation"))
        self.ledger.leave("choice_texts", told)


def _steps(framework: Record) -> dict[Decimal, Record]:
    """The scores by number, lowest first; the definition may be a list, or a table that holds it."""
    value = framework.get("scores_definition") or framework.get("score_definition")
    defined = tables(value, "scale") if isinstance(value, dict) else tables({"scale": value}, "scale")
    numbered = [(_number(words(one, "score")), one) for one in defined]
    steps = {number: one for number, one in numbered if number is not None and number >= 0}
    return dict(sorted(steps.items()))


def _earned(choices: Sequence[Record]) -> Iterator[Decimal | None]:
    """What each choice earns, None for "not applicable"; fewer than there are choices when they do not tell."""
    verdicts = [words(choice, "compute_result").lower() for choice in choices]
    scores = [_number(words(choice, "add_score")) for choice in choices]
    highest = max((score for score in scores if score is not None), default=Decimal(0))
    for score, verdict in zip(scores, verdicts, strict=True):
        if verdict == _NOT_APPLICABLE:
            yield None
        elif highest > 0:
            yield _part(max(score or Decimal(0), Decimal(0)), highest)
        elif verdict in _VERDICTS:
            yield _VERDICTS[verdict]


def groups_of(node: Record) -> list[str]:
    """Return the implementation groups a requirement belongs to, listed or in one word."""
    value = node.get("implementation_groups")
    return (
        [one.strip() for one in value.split(",") if one.strip()]
        if isinstance(value, str)
        else listed(node, "implementation_groups")
    )


def _part(number: Decimal, highest: Decimal) -> Decimal:
    return (number / highest).quantize(_SIX_PLACES).normalize()


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _digits(number: Decimal) -> str:
    return format(number.normalize(), "f")

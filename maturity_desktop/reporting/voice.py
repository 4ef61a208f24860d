"""One snapshot told in one language: names, dates, ratings and sentences as every renderer needs them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from maturity_desktop.domain.answers import AnswerValue, chosen
from maturity_desktop.domain.engagement import Person, Role
from maturity_desktop.domain.evidence import Evidence
from maturity_desktop.domain.findings import Observation
from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import Blocker, NodeResult, Rating, whole_modules
from maturity_desktop.domain.standard import Choice, Level, LevelCell, Method, Module, Node, RatedItem, RuleProfile
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.reporting.snapshot import ReportSnapshot
from maturity_desktop.wording import say


@dataclass(frozen=True)
class Voice:
    """Reads a snapshot aloud in `language`; holds no state of its own but look-ups."""

    snapshot: ReportSnapshot
    language: Language

    def say(self, key: str, **values: object) -> str:
        """Return the sentence `area.key` of the wording."""
        return say(self.language, key, **values)

    def word(self, area: str, value: StrEnum) -> str:
        """Return the word for an enumeration value."""
        return self.say(f"report.{area}.{value.value}")

    def text(self, text: Text) -> str:
        """Return a bilingual text in this language."""
        return text.pick(self.language)

    def day(self, day: date | None) -> str:
        """Return a calendar date in full, "" for none."""
        if day is None:
            return ""
        month = self.say(f"report.month.{day.month}")
        return self.say("report.document.date", year=day.year, month=month, day=day.day)

    def dates(self, first: date | None, last: date | None) -> str:
        """Return a span of dates, or that none is stated."""
        if first and last and first != last:
            return self.say("report.document.date_range", first=self.day(first), last=self.day(last))
        if first and not last:
            return self.say("report.document.date_open", first=self.day(first))
        if last and not first:
            return self.say("report.document.date_until", last=self.day(last))
        return self.day(first) or self.say("report.document.not_stated")

    def join(self, parts: list[str]) -> str:
        """Return parts as a list in a sentence."""
        return self.say("report.document.list_separator").join(parts)

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The scale of the standard, lowest first."""
        return self.snapshot.edition.levels

    @cached_property
    def items(self) -> tuple[RatedItem, ...]:
        """The rated items in scope, in the order of the pack."""
        return items_in_scope(self.snapshot)

    def label(self, rating: Rating) -> str:
        """Return a rating as written, ``3-``."""
        return rating.label(self.levels)

    @cached_property
    def is_in_words(self) -> bool:
        """Whether the standard tells results by words alone."""
        return bool(self.snapshot.edition.rated_in_words)

    def told(self, rating: Rating) -> str:
        """Return a result as the standard tells it: its word, or its code with the half step."""
        word = rating.word(self.levels) if self.is_in_words else None
        return self.text(word) if word else self.label(rating)

    def level_of(self, rating: Rating) -> Level | None:
        """Return the level a rating reaches in full, None below the scale."""
        return self.levels[rating.full_level - 1] if 1 <= rating.full_level <= len(self.levels) else None

    def colour(self, rating: Rating) -> str:
        """Return the colour of the level reached in full."""
        level = self.level_of(rating)
        return level.colour if level else "#8A94A3"

    def name(self, code: NodeCode) -> str:
        """Return code and name of a node or item."""
        edition = self.snapshot.edition
        found = edition.item_by_code.get(code) or edition.node_by_code.get(code)
        return f"{code} {self.text(found.name)}" if found else str(code)

    @cached_property
    def standard_title(self) -> str:
        """The standard with its part."""
        edition = self.snapshot.edition
        part = f"{self.say('report.cover.part', part=edition.part)} " if edition.part else ""
        return f"{part}{self.text(edition.name)}"

    @cached_property
    def lead(self) -> Person | None:
        """Return the lead assessor, None when not named."""
        team = self.snapshot.engagement.team
        return next((person for person in team if person.role is Role.LEAD_ASSESSOR), None)

    def value(self, criterion: CriterionId) -> AnswerValue:
        """Return what the newest answer says."""
        answer = self.snapshot.answers.get(criterion)
        return answer.value if answer else AnswerValue.NOT_ASSESSED

    @cached_property
    def evidence_of(self) -> dict[CriterionId, list[Evidence]]:
        """Evidence by criterion, for the assessment reported."""
        found: dict[CriterionId, list[Evidence]] = {}
        for evidence in self.snapshot.evidence:
            for link in evidence.links:
                if link.assessment_id == self.snapshot.assessment.id:
                    found.setdefault(link.criterion_id, []).append(evidence)
        return found

    @cached_property
    def observations_of(self) -> dict[CriterionId, list[Observation]]:
        """Observations by criterion."""
        found: dict[CriterionId, list[Observation]] = {}
        for observation in self.snapshot.observations:
            for criterion in observation.criteria:
                found.setdefault(criterion, []).append(observation)
        return found


def profile_parameters(voice: Voice, profile: RuleProfile) -> str:
    """Return the parameters of a rule profile in words."""
    match profile.method:
        case Method.SHARE_WITH_FLOOR:
            share = f"{profile.share_pct.normalize():f}"
            return voice.say("report.profile.share_with_floor", share=share, steps=profile.floor_steps)
        case Method.AVERAGE:
            rule = voice.say(f"report.profile.average_{profile.over.value}")
            return voice.say("report.profile.with_credit", rule=rule) if profile.has_credit else rule
        case Method.MINIMUM:
            return voice.say("report.profile.minimum")
        case Method.CUMULATIVE_GATE:
            return voice.say("report.profile.cumulative_gate")


def linked_criteria(voice: Voice, evidence: Evidence) -> list[str]:
    """Return the ids of the criteria a piece of evidence supports in this assessment."""
    return [link.criterion_id for link in evidence.links if link.assessment_id == voice.snapshot.assessment.id]


def items_in_scope(snapshot: ReportSnapshot) -> tuple[RatedItem, ...]:
    """Return the rated items the results speak of, in the order of the pack."""
    return tuple(item for item in snapshot.edition.items if item.code in snapshot.results.items)


def told_in_full(voice: Voice, rating: Rating) -> str:
    """Return a result with code and word, of a half step the level reached in full; the word alone if that is all."""
    level = voice.level_of(rating)
    if voice.is_in_words or level is None:
        return voice.told(rating)
    if rating.level == rating.full_level:
        return f"{voice.label(rating)} {voice.text(level.name)}"
    return voice.say("report.cover.half", label=voice.label(rating), code=level.code, name=voice.text(level.name))


def choice_of(voice: Voice, criterion: CriterionId) -> Choice | None:
    """Return the owner's answer that was chosen, None where the answer is one of the five of the trade."""
    return chosen(voice.snapshot.edition, criterion, voice.snapshot.answers.get(criterion))


def answer_words(voice: Voice, criterion: CriterionId) -> str:
    """Return the answer in words: the owner's text with what it earns, or one of the five."""
    choice = choice_of(voice, criterion)
    if choice is None:
        return voice.word("answer", voice.value(criterion))
    return voice.say("common.chosen", text=voice.text(choice.text), credit=choice.credit_label)


def obstacle_words(voice: Voice, blocker: Blocker) -> str:
    """Return what is in the way at a criterion, in the owner's words where one was chosen."""
    is_chosen = choice_of(voice, blocker.criterion_id) is not None
    return answer_words(voice, blocker.criterion_id) if is_chosen else voice.word("obstacle", blocker.obstacle)


def score_words(voice: Voice, earned: Decimal) -> str:
    """Return what was earned out of what the scale offers, ``1.38 of 3``; "" where levels alone count."""
    if not voice.snapshot.results.profile.has_credit:
        return ""
    return voice.say("common.score", score=f"{earned:.2f}", top=len(voice.levels))


def mean_words(voice: Voice, result: NodeResult) -> str:
    """Return the mean of a place in words; where answers earn credit, as its score."""
    earned = score_words(voice, result.average)
    if earned:
        return voice.say("report.scores.score", score=earned)
    return voice.say("report.scores.average", average=f"{result.average:.2f}")


def modules_in_scope(snapshot: ReportSnapshot) -> tuple[Module, ...]:
    """Return the modules whose result is one; see `whole_modules`."""
    return whole_modules(snapshot.edition, snapshot.results, snapshot.assessment.scope.modules)


def nodes_in_scope(snapshot: ReportSnapshot, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return those of `nodes` that hold a rated item in scope."""
    return tuple(node for node in nodes if any(item.code in snapshot.results.items for item in node.all_items()))


def cell_held(voice: Voice, cell: LevelCell) -> tuple[int, int, int]:
    """Return (met, asked, not yet assessed) of a level cell."""
    values = [voice.value(criterion.id) for criterion in cell.criteria]
    return sum(value.holds for value in values), len(values), values.count(AnswerValue.NOT_ASSESSED)


def file_size(size_bytes: int) -> str:
    """Return a size people read, in units of 1024."""
    size = Decimal(size_bytes)
    for unit in ("B", "KB", "MB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} GB"


def instant(moment: datetime) -> str:
    """Return date and time in UTC, to the second; the same for every reader of the same file."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")

"""Chapters on what was observed, claimed, talked about and registered, and on what deserves a second look."""

from collections.abc import Sequence
from typing import Any

from maturity_desktop.domain.engagement import Interview
from maturity_desktop.domain.evidence import Custody, Evidence
from maturity_desktop.domain.findings import Grade, Observation, OutcomeClaim, ReworkState
from maturity_desktop.domain.results import CoverageFinding, CoverageNote
from maturity_desktop.reporting.chapters.details import digest_words
from maturity_desktop.reporting.grid import Grid, Row, cell
from maturity_desktop.reporting.prose import Style, prose
from maturity_desktop.reporting.styles import (
    BODY,
    CELL,
    CELL_BOLD,
    CELL_CENTRE,
    CELL_QUIET,
    CODE,
    full_width,
    head_row,
    kept_together,
    text_cell,
)
from maturity_desktop.reporting.voice import Voice, file_size, linked_criteria

# Any in this file: flowables, which have no common type.

_GRADE_COLOURS = {
    Grade.MAJOR_NONCONFORMITY: "#B3261E",
    Grade.MINOR_NONCONFORMITY: "#A65B00",
    Grade.SENSITIVE_POINT: "#7A4B9A",
    Grade.OPPORTUNITY: "#1F5F99",
    Grade.GOOD_PRACTICE: "#17795A",
}
_LISTED = 24


def observations(voice: Voice) -> list[Any]:
    """Return the observations with impact, advice and rework."""
    found = voice.snapshot.observations
    if not found:
        return [prose(voice.say("report.observations.none"), BODY)]
    head = head_row(
        voice.say("report.observations.number"),
        voice.say("report.observations.grade"),
        voice.say("report.observations.text"),
    )
    rows = [_observation(voice, place, each) for place, each in enumerate(found, 1)]
    return [Grid(full_width((0.7, 1.9, 9)), rows, head=(head,), pad_y=4.5)]


def _observation(voice: Voice, place: int, each: Observation) -> Row:
    parts = [prose(each.text, CELL)]
    if each.impact:
        parts.append(prose(voice.say("report.observations.impact", text=each.impact), CELL))
    if each.recommendation:
        parts.append(prose(voice.say("report.observations.recommendation", text=each.recommendation), CELL_BOLD))
    parts.append(prose(_follow_up(voice, each), CELL_QUIET))
    look = Style(size=8.3, leading=1.48, face="bold", colour=_GRADE_COLOURS[each.grade])
    return Row(
        cells=(
            text_cell(str(place), CELL_CENTRE),
            cell(prose(voice.word("observation_grade", each.grade), look)),
            cell(*parts),
        ),
        marker=f"observation|{voice.language}|{each.id}",
    )


def _follow_up(voice: Voice, each: Observation) -> str:
    parts = []
    if each.criteria:
        parts.append(voice.say("report.observations.criteria", ids=voice.join(list(each.criteria))))
    if each.responsible:
        parts.append(voice.say("report.observations.responsible", name=each.responsible))
    if each.due_on:
        parts.append(voice.say("report.observations.due", on=voice.day(each.due_on)))
    if each.rework is not ReworkState.NONE:
        parts.append(voice.say("report.observations.rework", state=voice.word("rework", each.rework)))
    return " · ".join(parts)


def claims(voice: Voice) -> list[Any]:
    """Return the outcome claims, marked as claimed."""
    found = voice.snapshot.claims
    if not found:
        return [prose(voice.say("report.claims.none"), BODY)]
    titles = ("metric", "before", "after", "unit", "base", "source")
    head = head_row(*(voice.say(f"report.claims.{title}") for title in titles))
    rows = [_claim(voice, each) for each in found]
    table = Grid(full_width((2.6, 1.2, 1.2, 1.1, 2.2, 3)), rows, head=(head,))
    return [prose(voice.say("report.claims.intro"), BODY), table]


def _claim(voice: Voice, each: OutcomeClaim) -> Row:
    values = (each.before or "—", each.after, each.unit, each.base or "—", each.source or "—")
    return Row(
        cells=(text_cell(each.metric, CELL_BOLD), *(text_cell(value) for value in values)),
        marker=f"claim|{voice.language}|{each.id}",
    )


def interviews(voice: Voice) -> list[Any]:
    """Return the interviews held."""
    found = voice.snapshot.interviews
    if not found:
        return [prose(voice.say("report.interviews.none"), BODY)]
    titles = ("on", "method", "people", "notes", "criteria")
    head = head_row(*(voice.say(f"report.interviews.{title}") for title in titles))
    rows = [_interview(voice, each) for each in found]
    return [Grid(full_width((2, 1.5, 2.6, 4, 2)), rows, head=(head,))]


def _interview(voice: Voice, each: Interview) -> Row:
    return Row(
        cells=(
            text_cell(voice.day(each.held_on) or voice.say("report.document.not_stated")),
            text_cell(voice.word("interview_method", each.method)),
            text_cell("\n".join(each.people)),
            text_cell(each.notes),
            text_cell("\n".join(each.criteria), CODE),
        ),
        marker=f"interview|{voice.language}|{each.id}",
    )


def register(voice: Voice) -> list[Any]:
    """Return the evidence register."""
    found = voice.snapshot.evidence
    if not found:
        return [prose(voice.say("report.evidence.none"), BODY)]
    titles = ("file", "handling", "custody", "criteria")
    head = head_row("", *(voice.say(f"report.evidence.{title}") for title in titles))
    rows = [_registered(voice, place, each) for place, each in enumerate(found, 1)]
    table = Grid(full_width((0.6, 7.3, 1.5, 2.2, 1.9)), rows, head=(head,))
    return [prose(voice.say("report.evidence.intro", count=len(found)), BODY), table]


def _registered(voice: Voice, place: int, each: Evidence) -> Row:
    newest, criteria = each.newest, linked_criteria(voice, each)
    size = f"{file_size(newest.size_bytes)} · {voice.say('report.evidence.revision', number=newest.number)}"
    return Row(
        cells=(
            text_cell(str(place), CELL_QUIET),
            cell(
                prose(each.title, CELL_BOLD),
                prose(f"{newest.file_name}   {size}", CELL_QUIET),
                prose(digest_words(voice, each), CODE),
            ),
            cell(prose(voice.word("kind", each.kind), CELL), prose(voice.word("grade", each.grade), CELL_QUIET)),
            cell(prose(voice.word("custody", each.custody), CELL), prose(_origin(voice, each), CELL_QUIET)),
            text_cell("\n".join(criteria) or voice.say("report.evidence.unlinked"), CODE),
        ),
        marker=f"evidence|{voice.language}|{each.id}",
    )


def _origin(voice: Voice, each: Evidence) -> str:
    parts = []
    if each.received_from:
        parts.append(voice.say("report.evidence.received", source=each.received_from))
    if each.received_at:
        parts.append(voice.say("report.evidence.received_on", on=voice.day(each.received_at.date())))
    if each.custody is Custody.BY_REFERENCE and each.newest.place:
        parts.append(voice.say("report.evidence.place", place=each.newest.place))
    return "\n".join(parts)


def coverage(voice: Voice) -> list[Any]:
    """Return what a careful lead assessor would ask about, grouped by kind."""
    notes = voice.snapshot.coverage
    if not notes:
        return [prose(voice.say("report.coverage.none"), BODY)]
    titles = [voice.say(f"report.coverage.{title}") for title in ("finding", "count", "criteria")]
    head = head_row(*titles, centred=(1,))
    rows = []
    for finding in CoverageFinding:
        matching = [note for note in notes if note.finding is finding]
        if matching:
            rows.append(_coverage_row(voice, finding, matching))
    table = Grid(full_width((3.4, 0.9, 7.4)), rows, head=(head,))
    return kept_together(prose(voice.say("report.coverage.intro"), BODY), table)


def _coverage_row(voice: Voice, finding: CoverageFinding, notes: Sequence[CoverageNote]) -> Row:
    shown = voice.join([note.criterion_id for note in notes[:_LISTED]])
    if len(notes) > _LISTED:
        shown = f"{shown} {voice.say('report.document.more', count=len(notes) - _LISTED)}"
    return Row(
        cells=(
            text_cell(voice.word("coverage", finding), CELL_BOLD),
            text_cell(str(len(notes)), CELL_CENTRE),
            text_cell(shown, CELL_QUIET),
        )
    )

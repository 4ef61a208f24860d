"""The plain tables: criteria, evidence, observations, claims, interviews, and the journal's head."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter

from maturity_desktop.domain.ids import Digest
from maturity_desktop.domain.standard import Criterion, RatedItem
from maturity_desktop.reporting.sheets import cells
from maturity_desktop.reporting.sheets.cells import Value, put, say_all
from maturity_desktop.reporting.sheets.tables import Column, Frame, write_head
from maturity_desktop.reporting.voice import Voice, choice_of, linked_criteria

_CODE = (("font", cells.QUIET),)
_CENTRE = (("alignment", cells.MIDDLE),)
_NUMBER = (("number_format", "#,##0"), ("alignment", cells.TOP))


def word_all(voices: Sequence[Voice], area: str, value: str) -> str:
    """Return the word for an enumeration value in all languages asked for."""
    return say_all(voices, f"report.{area}.{value}")


def criteria(frame: Frame) -> None:
    """Add the sheet with one row per criterion."""
    languages = [voice.language for voice in frame.voices]
    columns = [
        Column(key="id", width=17, look=_CODE),
        Column(key="path", width=30, look=_CODE),
        Column(key="item", width=20),
        Column(key="level", width=7, look=_CENTRE),
        *(Column(key=f"text_{language}", width=46) for language in languages),
        Column(key="answer", width=13, look=(("font", cells.BOLD),)),
        Column(key="answer_code", width=16, look=_CODE),
        *_choice_columns(frame),
        Column(key="rationale", width=46),
        Column(key="flag", width=8, look=_CENTRE),
        Column(key="by", width=10),
        Column(key="at", width=16),
        Column(key="revision", width=8, look=_CENTRE),
        Column(key="evidence", width=8, look=_CENTRE),
    ]
    rows = [
        _criterion(frame.voices, item, cell.level, criterion)
        for item in frame.voices[0].items
        for cell in item.cells
        for criterion in cell.criteria
    ]
    frame.table("criteria", columns, rows)


def _choice_columns(frame: Frame) -> tuple[Column, ...]:
    """Return columns for the owner's answers, where the standard brings some."""
    if not frame.voices[0].snapshot.edition.answer_sets:
        return ()
    return (Column(key="choice", width=30), Column(key="credit", width=9, look=_CENTRE))


def _choice_values(voices: Sequence[Voice], criterion: Criterion) -> list[Value]:
    if not voices[0].snapshot.edition.answer_sets:
        return []
    choice = choice_of(voices[0], criterion.id)
    if choice is None:
        return ["", None]
    return ["\n".join(dict.fromkeys(each.text(choice.text) for each in voices)), choice.credit]


def _criterion(voices: Sequence[Voice], item: RatedItem, level: str, criterion: Criterion) -> list[Value]:
    voice = voices[0]
    answer, value = voice.snapshot.answers.get(criterion.id), voice.value(criterion.id)
    path = [voice.text(node.name) for node in voice.snapshot.edition.path_to(item.code)]
    flag = answer is not None and answer.flagged
    return [
        criterion.id,
        " › ".join(path),
        f"{item.code}\n" + "\n".join(each.text(item.name) for each in voices),
        level,
        *(each.text(criterion.text) for each in voices),
        word_all(voices, "answer", value),
        value.value,
        *_choice_values(voices, criterion),
        answer.rationale if answer else "",
        say_all(voices[:1], "common.yes") if flag else "",
        answer.by if answer else "",
        answer.at if answer else None,
        answer.revision if answer else None,
        len(voice.evidence_of.get(criterion.id, ())),
    ]


def evidence(frame: Frame) -> None:
    """Add the evidence register."""
    voices, voice = frame.voices, frame.voices[0]
    columns = (
        Column(key="id", width=15, look=_CODE),
        Column(key="title", width=28),
        Column(key="file", width=34),
        Column(key="kind", width=11),
        Column(key="size", width=12, look=_NUMBER),
        Column(key="sha256", width=35, look=_CODE),
        Column(key="grade", width=9),
        Column(key="custody", width=11),
        Column(key="place", width=18),
        Column(key="revision", width=8, look=_CENTRE),
        Column(key="request", width=16, look=_CODE),
        Column(key="from", width=11),
        Column(key="received", width=16),
        Column(key="criteria", width=20, look=_CODE),
    )
    rows: list[list[Value]] = [
        [
            each.id,
            each.title,
            each.newest.file_name,
            word_all(voices, "kind", each.kind.value),
            each.newest.size_bytes,
            each.newest.sha256,
            word_all(voices, "grade", each.grade.value),
            word_all(voices, "custody", each.custody.value),
            each.newest.place,
            each.newest.number,
            each.request_code,
            each.received_from,
            each.received_at,
            "\n".join(linked_criteria(voice, each)),
        ]
        for each in voice.snapshot.evidence
    ]
    frame.table("evidence", columns, rows)


def observations(frame: Frame) -> None:
    """Add the observations."""
    columns = (
        Column(key="id", width=15, look=_CODE),
        Column(key="grade", width=14, look=(("font", cells.BOLD),)),
        Column(key="text", width=46),
        Column(key="impact", width=34),
        Column(key="recommendation", width=46),
        Column(key="responsible", width=11),
        Column(key="due", width=12),
        Column(key="rework", width=11),
        Column(key="criteria", width=20, look=_CODE),
    )
    rows: list[list[Value]] = [
        [
            each.id,
            word_all(frame.voices, "observation_grade", each.grade.value),
            each.text,
            each.impact,
            each.recommendation,
            each.responsible,
            each.due_on,
            word_all(frame.voices, "rework", each.rework.value),
            "\n".join(each.criteria),
        ]
        for each in frame.voices[0].snapshot.observations
    ]
    frame.table("observations", columns, rows)


def claims(frame: Frame) -> None:
    """Add the outcome claims, marked as claimed."""
    widths = (("id", 15), ("metric", 26), ("before", 14), ("after", 14), ("unit", 12), ("base", 30), ("source", 40))
    columns = [Column(key=key, width=width, look=_CODE if key == "id" else ()) for key, width in widths]
    rows: list[list[Value]] = [
        [each.id, each.metric, each.before, each.after, each.unit, each.base, each.source]
        for each in frame.voices[0].snapshot.claims
    ]
    frame.table("claims", columns, rows, note=say_all(frame.voices, "claims.note", " "))


def interviews(frame: Frame) -> None:
    """Add the interviews."""
    widths = (("id", 15), ("on", 12), ("method", 14), ("people", 34), ("notes", 60), ("criteria", 20))
    columns = [Column(key=key, width=width, look=_CODE if key == "id" else ()) for key, width in widths]
    rows: list[list[Value]] = [
        [
            each.id,
            each.held_on,
            word_all(frame.voices, "interview_method", each.method.value),
            "\n".join(each.people),
            each.notes,
            "\n".join(each.criteria),
        ]
        for each in frame.voices[0].snapshot.interviews
    ]
    frame.table("interviews", columns, rows)


def journal(frame: Frame, digest: Digest) -> None:
    """Add length and head of the journal and the content digest."""
    snapshot = frame.voices[0].snapshot
    sheet = frame.sheet("journal")
    top = frame.open(sheet, "journal", 2)
    write_head(sheet, top, [say_all(frame.voices, "report.journal.title"), ""])
    pairs: tuple[tuple[str, Value], ...] = (
        ("entries", snapshot.journal_entries),
        ("head", snapshot.journal_head),
        ("content", digest),
        ("captured", snapshot.captured_at),
        ("captured_by", snapshot.captured_by),
        ("program", f"Maturity Desktop {snapshot.program_version}"),
    )
    for row, (key, value) in enumerate(pairs, top + 1):
        label = say_all(frame.voices, f"report.journal.{key}")
        put(sheet, row, 1, label, font=cells.BOLD, border=cells.BOX)
        look = {"number_format": "#,##0"} if isinstance(value, int) else {}
        put(sheet, row, 2, value, border=cells.BOX, alignment=cells.LEFT_MIDDLE, **look)
        sheet.row_dimensions[row].height = cells.row_height([(label, 36)])
    for column, width in ((1, 36), (2, 84)):
        sheet.column_dimensions[get_column_letter(column)].width = width
    frame.finish(sheet, "journal", top)

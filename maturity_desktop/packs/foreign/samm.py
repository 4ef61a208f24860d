"""OWASP SAMM: the YAML model (a folder or zip of small files) becomes an edition with its own answers and averages.

A stream is the rated item, its three maturity levels are the scale, each question is a criterion. Credit is summed over
the levels of a stream and averaged over streams, practices and functions.
Source: the files of the SAMM core model, one `type` each; SAMM assessment guide for the scores.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maturity_desktop.domain.standard import AnswerSet, AverageOver, Choice
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs.foreign import scales
from maturity_desktop.packs.foreign.build import Imported, build, decimal_of
from maturity_desktop.packs.foreign.codes import slug
from maturity_desktop.packs.foreign.entries import Entry, Head, Ledger, Point, letter, single
from maturity_desktop.packs.foreign.plainly import from_yaml, listed, tables, words

Record = Mapping[str, Any]  # Any: a plain table

_TYPES = ("Function", "Practice", "Stream", "PracticeLevel", "MaturityLevel", "Activity", "Question", "AnswerSet")
_EN = "en"
_TYPE = re.compile(rb"""\btype["']?:[ ]*["']?(\w+)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """The files of the model by type and id."""

    name: str
    records: dict[str, dict[str, Record]]
    ledger: Ledger

    def of(self, kind: str, key: str, owner: str) -> list[Record]:
        """Return the records of a type that point to an owner, in the model's order."""
        found = [one for one in self.records[kind].values() if words(one, key) == owner]
        return sorted(found, key=_order)


def is_model(files: Mapping[str, bytes]) -> bool:
    """Whether some YAML files look like the model."""
    told = {found[1] for content in files.values() for found in _TYPE.finditer(content)}
    return {b"Function", b"Question"} <= told


def import_model(name: str, files: Mapping[str, bytes], today: date) -> Imported:
    """Return the model as an edition; `today` is its date, since the files carry none.

    Raises:
        InputRejected: AUT-003, AUT-007 an unreadable file; AUT-006 no questions; AUT-008 a link that leads nowhere.
    """
    model = _read(name, files)
    entries = tuple(_entries(model))
    asked = {question for entry in entries for question in entry.codes[1:]}
    lost = [words(one, "text") for one in model.records["Question"].values() if words(one, "id") not in asked]
    model.ledger.leave("questions_without_stream", lost)
    model.ledger.leave("date_of_import", [today.isoformat()])
    return build(name, _head(model, today), entries, model.ledger)


def _read(name: str, files: Mapping[str, bytes]) -> _Model:
    records: dict[str, dict[str, Record]] = {kind: {} for kind in _TYPES}
    ledger = Ledger()
    for path in sorted(files):
        value = from_yaml(files[path], path)
        kind = words(value, "type") if isinstance(value, dict) else ""
        if isinstance(value, dict) and kind in records:
            records[kind][words(value, "id") or path] = value
        else:
            ledger.leave("other_files", [path])
    return _Model(name=name, records=records, ledger=ledger)


def _head(model: _Model, today: date) -> Head:
    levels = sorted(model.records["MaturityLevel"].values(), key=_number)
    count = max([len(levels), *(_number(level) for level in levels), *_level_numbers(model)])
    named = {_number(level): level for level in levels}
    names = [
        single(words(named.get(number, {}), "name"), _EN) or scales.in_language(_EN, "level", number=number)
        for number in range(1, count + 1)
    ]
    function = next(iter(model.records["Function"].values()), {})
    return Head(
        standard_id="owasp-samm",
        edition_id=slug(words(function, "model")).lower() or "2",
        released_on=today,
        name=Text(en="OWASP SAMM"),
        language=_EN,
        levels=scales.levels(names, [str(number) for number in range(1, count + 1)], _EN),
        profiles=scales.profiles(_EN, over=AverageOver.NODE),
        source_note=scales.source_note(_EN, "OWASP SAMM", "OWASP", "CC BY-SA 4.0"),
        issuing_body=Text(en="OWASP"),
        aliases=("SAMM", "Software Assurance Maturity Model"),
        layers=tuple(scales.in_language(_EN, key) for key in ("function", "practice", "stream")),
        answer_sets=tuple(_answer_set(one) for one in model.records["AnswerSet"].values()),
    )


def _answer_set(answers: Record) -> AnswerSet:
    values = sorted(tables(answers, "values"), key=_order)
    choices = tuple(
        Choice(
            code=letter(number),
            text=single(words(value, "text"), _EN),
            credit=min(max(decimal_of(words(value, "value"), Decimal(0)), Decimal(0)), Decimal(1)),
        )
        for number, value in enumerate(values)
    )
    return AnswerSet(code=_set_code(words(answers, "id")), choices=choices)


def _entries(model: _Model) -> Iterator[Entry]:
    for function in sorted(model.records["Function"].values(), key=_order):
        yield _group(model, function, "", words(function, "name")[:1].upper())
        for practice in model.of("Practice", "function", words(function, "id")):
            prefix = f"{words(function, 'name')[:1].upper()}-{words(practice, 'shortName') or words(practice, 'name')}"
            yield _group(model, practice, words(function, "id"), prefix)
            for stream in model.of("Stream", "practice", words(practice, "id")):
                letter = words(stream, "letter") or str(_order(stream)[0])
                yield _stream(model, stream, words(practice, "id"), f"{prefix}-{letter}")


def _group(model: _Model, record: Record, parent: str, code: str) -> Entry:
    for key in ("description", "longDescription", "shortDescription"):
        if words(record, key):
            model.ledger.leave("group_texts", [words(record, "name")])
    return Entry(
        key=words(record, "id"),
        parent=parent,
        codes=(code, words(record, "id")),
        name=single(words(record, "name"), _EN),
        is_assessed=False,
    )


def _stream(model: _Model, stream: Record, parent: str, code: str) -> Entry:
    points: list[Point] = []
    ids: list[str] = []
    for activity in model.of("Activity", "stream", words(stream, "id")):
        level = _level_of(model, activity)
        for question in model.of("Question", "activity", words(activity, "id")):
            ids.append(words(question, "id"))
            points.append(_point(model, activity, question, level))
    return Entry(
        key=words(stream, "id"),
        parent=parent,
        codes=(code, *ids),
        name=single(words(stream, "name"), _EN),
        is_assessed=bool(points),
        points=tuple(sorted(points, key=lambda point: point.level)),
        scope=single(words(stream, "description"), _EN),
    )


def _point(model: _Model, activity: Record, question: Record, level: int) -> Point:
    """The criteria of quality and what the activity is about stand in the note."""
    quality = "".join(f"\n– {one}" for one in listed(question, "quality"))
    note = f"{words(activity, 'title')}: {words(activity, 'shortDescription')}{quality}".strip(": ")
    model.ledger.leave("activity_texts", [words(activity, "title")] if words(activity, "longDescription") else [])
    answers = words(question, "answerSet") or words(question, "answerset")
    return Point(
        text=single(words(question, "text"), _EN),
        level=level,
        note=single(note, _EN),
        answer_set=_set_code(answers) if answers in model.records["AnswerSet"] else "",
    )


def _level_of(model: _Model, activity: Record) -> int:
    """An activity names a practice level, which names a maturity level, which has a number."""
    practice_level = model.records["PracticeLevel"].get(words(activity, "level"), {})
    maturity = model.records["MaturityLevel"].get(words(practice_level, "maturityLevel"))
    if maturity is None:
        raise InputRejected(
            "AUT-008", (), name=model.name, what=words(activity, "title") or words(activity, "id"), detail="level"
        )
    return _number(maturity)


def _level_numbers(model: _Model) -> Sequence[int]:
    return [_level_of(model, activity) for activity in model.records["Activity"].values()] or [1]


def _set_code(key: str) -> str:
    return f"S{slug(key)[:12]}"


def _order(record: Record) -> tuple[int, str]:
    return int(decimal_of(words(record, "order"), Decimal(0))), words(record, "name") or words(record, "id")


def _number(record: Record) -> int:
    return int(decimal_of(words(record, "number") or words(record, "order"), Decimal(1)))

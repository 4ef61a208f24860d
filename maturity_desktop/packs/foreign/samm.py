"""OWASP SAMM: the YAML model (a folder or zip of small files) becomes an edition with its own answers and averages.

A stream is the rated item, its three maturity levels are the scale, each question is a criterion. Credit is summed over
the levels of a stream and averaged over streams, practices and functions.
Source: the files of the SAMM core model, one `type` each; SAMM assessment guide for the scores.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from maturity_desktop.domain.standard import AnswerSet, AverageOver, Choice, Level
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs.foreign import scales
from maturity_desktop.packs.foreign.build import Imported, build
from maturity_desktop.packs.foreign.codes import slug
from maturity_desktop.packs.foreign.entries import Entry, Head, Ledger, Point, letter, single
from maturity_desktop.packs.foreign.plainly import from_yaml, listed, positive, tables, words

Record = Mapping[str, Any]  # Any: a plain table

_TYPES = ("Function", "Practice", "Stream", "PracticeLevel", "MaturityLevel", "Activity", "Question", "AnswerSet")
_EN = "en"
_MODEL_FOLDER = "model"
_MOST_LEVELS = 12
_SIX_PLACES = Decimal("0.000001")
_ACTIVITY_TEXTS = ("longDescription", "benefit", "results", "metrics", "costs", "personnel", "notes")
_TYPE = re.compile(rb"""\btype["']?:[ ]*["']?(\w+)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """The files of the model by type and id."""

    name: str
    records: dict[str, dict[str, Record]]
    ledger: Ledger
    set_codes: Mapping[str, str]

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
    objectives = (words(one, "objective") for one in model.records["PracticeLevel"].values())
    model.ledger.leave("objectives", (text for text in objectives if text))
    model.ledger.leave("date_of_import", [today.isoformat()])
    return build(name, _head(model, today), entries, model.ledger)


def _read(name: str, files: Mapping[str, bytes]) -> _Model:
    records: dict[str, dict[str, Record]] = {kind: {} for kind in _TYPES}
    ledger = Ledger()
    inside = [path for path in sorted(files) if _MODEL_FOLDER in PurePosixPath(path).parts[:-1]]
    chosen = inside or sorted(files)
    ledger.leave("other_files", (path for path in sorted(files) if path not in set(chosen)))
    for path in chosen:
        value = from_yaml(files[path], path)
        kind = words(value, "type") if isinstance(value, dict) else ""
        if not isinstance(value, dict) or kind not in records:
            ledger.leave("other_files", [path])
            continue
        key = words(value, "id") or path
        if key in records[kind]:
            raise InputRejected("AUT-008", (), name=name, what=f"{path} ({kind})", detail=f"id {key}: 2 ×")
        records[kind][key] = value
    codes = _set_codes(records["AnswerSet"])
    ledger.leave("empty_answer_sets", (key for key in records["AnswerSet"] if key not in codes))
    return _Model(name=name, records=records, ledger=ledger, set_codes=codes)


def _head(model: _Model, today: date) -> Head:
    function = next(iter(model.records["Function"].values()), {})
    return Head(
        standard_id="owasp-samm",
        edition_id=slug(words(function, "model")).lower() or "2",
        released_on=today,
        name=Text(en="OWASP SAMM"),
        language=_EN,
        levels=_levels(model),
        profiles=scales.profiles(_EN, over=AverageOver.NODE),
        source_note=scales.source_note(_EN, "OWASP SAMM", "OWASP", "CC BY-SA 4.0"),
        issuing_body=Text(en="OWASP"),
        aliases=("SAMM", "Software Assurance Maturity Model"),
        layers=tuple(scales.in_language(_EN, key) for key in ("function", "practice", "stream")),
        answer_sets=tuple(_answer_set(model, key) for key in model.set_codes),
    )


def _levels(model: _Model) -> tuple[Level, ...]:
    """As many steps as the highest number says; a number nobody describes is a step too."""
    named: dict[int, Record] = {}
    for level in model.records["MaturityLevel"].values():
        number = _number(level)
        if number in named or not 1 <= number <= _MOST_LEVELS:
            detail = f"number {words(level, 'number') or '–'}"
            raise InputRejected(
                "AUT-008", (), name=model.name, what=f"MaturityLevel {words(level, 'name')}", detail=detail
            )
        named[number] = level
    numbers = range(1, max(named, default=1) + 1)
    names = [single(words(named.get(number, {}), "name"), _EN) for number in numbers]
    levels = scales.levels(names, [str(number) for number in numbers], _EN)
    told = (single(words(named.get(number, {}), "description"), _EN) for number in numbers)
    return tuple(replace(level, summary=summary) for level, summary in zip(levels, told, strict=True))


def _answer_set(model: _Model, key: str) -> AnswerSet:
    values = sorted(tables(model.records["AnswerSet"][key], "values"), key=_order)
    choices = tuple(
        Choice(code=letter(place), text=single(words(value, "text") or letter(place), _EN), credit=_credit(value))
        for place, value in enumerate(values)
    )
    return AnswerSet(code=model.set_codes[key], choices=choices)


def _set_codes(records: Mapping[str, Record]) -> dict[str, str]:
    """Codes of the answer sets that have answers, unique also where the owner's ids become alike."""
    codes: dict[str, str] = {}
    for key in (key for key, one in records.items() if tables(one, "values")):
        plain = f"S{slug(key)}"
        code = plain if plain not in codes.values() else f"{plain}-{len(codes)}"
        codes[key] = code
    return codes


def _credit(value: Record) -> Decimal:
    return min(positive(words(value, "value")) or Decimal(0), Decimal(1)).quantize(_SIX_PLACES).normalize() + 0


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
    has_more = any(activity.get(key) for key in _ACTIVITY_TEXTS)
    model.ledger.leave("activity_texts", [words(activity, "title")] if has_more else [])
    related = activity.get("relatedActivities")
    model.ledger.leave("links", [words(activity, "title")] if related else [])
    answers = words(question, "answerSet") or words(question, "answerset")
    return Point(
        text=single(words(question, "text") or words(activity, "title") or words(question, "id"), _EN),
        level=level,
        note=single(note, _EN),
        answer_set=model.set_codes.get(answers, ""),
    )


def _level_of(model: _Model, activity: Record) -> int:
    """An activity names a practice level, which names a maturity level, which has a number."""
    practice_level = model.records["PracticeLevel"].get(words(activity, "level"), {})
    link = words(practice_level, "maturityLevel") or words(practice_level, "maturitylevel")
    maturity = model.records["MaturityLevel"].get(link)
    if maturity is None:
        raise InputRejected(
            "AUT-008", (), name=model.name, what=words(activity, "title") or words(activity, "id"), detail="level"
        )
    return _number(maturity)


def _order(record: Record) -> tuple[int, str]:
    return int(positive(words(record, "order")) or 0), words(record, "name") or words(record, "id")


def _number(record: Record) -> int:
    return int(positive(words(record, "number") or words(record, "order")) or 1)

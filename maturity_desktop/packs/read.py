"""YAML bytes to plain values with places. Only the harmless part of YAML: no anchors, aliases, tags, second document.

The events of the parser are turned into values here, so that nothing is resolved, converted or executed on the way.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from maturity_desktop.errors import Issue
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.values import Listing, Place, Scalar, Table, Value

MAX_DEPTH = 80  # a layer of a tree takes two

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _TooDeepError(Exception):
    """Nesting passed the limit; the file is given up."""


@dataclass(slots=True)
class _Reading:
    """One file on its way from events to values."""

    file: str
    events: Iterator[Any]  # Any: the parser's event classes carry no type information
    issues: list[Issue] = field(default_factory=list)
    documents: int = 0

    def note(self, fault: Fault, place: Place, **values: object) -> None:
        self.issues.append(issue(fault, place, **values))

    def place(self, event: Any) -> Place:  # Any: as above
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)


def read_document(file: str, content: bytes) -> tuple[Value | None, tuple[Issue, ...]]:
    """Return the value of one YAML file and everything wrong with its form; None when it cannot be read at all."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        return None, (issue(Fault.NOT_UTF8, Place(file, line, 1)),)
    reading = _Reading(file, yaml.parse(text, Loader=_LOADER))
    value: Value | None = None
    try:
        value = _documents(reading)
    except _TooDeepError as problem:
        reading.issues.append(problem.args[0])
    except yaml.YAMLError as problem:
        place, detail = _syntax(file, text, problem)
        reading.note(Fault.SYNTAX, place, detail=detail)
    return (None if reading.issues and value is None else value), tuple(reading.issues)


def _documents(reading: _Reading) -> Value | None:
    first: Value | None = None
    for event in reading.events:
        if isinstance(event, yaml.DocumentStartEvent):
            reading.documents += 1
            if reading.documents == 2:
                reading.note(Fault.SEVERAL_DOCUMENTS, reading.place(event))
        elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
            value = _value(reading, event, depth=1)
            first = value if first is None else first
    if first is None:
        reading.note(Fault.NOTHING_INSIDE, Place(reading.file))
    return first


def _value(reading: _Reading, event: Any, depth: int) -> Value:  # Any: as above
    place = reading.place(event)
    if depth > MAX_DEPTH:
        raise _TooDeepError(issue(Fault.TOO_DEEP, place, limit=MAX_DEPTH))
    if isinstance(event, yaml.AliasEvent):
        reading.note(Fault.ANCHOR, place, name=f"*{event.anchor}")
        return Scalar("", place)
    if event.anchor:
        reading.note(Fault.ANCHOR, place, name=f"&{event.anchor}")
    if event.tag:
        reading.note(Fault.TAG, place, name=event.tag)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, place)
    if isinstance(event, yaml.SequenceStartEvent):
        return _listing(reading, place, depth)
    return _table(reading, place, depth)


def _listing(reading: _Reading, place: Place, depth: int) -> Listing:
    items: list[Value] = []
    for event in reading.events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        items.append(_value(reading, event, depth + 1))
    return Listing(tuple(items), place)


def _table(reading: _Reading, place: Place, depth: int) -> Table:
    table = Table({}, place)
    for event in reading.events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _value(reading, event, depth + 1)
        value = _value(reading, next(reading.events), depth + 1)
        if not isinstance(key, Scalar):
            reading.note(Fault.KEY_NOT_TEXT, key.place)
        elif key.text in table.entries:
            reading.note(Fault.DUPLICATE_KEY, key.place, key=key.text, other=table.key_places[key.text])
        else:
            table.entries[key.text] = value
            table.key_places[key.text] = key.place
    return table


def _syntax(file: str, text: str, problem: yaml.YAMLError) -> tuple[Place, str]:
    if isinstance(problem, yaml.MarkedYAMLError) and problem.problem_mark is not None:
        mark = problem.problem_mark
        return Place(file, mark.line + 1, mark.column + 1), problem.problem or ""
    position = getattr(problem, "position", 0)
    line = text.count("\n", 0, position) + 1
    return Place(file, line, 1), str(getattr(problem, "reason", problem))

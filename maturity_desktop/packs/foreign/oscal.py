"""OSCAL catalogs (JSON): controls become rated items, the parts of their statements criteria, groups the tree.

Source: OSCAL catalog model: groups, controls with parameters, parts (statement, item, guidance), nested controls.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maturity_desktop.domain.text import Text
from maturity_desktop.packs.foreign import scales
from maturity_desktop.packs.foreign.build import Imported, build
from maturity_desktop.packs.foreign.codes import slug
from maturity_desktop.packs.foreign.entries import Entry, Head, Ledger, Point, single
from maturity_desktop.packs.foreign.plainly import day_of, listed, tables, words

Record = Mapping[str, Any]  # Any: a plain table

_INSERTED = re.compile(r"\{\{\s*(?:insert:\s*param,|param:)?\s*([\w.-]+)\s*\}\}")
_IN_BRACKETS = re.compile(r"\(([\w.()-]+)\)\s*$")
_STATEMENT = "statement"
_OTHER_MODELS = (
    "profile",
    "component-definition",
    "system-security-plan",
    "assessment-plan",
    "assessment-results",
    "plan-of-action-and-milestones",
    "mapping-collection",
)
_TOLD = frozenset({_STATEMENT, "guidance", "item", "overview"})
_MOST_INSERTED = 500
_LONGEST_PARAMETER = 1_000
_LONGEST_LABEL = 20


@dataclass(slots=True)
class _Catalog:
    name: str
    language: str
    ledger: Ledger
    parameters: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)

    def key(self, kind: str, record: Record) -> str:
        """Return a key for a group or control, its id where no other has it."""
        plain = f"{kind} {words(record, 'id') or words(record, 'title')}"
        key = plain if plain not in self.keys else f"{plain} #{len(self.keys)}"
        if key != plain:
            self.ledger.leave("repeated_ids", [plain])
        self.keys.add(key)
        return key


def is_catalog(value: object) -> bool:
    """Whether a plain document is a catalog."""
    return isinstance(value, dict) and isinstance(value.get("catalog"), dict)


def other_model(value: Record) -> str:
    """Return which OSCAL model without controls of its own a document holds, or ""."""
    return next((name for name in _OTHER_MODELS if isinstance(value.get(name), dict)), "")


def import_catalog(name: str, root: Record, today: date) -> Imported:
    """Return a catalog as an edition; withdrawn controls and what has no place in an edition are listed.

    Raises:
        InputRejected: AUT-006 no controls; AUT-009 too many.
    """
    body: Record = root["catalog"]
    metadata = body.get("metadata")
    about: Record = metadata if isinstance(metadata, dict) else {}
    language = "zh" if words(about, "language").lower().startswith("zh") else "en"
    catalog = _Catalog(name=name, language=language, ledger=Ledger())
    _collect_parameters(catalog, body)
    entries = tuple(_inside(catalog, body, ""))
    catalog.ledger.leave("back_matter", (words(one, "title") or words(one, "uuid") for one in _resources(body)))
    catalog.ledger.leave("parameters", (key for key in catalog.parameters if key))
    return build(name, _head(catalog, about, today), entries, catalog.ledger)


def _head(catalog: _Catalog, about: Record, today: date) -> Head:
    day = day_of(words(about, "published")) or day_of(words(about, "last-modified"))
    if day is None:
        catalog.ledger.leave("date_of_import", [today.isoformat()])
    title = words(about, "title") or catalog.name
    language = catalog.language
    return Head(
        standard_id=slug(title).lower()[:80] or "catalog",
        edition_id=slug(words(about, "version")).lower()[:80] or "1",
        released_on=day or today,
        name=single(title, language),
        language=language,
        levels=scales.levels((), (), language),
        profiles=scales.profiles(language),
        source_note=scales.source_note(language, "OSCAL", _publisher(about), words(about, "remarks")),
        issuing_body=single(_publisher(about), language),
    )


def _publisher(about: Record) -> str:
    return next((words(party, "name") for party in tables(about, "parties") if words(party, "name")), "")


def _resources(body: Record) -> list[dict[str, Any]]:  # Any: as Record
    matter = body.get("back-matter")
    return tables(matter, "resources") if isinstance(matter, dict) else []


def _collect_parameters(catalog: _Catalog, place: Record) -> None:
    for parameter in tables(place, "params"):
        select = parameter.get("select")
        choices = listed(select, "choice") if isinstance(select, dict) else []
        shown = ", ".join(listed(parameter, "values")) or words(parameter, "label") or " / ".join(choices)
        catalog.parameters[words(parameter, "id")] = shown
    for key in ("groups", "controls"):
        for inner in tables(place, key):
            _collect_parameters(catalog, inner)


def _inside(catalog: _Catalog, place: Record, parent: str) -> Iterator[Entry]:
    for group in tables(place, "groups"):
        key = catalog.key("group", group)
        told = [part for part in tables(group, "parts") if words(part, "prose") or tables(part, "parts")]
        catalog.ledger.leave("group_texts", [words(group, "title")] * len(told))
        catalog.ledger.leave("links", (words(link, "href") for link in tables(group, "links")))
        yield Entry(
            key=key,
            parent=parent,
            codes=_codes(group),
            name=single(words(group, "title"), catalog.language),
            is_assessed=False,
        )
        yield from _inside(catalog, group, key)
    for control in tables(place, "controls"):
        yield from _control(catalog, control, parent)


def _control(catalog: _Catalog, control: Record, parent: str) -> Iterator[Entry]:
    """A control without a statement is judged by its title, unless it is withdrawn or others stand below it."""
    key, title = catalog.key("control", control), words(control, "title")
    points = () if _is_withdrawn(control) else tuple(_points(catalog, control))
    if not points:
        what = "withdrawn_controls" if _is_withdrawn(control) else "controls_without_text"
        catalog.ledger.leave(what, [f"{words(control, 'id')} {title}"])
    if not points and not _is_withdrawn(control) and not tables(control, "controls"):
        points = (Point(text=single(title or words(control, "id") or "–", catalog.language)),)
    _account(catalog, control)
    yield Entry(
        key=key,
        parent=parent,
        codes=_codes(control),
        name=single(words(control, "title"), catalog.language),
        is_assessed=bool(points),
        points=points,
        scope=single(_prose(catalog, control, "overview"), catalog.language),
    )
    for inner in tables(control, "controls"):
        yield from _control(catalog, inner, key)


def _points(catalog: _Catalog, control: Record) -> Iterator[Point]:
    """The first layer of items of each statement, each with all that is below it; a statement without items whole."""
    note = single(_prose(catalog, control, "guidance"), catalog.language)
    first = True
    for statement in (part for part in tables(control, "parts") if words(part, "name") == "statement"):
        lead = _filled(catalog, words(statement, "prose"))
        items = [part for part in tables(statement, "parts") if words(part, "name") == "item"]
        texts = [f"{lead} {_whole(catalog, item, 0)}".strip() for item in items] or [_whole(catalog, statement, 0)]
        for text in texts:
            if text:
                yield Point(text=single(text, catalog.language), note=note if first else Text())
                first = False


def _whole(catalog: _Catalog, part: Record, depth: int) -> str:
    own = " ".join(one for one in (_label(part), _filled(catalog, words(part, "prose"))) if one)
    inner = [_whole(catalog, item, depth + 1) for item in tables(part, "parts")]
    return "\n".join(line for line in (own, *(f"{'  ' * (depth + 1)}{text}" for text in inner)) if line.strip())


def _prose(catalog: _Catalog, control: Record, name: str) -> str:
    told = (_whole(catalog, part, 0) for part in tables(control, "parts") if words(part, "name") == name)
    return "\n".join(text for text in told if text)


def _filled(catalog: _Catalog, prose: str) -> str:
    """Put the name of a parameter where the catalog inserts it."""
    return _INSERTED.sub(lambda found: f"[{_parameter(catalog, found[1])}]", prose, count=_MOST_INSERTED)


def _parameter(catalog: _Catalog, key: str) -> str:
    """What a parameter is called; choices of a selection may name others in turn."""
    if key not in catalog.named:
        catalog.named[key] = key  # what stands for it inside itself
        shown = catalog.parameters.get(key) or key
        catalog.named[key] = _filled(catalog, shown[:_LONGEST_PARAMETER])[:_LONGEST_PARAMETER]
    return catalog.named[key]


def _account(catalog: _Catalog, control: Record) -> None:
    other = [words(part, "name") for part in _parts(control) if words(part, "name") not in _TOLD]
    catalog.ledger.leave("other_parts", (f"{words(control, 'id')} {name}" for name in other))
    catalog.ledger.leave("links", (words(link, "href") for link in tables(control, "links")))


def _parts(place: Record) -> Iterator[Record]:
    for part in tables(place, "parts"):
        yield part
        if words(part, "name") in _TOLD:
            yield from _parts(part)


def _label(record: Record) -> str:
    """The label shown to people; one of a class, such as that of another publication, only if there is no other."""
    labels = [one for one in tables(record, "props") if words(one, "name") == "label" and words(one, "value")]
    plain = [one for one in labels if not words(one, "class")]
    return words((plain or labels)[0], "value") if labels else ""


def _codes(record: Record) -> tuple[str, ...]:
    """The label, when it is an id and no title; the id in brackets at its end; the id itself."""
    label, own = _label(record), words(record, "id")
    inside = _IN_BRACKETS.search(label) if " " in label else None
    shown = inside[1] if inside else label if " " not in label or len(label) <= _LONGEST_LABEL else ""
    return tuple(dict.fromkeys(one for one in (shown, own, label) if one))


def _is_withdrawn(control: Record) -> bool:
    marks = tables(control, "props")
    return any(words(one, "name") == "status" and words(one, "value").lower() == "withdrawn" for one in marks)

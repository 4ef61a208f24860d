"""An edition as the sheets of an authoring workbook: one table per idea, names of columns as in XLSForm.

`label::zh` and `label::en` hold the text, `hint::` the note beside it. Ids stand in protected columns; labels are never
keys. `unsheet` is the way back.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.mapping import MappingKind
from maturity_desktop.domain.standard import (
    AverageOver,
    CellKind,
    Criterion,
    Edition,
    EvidenceKind,
    LevelCell,
    Method,
    Node,
    Operator,
    Provenance,
    RatedItem,
    RuleProfile,
    Threshold,
)
from maturity_desktop.domain.text import Text
from maturity_desktop.packs.grids import Column, Sheet
from maturity_desktop.packs.schema import FORMAT_VERSION
from maturity_desktop.packs.write import PackContent, is_uneven, number

Row = tuple[str, ...]

NODE, ITEM = "node", "item"
LISTED = {"aliases", "languages", "half_steps"}
BILINGUAL = ("name", "series", "issuing_body", "provenance_note", "root_layer", "layer")

_LEVELS = ("=levels!$A$2:$A$40",)
_ITEMS = ("=tree!$B$2:$B$20000",)
_PROVENANCE = tuple(Provenance)


def _id(name: str, width: int = 18) -> Column:
    return Column(name=name, width=width, is_id=True)


def _pair(name: str, width: int = 44) -> tuple[Column, Column]:
    return Column(name=f"{name}::zh", width=width), Column(name=f"{name}::en", width=width)


def _of(name: str, choices: Iterable[str], width: int = 14) -> Column:
    return Column(name=name, width=width, choices=tuple(choices))


_LABEL, _HINT = _pair("label"), _pair("hint")

COLUMNS: dict[str, tuple[Column, ...]] = {
    "settings": (_id("key"), Column(name="value", width=30), *_LABEL),
    "levels": (_id("code"), *_pair("label", 20), Column(name="colour"), *_HINT),
    "tree": (
        _of("type", (NODE, ITEM), 8),
        _id("code"),
        Column(name="parent"),
        *_pair("label", 30),
        *_HINT,
        Column(name="aliases", width=24),
        Column(name="weight", width=8),
        _of("provenance", _PROVENANCE),
    ),
    "criteria": (
        _of("type", CellKind, 10),
        _id("code"),
        _of("item", _ITEMS, 18),
        _of("level", _LEVELS, 8),
        *_LABEL,
        *_HINT,
        *_pair("metric", 16),
        _of("operator", Operator, 9),
        Column(name="value", width=9),
        *_pair("unit", 10),
        Column(name="answers", width=10),
        _of("keep_for_higher", ("true", "false"), 10),
        _of("provenance", _PROVENANCE),
    ),
    "evidence": (
        _id("code"),
        _of("item", _ITEMS, 18),
        _of("level", _LEVELS, 8),
        _of("kind", EvidenceKind),
        *_LABEL,
    ),
    "questions": (_of("item", _ITEMS, 18), *_LABEL),
    "rules": (
        _id("code"),
        _of("method", Method, 18),
        Column(name="share_pct", width=10),
        Column(name="floor_steps", width=10),
        _of("per", AverageOver),
        Column(name="partial_credit", width=12),
        *_pair("label", 24),
        *_HINT,
    ),
    "choices": (_id("list_name", 12), _id("name", 12), *_LABEL, Column(name="credit", width=9)),
    "modules": (_id("code"), *_pair("label", 30), Column(name="nodes", width=40)),
    "mappings": (
        _of("relationship", MappingKind),
        Column(name="source", width=20),
        Column(name="target_standard", width=18),
        Column(name="target", width=20),
        *_HINT,
    ),
    "glossary": (*_pair("label", 24), *_HINT),
    "examples": (
        _id("example", 9),
        Column(name="profile"),
        Column(name="target", width=8),
        Column(name="otherwise"),
        *_LABEL,
        _of("type", ("answer", "rating", "score"), 9),
        Column(name="code", width=20),
        Column(name="value"),
    ),
}
REQUIRED = ("settings", "levels", "tree", "criteria", "rules")


def sheets_of(content: PackContent) -> tuple[Sheet, ...]:
    """Return the sheets of a pack in the order people work through them."""
    edition = content.edition
    rows: dict[str, Iterable[Row]] = {
        "settings": _settings(edition),
        "levels": ((level.code, *_both(level.name), level.colour, *_both(level.summary)) for level in edition.levels),
        "tree": (row for root in edition.nodes for row in _tree(root, "")),
        "criteria": (row for item in edition.items for cell in item.cells for row in _cell(item, cell)),
        "evidence": (
            (request.code, item.code, cell.level, request.kind.value, *_both(request.title))
            for item in edition.items
            for cell in item.cells
            for request in cell.evidence
        ),
        "questions": ((item.code, *_both(question)) for item in edition.items for question in item.questions),
        "rules": map(_profile, edition.profiles),
        "choices": (
            (answers.code, choice.code, *_both(choice.text), number(choice.credit))
            for answers in edition.answer_sets or ()
            for choice in answers.choices
        ),
        "modules": ((module.code, *_both(module.name), "\n".join(module.nodes)) for module in edition.modules),
        "mappings": (
            (link.kind.value, link.source, link.target_standard, link.target, *_both(link.note))
            for link in content.links
        ),
        "glossary": ((*_both(term.term), *_both(term.note)) for term in edition.glossary),
        "examples": (row for place, example in enumerate(content.examples, 1) for row in _example(str(place), example)),
    }
    return tuple(Sheet(name=name, columns=columns, rows=tuple(rows[name])) for name, columns in COLUMNS.items())


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en


def _settings(edition: Edition) -> Iterable[Row]:
    single = {
        "format": FORMAT_VERSION,
        "id": edition.standard_id,
        "edition": edition.edition_id,
        "released_on": edition.released_on.isoformat(),
        "part": edition.part,
        "code": edition.code,
        "aliases": "\n".join(edition.aliases),
        "provenance": edition.provenance.value,
        "languages": "\n".join(edition.languages),
        "uneven_depth": "true" if is_uneven(edition) else "",
        "base_level": edition.base_level,
        "rated_in_words": "true" if edition.rated_in_words else "",
        "half_steps": "\n".join(edition.half_steps),
        "default_target": edition.default_target,
    }
    yield from ((key, value, "", "") for key, value in single.items() if value)
    for key in BILINGUAL[:-1]:
        words: Text = getattr(edition, key)
        if words:
            yield key, "", *_both(words)
    yield from (("layer", "", *_both(layer)) for layer in edition.layers)


def _tree(node: Node, parent: str) -> Iterable[Row]:
    aliases = "\n".join(node.aliases)
    yield NODE, node.code, parent, *_both(node.name), "", "", aliases, "", node.provenance.value
    for child in node.nodes:
        yield from _tree(child, node.code)
    for item in node.items:
        yield (
            ITEM,
            item.code,
            node.code,
            *_both(item.name),
            *_both(item.scope),
            "\n".join(item.aliases),
            "" if item.weight == 1 and number(item.weight) == "1" else number(item.weight),
            item.provenance.value,
        )


def _cell(item: RatedItem, cell: LevelCell) -> Iterable[Row]:
    if cell.kind is not CellKind.CRITERIA:
        yield (cell.kind.value, "", item.code, cell.level, *("",) * 13)
    for place, criterion in enumerate(cell.criteria):
        keep = "false" if place == 0 and not cell.keep_for_higher else ""
        yield _criterion(item, cell, criterion, keep)


def _criterion(item: RatedItem, cell: LevelCell, criterion: Criterion, keep: str) -> Row:
    return (
        cell.kind.value,
        criterion.id,
        item.code,
        cell.level,
        *_both(criterion.text),
        *_both(criterion.note),
        *_threshold(criterion.threshold),
        criterion.answer_set or "",
        keep,
        "" if criterion.provenance is item.provenance else criterion.provenance.value,
    )


def _threshold(threshold: Threshold | None) -> Row:
    if threshold is None:
        return ("",) * 6
    value: Decimal = threshold.value
    return (*_both(threshold.metric), threshold.operator.value, number(value), *_both(threshold.unit))


def _profile(profile: RuleProfile) -> Row:
    is_share = profile.method is Method.SHARE_WITH_FLOOR
    return (
        profile.id,
        profile.method.value,
        number(profile.share_pct) if is_share else "",
        str(profile.floor_steps) if is_share else "",
        profile.over.value if profile.method is Method.AVERAGE else "",
        "" if profile.partial_credit is ABSENT else number(profile.partial_credit),
        *_both(profile.name),
        *_both(profile.note),
    )


def _example(place: str, example: Mapping[str, object]) -> Iterable[Row]:
    """One row per answer and expectation; the first one carries what is said of the whole example."""
    name = example.get("name")
    label = (str(name.get("zh", "")), str(name.get("en", ""))) if isinstance(name, Mapping) else ("", "")
    head: Row = (*(str(example.get(key, "")) for key in ("profile", "target", "otherwise")), *label)
    for kind, key in (("answer", "answers"), ("rating", "ratings"), ("score", "scores")):
        pairs = example.get(key)
        for code, value in pairs.items() if isinstance(pairs, Mapping) else ():
            yield place, *head, kind, str(code), str(value)
            head = ("",) * 5

"""What a library holds that an edition has no place for, object by object and field by field."""

from collections import Counter
from collections.abc import Iterator, Sequence

from maturity_desktop.packs.foreign.entries import Ledger
from maturity_desktop.packs.foreign.plainly import listed, tables, words
from maturity_desktop.packs.foreign.voice import Record, Voice, ours, questions, translations

_NAMED_OBJECTS = {
    "threats": "threats",
    "reference_controls": "reference_controls",
    "metric_definitions": "metric_definitions",
    "risk_matrix": "risk_matrix",
    "risk_matrices": "risk_matrix",
}
_MAPPINGS = ("requirement_mapping_set", "requirement_mapping_sets")
_FRAMEWORKS = ("framework", "frameworks")
_ROOT = frozenset(
    {
        "urn",
        "locale",
        "ref_id",
        "name",
        "description",
        "copyright",
        "version",
        "publication_date",
        "provider",
        "translations",
        "objects",
    }
)
_FRAMEWORK = frozenset(
    {
        "urn",
        "ref_id",
        "name",
        "description",
        "min_score",
        "max_score",
        "scores_definition",
        "score_definition",
        "translations",
        "base_urn",
        "implementation_groups_definition",
        "requirement_nodes",
    }
)
_NODE = frozenset(
    {
        "urn",
        "parent_urn",
        "ref_id",
        "name",
        "description",
        "annotation",
        "typical_evidence",
        "assessable",
        "depth",
        "implementation_groups",
        "threats",
        "reference_controls",
        "questions",
        "question",
        "translations",
        "weight",
        "importance",
        "display_mode",
    }
)
_QUESTION = frozenset(
    {
        "urn",
        "text",
        "type",
        "choices",
        "depends_on",
        "translations",
        "question_type",
        "question_choices",
    }
)
_GROUP = frozenset(
    {
        "ref_id",
        "name",
        "translations",
    }
)


def objects_left(ledger: Ledger, objects: Record, carried: Record | None) -> None:
    """List every object of a library but the framework that is carried."""
    for key in objects:
        if key in _NAMED_OBJECTS:
            ledger.leave(_NAMED_OBJECTS[key], map(_title, records(objects, key)))
        elif key in _MAPPINGS:
            for one in records(objects, key):
                ledger.leave("mapping_sets", [_title(one)], count=max(len(tables(one, "requirement_mappings")), 1))
        elif key in _FRAMEWORKS:
            further = (one for one in records(objects, key) if one is not carried)
            ledger.leave("further_frameworks", map(_title, further))
        elif objects[key]:
            found = records(objects, key)
            ledger.leave("other_objects", (f"{key}: {_title(one)}" for one in found), count=max(len(found), 1))


def fields_left(ledger: Ledger, root: Record, framework: Record, nodes: Sequence[Record]) -> None:
    """List every field that has no place in an edition, and references to objects that are not carried."""
    for key in ("threats", "reference_controls"):
        ledger.leave(f"{key}_references", (one for node in nodes for one in listed(node, key)))
    important = (node for node in nodes if words(node, "importance").lower() not in ("", "undefined"))
    ledger.leave("importance", (words(node, "ref_id") or words(node, "urn") for node in important))
    told = {id(one): one for one in (root, framework) if words(one, "description") or words(one, "annotation")}
    ledger.leave("library_texts", map(_title, told.values()))
    groups = tables(framework, "implementation_groups_definition")
    ledger.leave("scope_texts", (_title(group) for group in groups if words(group, "description")))
    unknown = Counter(_unknown(root, framework, nodes))
    ledger.leave("other_fields", (f"{name} ×{count}" for name, count in unknown.items()), count=unknown.total())


def languages_left(ledger: Ledger, voice: Voice, root: Record, framework: Record, nodes: Sequence[Record]) -> None:
    """List translations that no column is there for, and a locale that is not one of ours."""
    locale = words(root, "locale")
    translated = {name for node in (root, framework, *nodes) for name in translations(node)}
    is_third = not ours(locale)
    kept = {"zh", "en"} - ({"en"} if is_third and voice.own == "en" else set())
    ledger.leave("other_languages", sorted(name for name in translated if ours(name) not in kept))
    if is_third and voice.own:
        ledger.leave("foreign_locale", [locale or "–"])
    elif is_third:
        ledger.leave("original_language", [locale or "–"])


def records(objects: Record, key: str) -> list[Record]:
    """Return the objects of one kind, whether one of them, a list, or a table of them."""
    value = objects.get(key)
    if isinstance(value, dict):
        inner = [one for one in value.values() if isinstance(one, dict)]
        is_table = bool(inner) and len(inner) == len(value)
        return [*inner] if is_table else [value]
    return [*tables(objects, key)]


def _title(record: Record) -> str:
    return words(record, "ref_id") or words(record, "name") or words(record, "urn") or "–"


def _unknown(root: Record, framework: Record, nodes: Sequence[Record]) -> Iterator[str]:
    yield from (f"library.{key}" for key in _filled(root) if key not in _ROOT)
    yield from (f"framework.{key}" for key in _filled(framework) if key not in _FRAMEWORK)
    for group in tables(framework, "implementation_groups_definition"):
        yield from (f"group.{key}" for key in _filled(group) if key not in (*_GROUP, "description"))
    for node in nodes:
        yield from (f"requirement.{key}" for key in _filled(node) if key not in _NODE)
        for question in questions(node):
            yield from (f"question.{key}" for key in _filled(question) if key not in _QUESTION)


def _filled(record: Record) -> list[str]:
    return [key for key, value in record.items() if value not in (None, "", [], {})]

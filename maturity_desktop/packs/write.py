"""An edition back as the text files of a pack. Compiling them gives the same edition, to the digest.

Source: pack format, version 1.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.mapping import CriterionLink
from maturity_desktop.domain.standard import (
    AnswerSet,
    AverageOver,
    CellKind,
    Criterion,
    Edition,
    LevelCell,
    Method,
    Node,
    Provenance,
    RatedItem,
    RuleProfile,
    Threshold,
)
from maturity_desktop.domain.text import Text
from maturity_desktop.packs.emit import emit
from maturity_desktop.packs.gather import HEAD_FILE, LINKS_FILE
from maturity_desktop.packs.schema import FORMAT_VERSION
from maturity_desktop.packs.values import Plain

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\.")  # names of devices on Windows


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContent:
    """What a pack holds: the edition, and what is no part of it: worked examples, and links to other standards."""

    edition: Edition
    examples: tuple[Mapping[str, Plain], ...] = ()
    links: tuple[CriterionLink, ...] = ()


def pack_files(content: PackContent) -> dict[str, bytes]:
    """Return file name → UTF-8 text of the whole pack."""
    edition = content.edition
    names = _tree_names(edition)
    files = {HEAD_FILE: emit(_standard(content, names))}
    for name, node in zip(names, edition.nodes, strict=True):
        files[name] = emit(_node(node, edition.provenance))
    if content.links:
        files[LINKS_FILE] = emit(links_table(edition.standard_id, content.links))
    return {name: text.encode() for name, text in files.items()}


def links_table(standard_id: str, links: Sequence[CriterionLink]) -> dict[str, Plain]:
    """Return the mapping file of the links that start at one standard, grouped by the standard they lead to."""
    targets = dict.fromkeys(link.target_standard for link in links)
    return {
        "format": FORMAT_VERSION,
        "source": standard_id,
        "targets": [
            {"target": target, "links": [_link(link) for link in links if link.target_standard == target]}
            for target in targets
        ],
    }


def _link(link: CriterionLink) -> dict[str, Plain]:
    return _filled({"source": link.source, "kind": link.kind.value, "target": link.target, "note": text(link.note)})


def is_uneven(edition: Edition) -> bool:
    """Whether rated items stand on different layers."""
    last = len(edition.layers) - 1
    return any(len(edition.path_to(item.code)) != last for item in edition.items)


def number(value: Decimal) -> str:
    """Return a number in digits, never with an exponent."""
    return format(value, "f")


def text(value: Text) -> dict[str, Plain]:
    """Return a text as a table of its languages."""
    return {language: words for language, words in (("zh", value.zh), ("en", value.en)) if words}


def _tree_names(edition: Edition) -> list[str]:
    """One file per outermost node, named after its code; a name that is taken or unfit gets its number."""
    names: list[str] = []
    for place, node in enumerate(edition.nodes, 1):
        plain = f"{node.code.lower()}.yaml"
        is_free = plain not in (HEAD_FILE, LINKS_FILE, *names) and not _RESERVED.match(plain)
        names.append(plain if is_free else _numbered(place, edition, names))
    return names


def _numbered(place: int, edition: Edition, names: Sequence[str]) -> str:
    taken = {f"{node.code.lower()}.yaml" for node in edition.nodes}.union(names)
    tries = (f"{'tree-' * count}{place}.yaml" for count in range(1, len(taken) + 2))
    return next(name for name in tries if name not in taken)


def _standard(content: PackContent, names: Sequence[str]) -> dict[str, Plain]:
    edition = content.edition
    return _filled(
        {
            "format": FORMAT_VERSION,
            **_identity(edition),
            **_scale(edition),
            "profiles": [_profile(profile) for profile in edition.profiles],
            "answer_sets": [_answer_set(one) for one in edition.answer_sets or ()],
            "modules": [
                {"code": module.code, "name": text(module.name), "nodes": module.nodes} for module in edition.modules
            ],
            "glossary": [_filled({**text(term.term), "note": text(term.note)}) for term in edition.glossary],
            "examples": content.examples,
            "tree": list(names),
        }
    )


def _identity(edition: Edition) -> dict[str, Plain]:
    return {
        "id": edition.standard_id,
        "edition": edition.edition_id,
        "released_on": edition.released_on.isoformat(),
        "name": text(edition.name),
        "series": text(edition.series),
        "part": edition.part,
        "code": edition.code,
        "aliases": edition.aliases,
        "issuing_body": text(edition.issuing_body),
        "provenance": edition.provenance.value,
        "provenance_note": text(edition.provenance_note),
        "languages": edition.languages,
    }


def _scale(edition: Edition) -> dict[str, Plain]:
    return {
        "uneven_depth": "true" if is_uneven(edition) else "",
        "layers": [text(layer) for layer in edition.layers],
        "root_layer": text(edition.root_layer),
        "levels": [
            _filled(
                {"code": level.code, "name": text(level.name), "colour": level.colour, "summary": text(level.summary)}
            )
            for level in edition.levels
        ],
        "base_level": edition.base_level,
        "rated_in_words": "true" if edition.rated_in_words else "",
        "half_steps": [half.value for half in edition.half_steps],
        "default_target": edition.default_target,
    }


def _answer_set(answers: AnswerSet) -> dict[str, Plain]:
    return {
        "code": answers.code,
        "choices": [
            {"code": choice.code, "name": text(choice.text), "credit": number(choice.credit)}
            for choice in answers.choices
        ],
    }


def _profile(profile: RuleProfile) -> dict[str, Plain]:
    parameters: dict[str, Plain] = {}
    if profile.method is Method.SHARE_WITH_FLOOR:
        parameters = {"share_pct": number(profile.share_pct), "floor_steps": str(profile.floor_steps)}
    if profile.method is Method.AVERAGE:
        parameters = {"per": profile.over.value} if profile.over is not AverageOver.ITEM else {}
        if profile.partial_credit is not ABSENT:
            parameters["partial_credit"] = number(profile.partial_credit)
    head = {"id": profile.id, "method": profile.method.value, **parameters}
    return _filled({**head, "name": text(profile.name), "note": text(profile.note)})


def _node(node: Node, inherited: Provenance) -> dict[str, Plain]:
    children = [
        *(_node(child, node.provenance) for child in node.nodes),
        *(_item(item, node.provenance) for item in node.items),
    ]
    return _filled({**_names(node, inherited), "nodes": children})


def _item(item: RatedItem, inherited: Provenance) -> dict[str, Plain]:
    head = _filled(
        {
            **_names(item, inherited),
            "scope": text(item.scope),
            "questions": [text(question) for question in item.questions],
            "weight": "" if item.weight == 1 and number(item.weight) == "1" else number(item.weight),
        }
    )
    return {**head, "cells": {cell.level: _cell(cell, item.provenance) for cell in item.cells}}


def _names(place: Node | RatedItem, inherited: Provenance) -> dict[str, Plain]:
    return {
        "code": place.code,
        "name": text(place.name),
        "aliases": place.aliases,
        "provenance": _changed(place.provenance, inherited),
    }


def _cell(cell: LevelCell, inherited: Provenance) -> Plain:
    if cell.kind is not CellKind.CRITERIA:
        return cell.kind.value
    return _filled(
        {
            "keep_for_higher": "" if cell.keep_for_higher else "false",
            "criteria": [_criterion(criterion, inherited) for criterion in cell.criteria],
            "evidence": [
                {"code": request.code, "kind": request.kind.value, "title": text(request.title)}
                for request in cell.evidence
            ],
        }
    )


def _criterion(criterion: Criterion, inherited: Provenance) -> dict[str, Plain]:
    return _filled(
        {
            "id": criterion.id,
            "text": text(criterion.text),
            "note": text(criterion.note),
            "threshold": _threshold(criterion.threshold) if criterion.threshold else {},
            "answers": criterion.answer_set or "",
            "provenance": _changed(criterion.provenance, inherited),
        }
    )


def _threshold(threshold: Threshold) -> dict[str, Plain]:
    return _filled(
        {
            "metric": text(threshold.metric),
            "operator": threshold.operator.value,
            "value": number(threshold.value),
            "unit": text(threshold.unit),
        }
    )


def _changed(provenance: Provenance, inherited: Provenance) -> str:
    return "" if provenance is inherited else provenance.value


def _filled(table: Mapping[str, Plain]) -> dict[str, Plain]:
    """Leave out what is empty: the format has defaults for all of it."""
    return {key: value for key, value in table.items() if value}

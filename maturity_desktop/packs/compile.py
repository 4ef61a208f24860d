"""A draft without faults becomes a domain `Edition`."""

from datetime import date
from decimal import Decimal
from typing import Any

from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.ids import CriterionId, LevelCode, NodeCode
from maturity_desktop.domain.standard import (
    AnswerSet,
    AverageOver,
    CellKind,
    Choice,
    Criterion,
    Edition,
    EvidenceKind,
    EvidenceRequest,
    GlossaryTerm,
    HalfStep,
    Level,
    LevelCell,
    Method,
    Module,
    Node,
    Operator,
    Provenance,
    RatedItem,
    RuleProfile,
    Threshold,
)
from maturity_desktop.domain.text import Text
from maturity_desktop.packs.rules import Draft
from maturity_desktop.packs.values import Table, Value, is_item


def compile_draft(draft: Draft) -> Edition:
    """Build the edition; the draft must have passed `schema` and `rules`."""
    standard = draft.standard
    provenance = _provenance(standard, Provenance.AUTHORED)
    return Edition(
        standard_id=standard.word("id"),
        edition_id=standard.word("edition"),
        released_on=date.fromisoformat(standard.word("released_on")),
        name=_text(standard, "name"),
        levels=tuple(_level(level) for level in standard.tables("levels")),
        nodes=tuple(_node(tree, provenance, draft.level_codes) for tree in draft.trees),
        profiles=tuple(_profile(profile) for profile in standard.tables("profiles")),
        layers=tuple(_words(layer) for layer in standard.tables("layers")),
        provenance=provenance,
        languages=draft.languages,
        **_optional(standard),
    )


def _optional(standard: Table) -> dict[str, Any]:  # Any: the keyword arguments have many types
    return {
        "root_layer": _text(standard, "root_layer"),
        "series": _text(standard, "series"),
        "part": standard.word("part"),
        "code": standard.word("code"),
        "aliases": _names(standard, "aliases"),
        "issuing_body": _text(standard, "issuing_body"),
        "provenance_note": _text(standard, "provenance_note"),
        "base_level": LevelCode(standard.word("base_level")),
        "rated_in_words": True if standard.word("rated_in_words") == "true" else ABSENT,
        "half_steps": tuple(HalfStep(word) for word in _names(standard, "half_steps")),
        "default_target": LevelCode(standard.word("default_target")),
        "modules": tuple(_module(module) for module in standard.tables("modules")),
        "answer_sets": tuple(_answer_set(one) for one in standard.tables("answer_sets")) or ABSENT,
        "glossary": tuple(
            GlossaryTerm(term=_words(term), note=_text(term, "note")) for term in standard.tables("glossary")
        ),
    }


def _level(level: Table) -> Level:
    return Level(
        code=LevelCode(level.word("code")),
        name=_text(level, "name"),
        colour=level.word("colour").upper(),
        summary=_text(level, "summary"),
    )


def _profile(profile: Table) -> RuleProfile:
    return RuleProfile(
        id=profile.word("id"),
        method=Method(profile.word("method")),
        name=_text(profile, "name"),
        note=_text(profile, "note"),
        share_pct=Decimal(profile.word("share_pct", "100")),
        floor_steps=int(profile.word("floor_steps", "0")),
        over=AverageOver(profile.word("per", AverageOver.ITEM)),
        partial_credit=Decimal(profile.word("partial_credit")) if "partial_credit" in profile.entries else ABSENT,
    )


def _answer_set(answers: Table) -> AnswerSet:
    return AnswerSet(
        code=answers.word("code"),
        choices=tuple(
            Choice(code=choice.word("code"), text=_text(choice, "name"), credit=Decimal(choice.word("credit")))
            for choice in answers.tables("choices")
        ),
    )


def _module(module: Table) -> Module:
    return Module(
        code=module.word("code"),
        name=_text(module, "name"),
        nodes=tuple(NodeCode(code) for code in _names(module, "nodes")),
    )


def _node(node: Table, inherited: Provenance, levels: tuple[str, ...]) -> Node:
    provenance = _provenance(node, inherited)
    children = node.tables("nodes")
    return Node(
        code=NodeCode(node.word("code")),
        name=_text(node, "name"),
        nodes=tuple(_node(child, provenance, levels) for child in children if not is_item(child)),
        items=tuple(_item(child, provenance, levels) for child in children if is_item(child)),
        aliases=_names(node, "aliases"),
        provenance=provenance,
    )


def _item(item: Table, inherited: Provenance, levels: tuple[str, ...]) -> RatedItem:
    provenance = _provenance(item, inherited)
    cells = item.table("cells")
    entries = {} if cells is None else cells.entries
    return RatedItem(
        code=NodeCode(item.word("code")),
        name=_text(item, "name"),
        cells=tuple(_cell(level, entries[level], provenance) for level in levels),
        aliases=_names(item, "aliases"),
        scope=_text(item, "scope"),
        questions=tuple(_words(question) for question in item.tables("questions")),
        weight=Decimal(item.word("weight", "1")),
        provenance=provenance,
    )


def _cell(level: str, cell: Value, provenance: Provenance) -> LevelCell:
    code = LevelCode(level)
    if not isinstance(cell, Table):
        word = getattr(cell, "text", "").strip()
        return LevelCell(level=code, kind=CellKind(word))
    return LevelCell(
        level=code,
        kind=CellKind.CRITERIA,
        criteria=tuple(_criterion(criterion, provenance) for criterion in cell.tables("criteria")),
        evidence=tuple(
            EvidenceRequest(
                code=request.word("code"), kind=EvidenceKind(request.word("kind")), title=_text(request, "title")
            )
            for request in cell.tables("evidence")
        ),
        keep_for_higher=cell.word("keep_for_higher", "true") == "true",
    )


def _criterion(criterion: Table, inherited: Provenance) -> Criterion:
    threshold = criterion.table("threshold")
    return Criterion(
        id=CriterionId(criterion.word("id")),
        text=_text(criterion, "text"),
        note=_text(criterion, "note"),
        threshold=None if threshold is None else _threshold(threshold),
        provenance=_provenance(criterion, inherited),
        answer_set=criterion.word("answers") or ABSENT,
    )


def _threshold(threshold: Table) -> Threshold:
    return Threshold(
        metric=_text(threshold, "metric"),
        operator=Operator(threshold.word("operator")),
        value=Decimal(threshold.word("value")),
        unit=_text(threshold, "unit"),
    )


def _provenance(table: Table, inherited: Provenance) -> Provenance:
    return Provenance(table.word("provenance", inherited))


def _text(table: Table, key: str) -> Text:
    inner = table.table(key)
    return Text() if inner is None else _words(inner)


def _words(table: Table) -> Text:
    return Text(zh=table.word("zh"), en=table.word("en"))


def _names(table: Table, key: str) -> tuple[str, ...]:
    return tuple(word.text.strip() for word in table.scalars(key))

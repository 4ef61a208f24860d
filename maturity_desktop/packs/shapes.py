"""What shapes a pack file may have, as data: the table of the format. `schema` compares values with it.

Source: pack format, version 1.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from maturity_desktop.domain.mapping import MappingKind
from maturity_desktop.domain.standard import AverageOver, CellKind, EvidenceKind, HalfStep, Method, Operator, Provenance
from maturity_desktop.domain.text import LANGUAGES

CODE = r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*"
SLUG = r"[a-z0-9][a-z0-9.-]{0,79}"
LEVEL = r"[0-9A-Za-z]{1,12}"
COLOUR = r"#[0-9A-Fa-f]{6}"
POINT = r"[0-9A-Za-z][0-9A-Za-z.-]{0,119}"


@dataclass(frozen=True, slots=True)
class Word:
    """A text that is not blank; optionally one of `choices`, or spelled like `pattern` (`example` shows how)."""

    choices: tuple[str, ...] = ()
    pattern: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in digits: whole, or with decimals when `is_decimal`."""

    is_decimal: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date, ``2026-11-23``."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in one or both languages."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one shape."""

    of: "Shape"
    may_be_empty: bool = True


@dataclass(frozen=True, slots=True)
class Keys:
    """A table with these keys and no others."""

    required: dict[str, "Shape"] = field(default_factory=dict)
    optional: dict[str, "Shape"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cells:
    """A table of level code → cell."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """A table of any keys with single texts."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """An inner node with `nodes`, or a rated item with `cells`."""

    is_root: bool = False


Shape: TypeAlias = Word | Number | Day | Bilingual | ListOf | Keys | Cells | Pairs | TreeNode

FREE = Word()
TEXT = Bilingual()
NAMES = ListOf(FREE)
BOOLEAN = Word(choices=("true", "false"))
NODE_CODE = Word(pattern=CODE, example="CM-VC-BM")
PROVENANCE = Word(choices=tuple(Provenance))

LEVEL_ENTRY = Keys(
    {"code": Word(pattern=LEVEL, example="3"), "name": TEXT, "colour": Word(pattern=COLOUR, example="#17996E")},
    {"summary": TEXT},
)
PROFILE = Keys(
    {"id": Word(pattern=SLUG, example="share-80"), "method": Word(choices=tuple(Method)), "name": TEXT},
    {
        "note": TEXT,
        "share_pct": Number(is_decimal=True),
        "floor_steps": Number(),
        "per": Word(choices=tuple(AverageOver)),
        "partial_credit": Number(is_decimal=True),
    },
)
MODULE = Keys(
    {"code": Word(pattern=POINT, example="ops"), "name": TEXT, "nodes": ListOf(NODE_CODE, may_be_empty=False)}
)
CHOICE = Keys({"code": Word(pattern=POINT, example="yes"), "name": TEXT, "credit": Number(is_decimal=True)})
ANSWER_SET = Keys({"code": Word(pattern=POINT, example="A"), "choices": ListOf(CHOICE, may_be_empty=False)})
EXAMPLE = Keys(
    {"name": TEXT, "answers": Pairs()},
    {"profile": FREE, "target": FREE, "otherwise": FREE, "ratings": Pairs(), "scores": Pairs()},
)
TERM = Keys({}, {"zh": FREE, "en": FREE, "note": TEXT})

STANDARD = Keys(
    {
        "format": Word(),
        "id": Word(pattern=SLUG, example="cn-devops-3"),
        "edition": Word(pattern=SLUG, example="2021.1"),
        "released_on": Day(),
        "name": TEXT,
        "languages": ListOf(Word(choices=LANGUAGES), may_be_empty=False),
        "layers": ListOf(TEXT, may_be_empty=False),
        "levels": ListOf(LEVEL_ENTRY, may_be_empty=False),
        "profiles": ListOf(PROFILE, may_be_empty=False),
        "tree": ListOf(FREE, may_be_empty=False),
    },
    {
        "series": TEXT,
        "part": FREE,
        "code": NODE_CODE,
        "aliases": NAMES,
        "issuing_body": TEXT,
        "provenance": PROVENANCE,
        "provenance_note": TEXT,
        "root_layer": TEXT,
        "base_level": FREE,
        "half_steps": ListOf(Word(choices=(HalfStep.MINUS, HalfStep.PLUS))),
        "default_target": FREE,
        "modules": ListOf(MODULE),
        "glossary": ListOf(TERM),
        "answer_sets": ListOf(ANSWER_SET),
        "examples": ListOf(EXAMPLE),
        "uneven_depth": BOOLEAN,
        "rated_in_words": BOOLEAN,
    },
)

NODE_KEYS: dict[str, Shape] = {"code": NODE_CODE, "name": TEXT}
NODE_OPTIONAL: dict[str, Shape] = {"aliases": NAMES, "provenance": PROVENANCE}
INNER = Keys({**NODE_KEYS, "nodes": ListOf(TreeNode(), may_be_empty=False)}, NODE_OPTIONAL)
ITEM = Keys(
    {**NODE_KEYS, "cells": Cells()},
    {**NODE_OPTIONAL, "scope": TEXT, "questions": ListOf(TEXT), "weight": Number(is_decimal=True)},
)
TREE = TreeNode(is_root=True)

THRESHOLD = Keys(
    {"metric": TEXT, "operator": Word(choices=tuple(Operator)), "value": Number(is_decimal=True)}, {"unit": TEXT}
)
CRITERION = Keys(
    {"id": Word(pattern=POINT, example="CM-VC-BM-2.1"), "text": TEXT},
    {"note": TEXT, "threshold": THRESHOLD, "answers": FREE, "provenance": PROVENANCE},
)
EVIDENCE = Keys(
    {"code": Word(pattern=POINT, example="CM-VC-BM-L2-1"), "kind": Word(choices=tuple(EvidenceKind)), "title": TEXT}
)
CELL = Keys(
    {"criteria": ListOf(CRITERION, may_be_empty=False)}, {"evidence": ListOf(EVIDENCE), "keep_for_higher": BOOLEAN}
)
LINK = Keys(
    {
        "source": Word(pattern=POINT, example="CM-VC-BM-2.1"),
        "kind": Word(choices=tuple(MappingKind)),
        "target": Word(pattern=POINT, example="CM-VC-BM-2.1"),
    },
    {"note": TEXT},
)
LINKS = Keys(
    {
        "format": Word(),
        "source": Word(pattern=SLUG, example="cn-devops-3"),
        "targets": ListOf(
            Keys({"target": Word(pattern=SLUG, example="cn-devops-4"), "links": ListOf(LINK, may_be_empty=False)}),
            may_be_empty=False,
        ),
    }
)
CELL_WORDS = (CellKind.EMPTY.value, CellKind.SAME.value)

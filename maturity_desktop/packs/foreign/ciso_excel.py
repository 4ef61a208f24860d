"""CISO Assistant's Excel form, version 2: pairs of sheets `…_meta` and `…_content` become the library they stand for.

Source: the documentation of that form: key and value in `_meta`, one object per row in `_content`, translations as
``name[fr]``, answers and questions one per line.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from maturity_desktop.errors import InputRejected
from maturity_desktop.packs.grids import Book, Grid
from maturity_desktop.packs.records import Record, rows_below

Library = dict[str, Any]  # Any: a plain document

_META, _CONTENT = "_meta", "_content"
_TRANSLATED = re.compile(r"(\w+)\[([\w-]+)\]")
_SPLIT = re.compile(r"[,\s]+")
_NO = frozenset({"", "false", "0", "no"})
_REFERRING = ("type", "answers_definition", "base_urn")
_USED = ("implementation_groups", "scores", "answers", "urn_prefix")
_ONLY_HERE = ("questions", "answer", "urn_id", "skip_count", "fix_count", "")
_OBJECTS = {"threats": "threats", "reference_controls": "reference_controls"}


def is_form(book: Book) -> bool:
    """Whether the sheets look like this form."""
    return f"library{_META}" in book.grids


def as_library(name: str, book: Book) -> Library:
    """Return the library of a workbook in the shape of its YAML form.

    Raises:
        InputRejected: AUT-005 formulas and the like.
    """
    if any(issue.is_error for issue in book.issues):
        raise InputRejected("AUT-005", book.issues, name=name)
    metas = {title.removesuffix(_META): _pairs(grid) for title, grid in book.grids.items() if title.endswith(_META)}
    library: Library = {**metas.get("library", {}), "objects": {}}
    named = {(str(meta.get("type")), str(meta.get("name"))): stem for stem, meta in metas.items()}
    for stem, meta in metas.items():
        kind = str(meta.get("type", ""))
        if kind == "framework":
            about = {key: value for key, value in meta.items() if key not in _REFERRING}
            framework = {**about, **_definitions(book, meta, named)}
            framework["requirement_nodes"] = list(_nodes(book, stem, meta, named))
            library["objects"].setdefault("frameworks", []).append(framework)
        elif kind == "risk_matrix":
            library["objects"].setdefault(kind, []).append({key: meta.get(key, "") for key in ("ref_id", "name")})
        elif kind in _OBJECTS:
            library["objects"].setdefault(_OBJECTS[kind], []).extend(_table(book, stem))
        elif kind == "requirement_mapping_set":
            mappings = {"ref_id": stem, "requirement_mappings": list(_table(book, stem))}
            library["objects"].setdefault("requirement_mapping_sets", []).append(mappings)
        elif kind not in _USED and stem != "library":
            library["objects"].setdefault(f"{kind or stem}", []).extend(_table(book, stem))
    unread = [title for title in book.grids if not title.endswith((_META, _CONTENT))]
    library["objects"] |= {"sheet": [{"name": title} for title in unread]} if unread else {}
    library.pop("type", None)
    return library


def _pairs(grid: Grid) -> Library:
    pairs = {row[0].strip().lower(): row[1] for row in grid.rows if len(row) > 1 and row[0].strip()}
    return _with_translations(pairs)


def _with_translations(words: Mapping[str, str]) -> Library:
    made: Library = {}
    for key, value in words.items():
        found = _TRANSLATED.fullmatch(key)
        if found and value:
            made.setdefault("translations", {}).setdefault(found[2], {})[found[1]] = value
        elif not found:
            made[key] = value
    return made


def _rows(book: Book, stem: str) -> Iterator[Record]:
    grid = book.grids.get(f"{stem}{_CONTENT}")
    if grid is not None and grid.rows:
        yield from rows_below(grid, [word.strip().lower() for word in grid.rows[0]])


def _table(book: Book, stem: str) -> Iterator[Library]:
    for row in _rows(book, stem):
        yield _with_translations({key: word for key, (word, _) in row.words.items()})


def _definitions(book: Book, meta: Library, named: Mapping[tuple[str, str], str]) -> Library:
    made: Library = {}
    for key, kind in (("implementation_groups_definition", "implementation_groups"), ("scores_definition", "scores")):
        stem = named.get((kind, str(meta.get(key, ""))))
        if stem is not None:
            made[key] = list(_table(book, stem))
        else:
            made[key] = []
    return made


def _nodes(book: Book, stem: str, meta: Library, named: Mapping[tuple[str, str], str]) -> Iterator[Library]:
    """Rows know their depth; the parent is the nearest row above that lies one step higher."""
    answers = _answers(book, named.get(("answers", str(meta.get("answers_definition", ""))), ""))
    above: list[str] = []
    used: set[str] = set()
    for node in _table(book, stem):
        number = len(above)
        depth = int(str(node.get("depth", ""))) if str(node.get("depth", "")).isdecimal() else 1
        depth = max(1, min(depth, number + 1))
        own = str(node.get("ref_id") or "").strip()
        parent = above[depth - 2] if depth > 1 else ""
        base = str(meta.get("base_urn") or stem)
        told = str(node.get("urn_id") or "").strip() or own
        urn = _fresh(f"{base}:{told}" if told else f"{parent or base}:n{_next(above, node)}", used)
        above[depth - 1 :] = [urn]
        yield {
            **{key: value for key, value in node.items() if key not in _ONLY_HERE},
            **{key: _SPLIT.split(str(node.get(key, ""))) for key in ("threats", "reference_controls")},
            "urn": urn,
            "parent_urn": parent,
            "assessable": "false" if str(node.get("assessable") or "").lower() in _NO else "true",
            **_questions(node, urn, answers),
        }


def _fresh(urn: str, used: set[str]) -> str:
    number = 1
    fresh = urn
    while fresh.lower() in used:
        number += 1
        fresh = f"{urn}-{number}"
    used.add(fresh.lower())
    return fresh


def _next(above: list[str], node: Library) -> str:
    """A row without an id is known by its own words, so that it stays the same when rows are added."""
    told = re.sub(r"\W+", "-", str(node.get("name") or node.get("description") or len(above)).lower())
    return told[:40].strip("-")


def _answers(book: Book, stem: str) -> dict[str, Library]:
    return {str(answer.get("id", "")): answer for answer in _table(book, stem)} if stem else {}


def _questions(node: Library, urn: str, answers: Mapping[str, Library]) -> Library:
    texts = _lines(node.get("questions"))
    chosen = _lines(node.get("answer"))
    if not texts:
        return {"questions": {}}
    made: Library = {}
    for number, text in enumerate(texts):
        name = (chosen[number] if number < len(chosen) else chosen[-1]) if chosen else ""
        answer = answers.get(name, {})
        choices = _lines(answer.get("question_choices"))
        made[f"{urn}:question:{number + 1}"] = {
            "text": text,
            "type": answer.get("question_type", "text"),
            "depends_on": _condition(node, number),
            "choices": [
                {
                    "value": choice,
                    "description": _at(answer.get("description"), place),
                    "add_score": _at(answer.get("add_score"), place),
                    "compute_result": _at(answer.get("compute_result"), place),
                    "select_implementation_groups": _at(answer.get("select_implementation_groups"), place),
                }
                for place, choice in enumerate(choices)
            ],
        }
    return {"questions": made}


def _condition(node: Library, number: int) -> str:
    lines = _lines(node.get("depends_on"))
    condition = lines[number] if number < len(lines) else ""
    return "" if condition.lower() == "undefined" else condition


def _lines(value: object) -> list[str]:
    """One entry per line; a line that begins with ``|`` belongs to the one before."""
    found: list[str] = []
    for line in str(value or "").split("\n"):
        if line.strip().startswith("|") and found:
            found[-1] += "\n" + line.strip()[1:]
        elif line.strip():
            found.append(line.strip())
    return found


def _at(value: object, place: int) -> str:
    lines = _lines(value)
    return "" if not lines else lines[place] if place < len(lines) else lines[-1] if len(lines) == 1 else ""

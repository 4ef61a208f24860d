"""CISO Assistant libraries: the framework of a YAML library becomes an edition.

Each assessable requirement is a rated item; its questions with choices, or else its text, are its criteria. A score
scale gives the levels and every score its part of it; groups that contain each other can be the levels instead.
Source: the library format of CISO Assistant, its documentation of objects and the columns of its Excel form.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from maturity_desktop.domain.standard import AnswerSet, Choice, Level
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs.foreign import scales
from maturity_desktop.packs.foreign.build import Imported, build, decimal_of
from maturity_desktop.packs.foreign.codes import slug
from maturity_desktop.packs.foreign.entries import Entry, Group, Head, Ledger, Point, letter
from maturity_desktop.packs.foreign.plainly import listed, tables, words
from maturity_desktop.packs.foreign.scales import Groups

_OTHER_OBJECTS = ("threats", "reference_controls", "metric_definitions", "risk_matrix", "risk_matrices")
_MAPPINGS = ("requirement_mapping_set", "requirement_mapping_sets")
_REFERENCES = ("threats", "reference_controls")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SCORES = "score"
_HIGHEST = 12

Record = Mapping[str, Any]  # Any: a plain table


@dataclass(frozen=True, slots=True, kw_only=True)
class _Library:
    """A library on its way to an edition."""

    name: str
    root: Record
    framework: Record
    language: str
    groups: Groups
    ledger: Ledger
    answer_sets: dict[str, AnswerSet]

    def text(self, record: Record, key: str) -> Text:
        """Return a text in the library's own language and, where it is translated, in the other one of ours."""
        own = words(record, key)
        translations = record.get("translations")
        known = translations if isinstance(translations, dict) else {}
        other = "en" if self.language == "zh" else "zh"
        translated = next((words(known[name], key) for name in known if _ours(name) == other), "")
        own = own or translated
        return Text(zh=own, en=translated) if self.language == "zh" else Text(zh=translated, en=own)


def is_library(value: object) -> bool:
    """Whether a plain document looks like a library."""
    return isinstance(value, dict) and isinstance(value.get("objects"), dict) and "urn" in value


def import_library(name: str, root: Record, today: date, groups: Groups = Groups.AUTO) -> Imported:
    """Return the framework of a library as an edition.

    Args:
        name: of the file, for messages.
        root: the plain document.
        today: release date when the library has none.
        groups: what implementation groups become.

    Raises:
        InputRejected: AUT-006 no framework inside; AUT-008, AUT-009 as `build`.
    """
    objects = root["objects"]
    framework = objects.get("framework")
    found = framework if isinstance(framework, dict) else next(iter(tables(objects, "frameworks")), {})
    nodes = tables(found, "requirement_nodes")
    if not nodes:
        raise InputRejected("AUT-006", (), name=name)
    library = _Library(
        name=name,
        root=root,
        framework=found,
        language="zh" if _ours(words(root, "locale")) == "zh" else "en",
        groups=groups,
        ledger=Ledger(),
        answer_sets={},
    )
    _account(library, objects, nodes)
    return _import(library, nodes, today)


def _import(library: _Library, nodes: Sequence[Record], today: date) -> Imported:
    scores = _score_levels(library)
    defined = tables(library.framework, "implementation_groups_definition")
    names = [words(group, "ref_id") for group in defined]
    member_of = {_key(node): _groups_of(node) for node in nodes if _is_assessed(node)}
    cumulative = scales.are_cumulative(library.groups, names, member_of.values(), has_scale=bool(scores))
    levels = scores or ([library.text(group, "name") for group in defined] if cumulative else [])
    place = {group: names.index(group) + 1 for group in names} if cumulative else {}
    entries = tuple(_entry(library, node, place, has_scores=bool(scores)) for node in nodes)
    groups = None if cumulative else tuple(_group(library, group, member_of) for group in defined)
    codes = names if cumulative else [str(number) for number in range(1, len(levels) + 1)]
    head = _head(library, scales.levels(levels, codes, library.language), groups, today)
    if cumulative:
        ungrouped = [key for key, groups_of in member_of.items() if not groups_of]
        library.ledger.leave("without_group", ungrouped)
    return build(library.name, head, entries, library.ledger)


def _head(library: _Library, levels: tuple[Level, ...], groups: tuple[Group, ...] | None, today: date) -> Head:
    """`groups` is None when they became the levels."""
    root, provider = library.root, words(library.root, "provider")
    published = words(root, "publication_date")
    has_date = bool(_DATE.fullmatch(published)) and _is_date(published)
    if not has_date:
        library.ledger.leave("date_of_import", [today.isoformat()])
    name = library.text(library.framework, "name")
    return Head(
        standard_id=(slug(words(root, "ref_id") or words(root, "urn").rpartition(":")[2]).lower() or "library")[:80],
        edition_id=(slug(words(root, "version")).lower() or "1")[:80],
        released_on=date.fromisoformat(published) if has_date else today,
        name=name or library.text(root, "name"),
        language=library.language,
        levels=levels,
        profiles=scales.profiles(library.language, is_cumulative=groups is None),
        source_note=scales.source_note(library.language, "CISO Assistant", provider, words(root, "copyright")),
        issuing_body=_in(library, provider),
        aliases=tuple(one for one in (words(root, "urn"), words(library.framework, "urn")) if one),
        answer_sets=tuple(library.answer_sets.values()),
        groups=groups or (),
    )


def _in(library: _Library, text: str) -> Text:
    return Text(zh=text) if library.language == "zh" else Text(en=text)


def _score_levels(library: _Library) -> list[Text]:
    """The score scale as levels 1 … highest score; a scale without names, or a long one, is none."""
    defined = tables(library.framework, "scores_definition")
    numbers = [decimal_of(words(score, "score"), Decimal(-1)) for score in defined]
    if not defined or min(numbers) < 0 or not 0 < max(numbers) <= _HIGHEST or any(one % 1 for one in numbers):
        library.ledger.leave("score_scale", (words(score, "name") for score in defined))
        return []
    highest = max(numbers)
    named = {int(number): library.text(score, "name") for number, score in zip(numbers, defined, strict=True)}
    choices = tuple(
        Choice(
            code=str(number),
            text=library.text(score, "name") or _in(library, str(number)),
            credit=(number / highest).quantize(Decimal("0.000001")).normalize(),
        )
        for number, score in zip(map(int, numbers), defined, strict=True)
    )
    library.answer_sets[_SCORES] = AnswerSet(code=_SCORES, choices=choices)
    texts = (words(score, "description") for score in defined)
    library.ledger.leave("score_texts", (text for text in texts if text))
    return [named.get(number) or _in(library, str(number)) for number in range(1, int(highest) + 1)]


def _entry(library: _Library, node: Record, place: Mapping[str, int], *, has_scores: bool) -> Entry:
    text, name = library.text(node, "description"), library.text(node, "name")
    is_assessed = _is_assessed(node)
    if not is_assessed:
        if name and text:
            library.ledger.leave("group_texts", [words(node, "ref_id") or words(node, "name")])
        name = name or text
    reached = [place[group] for group in _groups_of(node) if group in place]
    asked, talked = _questions(library, node)
    level = min(reached, default=1)
    note = library.text(node, "annotation")
    own = Point(
        text=text or name or _in(library, words(node, "ref_id") or _key(node)),
        level=level,
        note=note,
        answer_set=_SCORES if has_scores else "",
    )
    points = tuple(replace(own, text=question, answer_set=code) for question, code in asked) or (own,)
    evidence = library.text(node, "typical_evidence")
    return Entry(
        key=_key(node),
        parent=words(node, "parent_urn").lower(),
        codes=_codes(node),
        name=name,
        is_assessed=is_assessed,
        points=points if is_assessed else (),
        scope=text if asked and is_assessed else Text(),
        questions=tuple(talked),
        evidence=(evidence,) if evidence else (),
        weight=max(decimal_of(words(node, "weight")), Decimal(1)),
    )


def _codes(node: Record) -> tuple[str, ...]:
    urn = words(node, "urn")
    return tuple(code for code in (words(node, "ref_id"), urn.rpartition(":")[2], urn) if code)


def _questions(library: _Library, node: Record) -> tuple[list[tuple[Text, str]], list[Text]]:
    """Questions to be answered by a choice, with their answer set; and those that are only talked about."""
    asked: list[tuple[Text, str]] = []
    talked: list[Text] = []
    questions = node.get("questions")
    for question in questions.values() if isinstance(questions, dict) else ():
        if not isinstance(question, dict):
            continue
        text = library.text(question, "text")
        code = _answer_set(library, question)
        if code and text:
            asked.append((text, code))
        elif text:
            talked.append(text)
        if isinstance(question.get("depends_on"), dict):
            library.ledger.leave("question_conditions", [words(question, "text")])
    return asked, talked


def _answer_set(library: _Library, question: Record) -> str:
    """Answers with a score or a verdict; equal ones are one set. "" when the choices say nothing of compliance."""
    choices = tables(question, "choices")
    earning = list(_credits(choices))
    if words(question, "type") != "unique_choice" or len(earning) != len(choices) or not choices:
        if choices:
            library.ledger.leave("unrated_choices", [words(question, "text")])
        return ""
    made = tuple(
        Choice(code=letter(number), text=library.text(choice, "value") or _in(library, letter(number)), credit=credit)
        for number, (choice, credit) in enumerate(zip(choices, earning, strict=True))
    )
    selecting = [words(choice, "value") for choice in choices if choice.get("select_implementation_groups")]
    library.ledger.leave("choices_selecting_groups", selecting)
    same = next((one.code for one in library.answer_sets.values() if one.choices == made), "")
    code = same or f"A{len(library.answer_sets) + 1}"
    library.answer_sets.setdefault(code, AnswerSet(code=code, choices=made))
    return code


def _credits(choices: Sequence[Record]) -> Iterator[Decimal]:
    scores = [decimal_of(words(choice, "add_score"), Decimal(-1)) for choice in choices]
    highest = max(scores, default=Decimal(0))
    if highest > 0 and min(scores) >= 0:
        yield from ((score / highest).quantize(Decimal("0.000001")).normalize() for score in scores)
        return
    for choice in choices:
        verdict = words(choice, "compute_result").lower()
        if verdict in ("true", "false", "compliant", "non_compliant"):
            yield Decimal(int(verdict in ("true", "compliant")))


def _account(library: _Library, objects: Record, nodes: Sequence[Record]) -> None:
    """List what an edition has no place for."""
    ledger = library.ledger
    for key in _OTHER_OBJECTS:
        named = (words(one, "name") or words(one, "ref_id") for one in tables(objects, key))
        ledger.leave(key.replace("matrices", "matrix"), named)
        if isinstance(objects.get(key), dict):
            ledger.leave(key, [words(objects[key], "name")])
    for key in _MAPPINGS:
        value = objects.get(key)
        sets = [value] if isinstance(value, dict) else tables(objects, key)
        for one in sets:
            ledger.leave("mapping_sets", [words(one, "ref_id")], count=len(tables(one, "requirement_mappings")))
    extra = tables(objects, "frameworks")[0 if isinstance(objects.get("framework"), dict) else 1 :]
    ledger.leave("further_frameworks", (words(one, "name") for one in extra))
    for key in _REFERENCES:
        ledger.leave(f"{key}_references", (one for node in nodes for one in listed(node, key)))
    ledger.leave("importance", (_key(node) for node in nodes if words(node, "importance") not in ("", "undefined")))
    translated = {name for node in (library.root, library.framework, *nodes) for name in _translations(node)}
    ledger.leave("other_languages", sorted(name for name in translated if not _ours(name)))
    if not _ours(words(library.root, "locale")):
        ledger.leave("foreign_locale", [words(library.root, "locale") or "–"])


def _translations(node: Record) -> list[str]:
    value = node.get("translations")
    return list(value) if isinstance(value, dict) else []


def _group(library: _Library, group: Record, member_of: Mapping[str, list[str]]) -> Group:
    code = words(group, "ref_id")
    keys = tuple(key for key, groups in member_of.items() if code in groups)
    return Group(code=code, name=library.text(group, "name") or _in(library, code), keys=keys)


def _groups_of(node: Record) -> list[str]:
    return listed(node, "implementation_groups")


def _is_assessed(node: Record) -> bool:
    return words(node, "assessable").lower() in ("true", "x", "1", "yes")


def _key(node: Record) -> str:
    return (words(node, "urn") or words(node, "ref_id") or words(node, "name")).lower()


def _ours(locale: str) -> str:
    """Return zh or en for the locales that are, "" for any other."""
    head = re.split(r"[-_]", locale.strip().lower())[0]
    return head if head in ("zh", "en") else ""


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False

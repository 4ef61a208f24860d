"""CISO Assistant libraries: a framework of a YAML library becomes an edition.

Each assessable requirement is a rated item; its questions with choices, or else its text, are its criteria. A score
scale gives the levels and every score its part of it; groups that contain each other can be the levels instead.
Source: the library format of CISO Assistant, its documentation of objects and the columns of its Excel form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from maturity_desktop.domain.standard import Level
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs.foreign import ciso_account, scales
from maturity_desktop.packs.foreign.build import Imported, build
from maturity_desktop.packs.foreign.ciso_account import records
from maturity_desktop.packs.foreign.ciso_scores import Answers, groups_of
from maturity_desktop.packs.foreign.codes import slug
from maturity_desktop.packs.foreign.entries import Entry, Group, Head, Ledger, Left, Point, title_of
from maturity_desktop.packs.foreign.plainly import day_of, positive, tables, words
from maturity_desktop.packs.foreign.scales import Groups
from maturity_desktop.packs.foreign.voice import Voice, voice_of

Record = Mapping[str, Any]  # Any: a plain table

_YES = frozenset({"true", "x", "1", "yes", "y", "on"})
_SPLASH = "splash"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Library:
    """A library on its way to an edition."""

    name: str
    root: Record
    framework: Record
    voice: Voice
    groups: Groups
    ledger: Ledger
    answers: Answers

    def text(self, record: Record, key: str) -> Text:
        """Return a text of a record in the columns of an edition."""
        return self.voice.text(record, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A requirement node in its tree, under a key of its own."""

    key: str
    parent: str
    node: Record
    is_assessed: bool


def is_library(value: object) -> bool:
    """Whether a plain document looks like a library."""
    return isinstance(value, dict) and isinstance(value.get("objects"), dict) and "urn" in value


def frameworks_of(root: Record) -> list[Record]:
    """Return the frameworks of a library, in the order of the file."""
    objects: Record = root["objects"]
    return [*records(objects, "framework"), *records(objects, "frameworks")]


def left_without_framework(root: Record) -> tuple[Left, ...]:
    """Return everything a library holds that has no framework, since nothing of it can be carried."""
    ledger = Ledger()
    ciso_account.objects_left(ledger, root["objects"], None)
    return ledger.left()


def import_library(name: str, root: Record, today: date, groups: Groups = Groups.AUTO, wanted: str = "") -> Imported:
    """Return a framework of a library as an edition.

    Args:
        name: of the file, for messages.
        root: the plain document.
        today: release date when the library has none.
        groups: what implementation groups become.
        wanted: the id, URN or name of the framework, where there are several; "" is the first.

    Raises:
        InputRejected: AUT-006 nothing to assess; AUT-008, AUT-009 as `build`; AUT-017 no such framework.
    """
    framework = _chosen(name, frameworks_of(root), wanted)
    nodes = tables(framework, "requirement_nodes")
    if not nodes:
        raise InputRejected("AUT-006", (), name=name)
    voice, ledger = voice_of(root, framework), Ledger()
    library = _Library(
        name=name,
        root=root,
        framework=framework,
        voice=voice,
        groups=groups,
        ledger=ledger,
        answers=Answers(voice=voice, ledger=ledger),
    )
    ciso_account.objects_left(ledger, root["objects"], framework)
    ciso_account.fields_left(ledger, root, framework, nodes)
    ciso_account.languages_left(ledger, voice, root, framework, nodes)
    return _import(library, nodes, today)


def _chosen(name: str, found: Sequence[Record], wanted: str) -> Record:
    if not wanted:
        return next((one for one in found if tables(one, "requirement_nodes")), {})
    for one in found:
        if wanted.lower() in (words(one, key).lower() for key in ("ref_id", "urn", "name")):
            return one
    known = ", ".join(words(one, "ref_id") or words(one, "name") for one in found)
    raise InputRejected("AUT-017", (), name=name, wanted=wanted, known=known or "–")


def _import(library: _Library, nodes: Sequence[Record], today: date) -> Imported:
    places = _places(library, nodes)
    scores = library.answers.add_scale(library.framework)
    defined = {_group_code(group): group for group in tables(library.framework, "implementation_groups_definition")}
    defined.pop("", None)
    member_of = {place.key: groups_of(place.node) for place in places if place.is_assessed}
    unknown = dict.fromkeys(one for groups in member_of.values() for one in groups if one not in defined)
    library.ledger.leave("unknown_groups", unknown)
    names = list(defined)
    cumulative = scales.are_cumulative(library.groups, names, member_of.values(), has_scale=bool(scores))
    levels = [_group_name(library, group) for group in defined.values()] if cumulative else scores
    if cumulative:
        library.ledger.leave("score_scale", (name.pick("en") for name in scores))
    number = {group: names.index(group) + 1 for group in names} if cumulative else {}
    entries = tuple(_entry(library, place, number) for place in places)
    groups = None if cumulative else tuple(_group(library, code, group, member_of) for code, group in defined.items())
    codes = names if cumulative else [str(number) for number in range(1, len(levels) + 1)]
    head = _head(library, scales.levels(levels, codes, library.voice.languages), groups, today)
    if cumulative:
        ungrouped = [key for key, groups_in in member_of.items() if not any(one in number for one in groups_in)]
        library.ledger.leave("without_group", ungrouped)
    return build(library.name, head, entries, library.ledger)


def _head(library: _Library, levels: tuple[Level, ...], groups: tuple[Group, ...] | None, today: date) -> Head:
    """`groups` is None when they became the levels."""
    root, framework, voice = library.root, library.framework, library.voice
    provider = words(root, "provider")
    day = day_of(words(root, "publication_date"))
    if day is None:
        library.ledger.leave("date_of_import", [today.isoformat()])
    own_id = words(root, "ref_id") or words(root, "urn").rpartition(":")[2]
    is_one = len(frameworks_of(root)) < 2
    standard_id = own_id if is_one else words(framework, "ref_id") or own_id
    name = library.text(framework, "name") or library.text(root, "name")
    aliases = dict.fromkeys((words(root, "urn"), words(framework, "urn")))
    return Head(
        standard_id=(slug(standard_id) or slug(words(root, "urn").rpartition(":")[2])).lower()[:80] or "library",
        edition_id=(slug(words(root, "version")).lower() or "1")[:80],
        released_on=day or today,
        name=name or voice.plain(own_id or library.name),
        language=voice.main,
        levels=levels,
        profiles=scales.profiles(voice.languages, is_cumulative=groups is None),
        source_note=scales.source_note(voice.languages, "CISO Assistant", provider, words(root, "copyright")),
        issuing_body=voice.plain(provider) if provider else Text(),
        aliases=tuple(one for one in aliases if one),
        answer_sets=tuple(library.answers.sets.values()),
        groups=groups or (),
        has_both_languages=voice.has_both,
    )


def _places(library: _Library, nodes: Sequence[Record]) -> list[_Place]:
    """A node of an URN used before gets a key of its own; one whose parent is not there stands outermost."""
    keys: list[str] = []
    taken: set[str] = set()
    for number, node in enumerate(nodes, 1):
        plain = (words(node, "urn") or words(node, "ref_id") or words(node, "name")).lower() or f"node {number}"
        if plain in taken:
            library.ledger.leave("repeated_urns", [plain])
        key = plain if plain not in taken else f"{plain} #{number}"
        taken.add(key)
        keys.append(key)
    parents = {key: words(node, "parent_urn").lower() for key, node in zip(keys, nodes, strict=True)}
    lost = [key for key in keys if parents[key] and _is_lost(key, parents)]
    library.ledger.leave("lost_parents", lost)
    for key in lost:
        parents[key] = ""
    return [
        _Place(key=key, parent=parents[key], node=node, is_assessed=_is_assessed(library, node))
        for key, node in zip(keys, nodes, strict=True)
    ]


def _is_lost(key: str, parents: Mapping[str, str]) -> bool:
    """Whether the parent is not in the library, or the way up comes back to the entry itself."""
    above = parents[key]
    if above not in parents:
        return True
    passed = {key}
    while above and above in parents and above not in passed:
        passed.add(above)
        above = parents[above]
    return above == key


def _is_assessed(library: _Library, node: Record) -> bool:
    if words(node, "assessable").lower() not in _YES:
        return False
    is_splash = words(node, "display_mode").lower() == _SPLASH
    library.ledger.leave("splash_screens", [words(node, "name")] if is_splash else [])
    return not is_splash


def _entry(library: _Library, place: _Place, number: Mapping[str, int]) -> Entry:
    return _assessed(library, place, number) if place.is_assessed else _heading(library, place)


def _heading(library: _Library, place: _Place) -> Entry:
    """A node that only holds others: its text, when it has no name, stands as its name."""
    node = place.node
    name, text = library.text(node, "name"), library.text(node, "description")
    shown = name or _title(text)
    if (text and text != shown) or words(node, "annotation") or words(node, "typical_evidence"):
        library.ledger.leave("group_texts", [words(node, "ref_id") or words(node, "name") or shown.pick("en")])
    return Entry(key=place.key, parent=place.parent, codes=_codes(node), name=shown, is_assessed=False)


def _assessed(library: _Library, place: _Place, number: Mapping[str, int]) -> Entry:
    node = place.node
    text, name = library.text(node, "description"), library.text(node, "name")
    level = min((number[group] for group in groups_of(node) if group in number), default=1)
    asked, talked = library.answers.of(node)
    own = Point(
        text=text or name or library.voice.plain(words(node, "ref_id") or place.key),
        level=level,
        note=library.text(node, "annotation"),
        answer_set=library.answers.default,
    )
    points = tuple(replace(own, text=question, answer_set=code) for question, code in asked) or (own,)
    evidence = library.text(node, "typical_evidence")
    return Entry(
        key=place.key,
        parent=place.parent,
        codes=_codes(node),
        name=name if name or words(node, "ref_id") else _title(own.text),
        is_assessed=True,
        points=points,
        scope=text if asked else Text(),
        questions=tuple(talked),
        evidence=(evidence,) if evidence else (),
        weight=_weight(library, node),
    )


def _weight(library: _Library, node: Record) -> Decimal:
    weight = positive(words(node, "weight"))
    if weight is None and words(node, "weight"):
        library.ledger.leave("weights", [f"{words(node, 'ref_id')} {words(node, 'weight')}"])
    return weight or Decimal(1)


def _title(text: Text) -> Text:
    return Text(zh=title_of(text.zh), en=title_of(text.en))


def _codes(node: Record) -> tuple[str, ...]:
    urn = words(node, "urn")
    return tuple(dict.fromkeys(code for code in (words(node, "ref_id"), urn.rpartition(":")[2], urn) if code))


def _group_code(group: Record) -> str:
    return words(group, "ref_id") or words(group, "name")


def _group_name(library: _Library, group: Record) -> Text:
    return library.text(group, "name") or library.voice.plain(_group_code(group))


def _group(library: _Library, code: str, group: Record, member_of: Mapping[str, list[str]]) -> Group:
    keys = tuple(key for key, groups in member_of.items() if code in groups)
    return Group(code=code, name=_group_name(library, group), keys=keys)

"""Entries of any model become an edition: nodes, rated items, level cells, modules. Counts in are counts out.

An assessed entry with entries below it becomes a rated item inside a node of the same name. Entries that are neither
assessed nor hold anything assessed have no place in an edition and are listed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.ids import CriterionId, LevelCode, NodeCode
from maturity_desktop.domain.standard import (
    CellKind,
    Criterion,
    Edition,
    EvidenceKind,
    EvidenceRequest,
    LevelCell,
    Module,
    Node,
    Provenance,
    RatedItem,
)
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs.foreign.codes import codes_of, slug
from maturity_desktop.packs.foreign.entries import MAX_ASSESSED, Entry, Head, Ledger, Left, title_of
from maturity_desktop.packs.read import MAX_DEPTH

_PROVENANCE = Provenance.PUBLISHED_STRUCTURE
_MAX_LAYERS = (MAX_DEPTH - 10) // 2
_MAX_OUTERMOST = 300  # each is a file of the pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Places of a tree: all of them, and the assessed ones among them."""

    entries: int
    assessed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """An edition made of a foreign model, and the account of it.

    Attributes:
        found: what the source holds.
        carried: what of it is in the edition.
    """

    edition: Edition
    found: Counts
    carried: Counts
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    head: Head
    code: Mapping[str, str]
    below: Mapping[str, Sequence[Entry]]
    holding: frozenset[str]
    taken: frozenset[str]


def build(name: str, head: Head, entries: Sequence[Entry], ledger: Ledger) -> Imported:
    """Return the edition of some entries.

    Raises:
        InputRejected: AUT-006 nothing to assess; AUT-008 the tree is no tree; AUT-009 too much of it.
    """
    assessed = [entry for entry in entries if entry.is_assessed]
    if not assessed:
        raise InputRejected("AUT-006", (), name=name)
    if len(assessed) > MAX_ASSESSED:
        raise InputRejected("AUT-009", (), name=name, found=len(assessed), limit=MAX_ASSESSED)
    plan = _plan(name, head, entries)
    nodes = _outermost(plan)
    empty_groups = [group.code for group in head.groups if not any(key in plan.holding for key in group.keys)]
    ledger.leave("empty_scopes", empty_groups)
    empty = [entry for entry in entries if entry.key not in plan.holding]
    ledger.leave("empty_groups", (_title(entry, plan) for entry in empty))
    found = Counts(entries=len(entries), assessed=len(assessed))
    carried = Counts(entries=len(entries) - len(empty), assessed=sum(1 for node in nodes for _ in node.all_items()))
    if carried.assessed != found.assessed:
        raise InputRejected("AUT-008", (), name=name, what="parent", detail=f"{carried.assessed} / {found.assessed}")
    return Imported(edition=_edition(plan, nodes), found=found, carried=carried, left=ledger.left())


def _plan(name: str, head: Head, entries: Sequence[Entry]) -> _Plan:
    by_key = {entry.key: entry for entry in entries}
    if len(by_key) < len(entries):
        again = next(key for key, count in Counter(entry.key for entry in entries).items() if count > 1)
        raise InputRejected("AUT-008", (), name=name, what=again, detail="2 ×")
    below: dict[str, list[Entry]] = {}
    holding: set[str] = set()
    for entry in entries:
        if entry.parent and entry.parent not in by_key:
            raise InputRejected("AUT-008", (), name=name, what=entry.key, detail=f"parent {entry.parent}")
        below.setdefault(entry.parent, []).append(entry)
    for entry in (one for one in entries if one.is_assessed):
        key, depth = entry.key, 0
        while key and (key not in holding or depth == 0):
            holding.add(key)
            key, depth = by_key[key].parent, depth + 1
            if depth > _MAX_LAYERS:
                raise InputRejected("AUT-008", (), name=name, what=entry.key, detail=f"> {_MAX_LAYERS}")
    code = codes_of(entries)
    taken = frozenset(one.lower() for one in code.values())
    return _Plan(head=head, code=code, below=below, holding=frozenset(holding), taken=taken)


def _outermost(plan: _Plan) -> tuple[Node, ...]:
    """Outermost entries that are single items stand together in one node, since a tree file begins with a node."""
    nodes: list[Node] = []
    loose: list[RatedItem] = []
    for entry in plan.below.get("", ()):
        if entry.key in plan.holding:
            made = _place(plan, entry)
            if isinstance(made, Node):
                nodes.append(made)
            else:
                loose.append(made)
    if not loose and len(nodes) <= _MAX_OUTERMOST:
        return tuple(nodes)
    inside = tuple(nodes) if len(nodes) > _MAX_OUTERMOST else ()
    whole = Node(code=_free("ALL", plan), name=plan.head.name, nodes=inside, items=tuple(loose), provenance=_PROVENANCE)
    return (whole,) if inside else (*nodes, whole)


def _place(plan: _Plan, entry: Entry) -> Node | RatedItem:
    inner = [_place(plan, child) for child in plan.below.get(entry.key, ()) if child.key in plan.holding]
    own = [_item(plan, entry)] if entry.is_assessed else []
    if own and not inner:
        return own[0]
    code = _free(f"{plan.code[entry.key]}-G", plan) if own else NodeCode(plan.code[entry.key])
    return Node(
        code=code,
        name=_name(plan, entry),
        nodes=tuple(child for child in inner if isinstance(child, Node)),
        items=(*own, *(child for child in inner if isinstance(child, RatedItem))),
        aliases=() if own else _aliases(plan, entry),
        provenance=_PROVENANCE,
    )


def _item(plan: _Plan, entry: Entry) -> RatedItem:
    return RatedItem(
        code=NodeCode(plan.code[entry.key]),
        name=_name(plan, entry),
        cells=_cells(plan, entry),
        aliases=_aliases(plan, entry),
        scope=entry.scope,
        questions=entry.questions,
        weight=entry.weight,
        provenance=_PROVENANCE,
    )


def _cells(plan: _Plan, entry: Entry) -> tuple[LevelCell, ...]:
    """A level without points asks nothing when nothing is below it, else the same as below."""
    code = plan.code[entry.key]
    cells: list[LevelCell] = []
    for place, level in enumerate(plan.head.levels, 1):
        points = [point for point in entry.points if point.level == place]
        is_first = not any(cell.kind is CellKind.CRITERIA for cell in cells)
        criteria = tuple(
            Criterion(
                id=CriterionId(f"{code}-{level.code}.{number}"),
                text=point.text,
                note=point.note,
                provenance=_PROVENANCE,
                answer_set=point.answer_set or ABSENT,
            )
            for number, point in enumerate(points, 1)
        )
        evidence = tuple(
            EvidenceRequest(code=f"{code}-L{level.code}-{number}", kind=EvidenceKind.DOCUMENT, title=title)
            for number, title in enumerate(entry.evidence if criteria and is_first else (), 1)
        )
        empty = CellKind.EMPTY if is_first else CellKind.SAME
        kind = CellKind.CRITERIA if criteria else empty
        cells.append(LevelCell(level=LevelCode(level.code), kind=kind, criteria=criteria, evidence=evidence))
    return tuple(cells)


def _edition(plan: _Plan, nodes: tuple[Node, ...]) -> Edition:
    head = plan.head
    return Edition(
        standard_id=head.standard_id,
        edition_id=head.edition_id,
        released_on=head.released_on,
        name=head.name,
        levels=head.levels,
        nodes=nodes,
        profiles=head.profiles,
        layers=_layers(head, max(map(_depth, nodes))),
        aliases=head.aliases,
        issuing_body=head.issuing_body,
        provenance=_PROVENANCE,
        provenance_note=head.source_note,
        languages=("zh", "en") if head.has_both_languages else (head.language,),
        base_level=LevelCode(head.base_level),
        half_steps=(),
        default_target=LevelCode(head.levels[-1].code),
        modules=_modules(plan),
        answer_sets=head.answer_sets or ABSENT,
    )


def _modules(plan: _Plan) -> tuple[Module, ...]:
    """Everything in a group that is assessed, by item."""
    taken = set(plan.taken)
    made: list[Module] = []
    for group in plan.head.groups:
        nodes = tuple(NodeCode(plan.code[key]) for key in group.keys if key in plan.holding)
        plain = slug(group.code) or "group"
        wish = f"scope-{plain}" if plain.lower() in plan.taken else plain
        tries = (wish, *(f"{wish}-{number}" for number in range(2, len(taken) + 3)))
        code = next(one for one in tries if one.lower() not in taken)
        if nodes:
            taken.add(code.lower())
            made.append(Module(code=code, name=group.name, nodes=nodes))
    return tuple(made)


def _layers(head: Head, depth: int) -> tuple[Text, ...]:
    def numbered(number: int) -> Text:
        both = Text(zh=f"第{number}层", en=f"Layer {number}")
        return both if head.has_both_languages else (Text(zh=both.zh) if head.language == "zh" else Text(en=both.en))

    named = head.layers[:depth]
    return (*named, *(numbered(number) for number in range(len(named) + 1, depth + 1)))


def _depth(node: Node) -> int:
    return 1 + max([1 if node.items else 0, *map(_depth, node.nodes)])


def _free(wish: str, plan: _Plan) -> NodeCode:
    number = 1
    code = wish
    while code.lower() in plan.taken:
        number += 1
        code = f"{wish}{number}"
    return NodeCode(code)


def _name(plan: _Plan, entry: Entry) -> Text:
    """The name, or what stands for it: the owner's id, or the beginning of the text."""
    head = plan.head
    first = entry.points[0].text if entry.points else Text()
    wanted = ("zh", "en") if head.has_both_languages else (head.language,)
    code = entry.codes[0] if entry.codes else ""

    def said(language: str, named: str, told: str) -> str:
        return named or ((code or title_of(told) or plan.code[entry.key]) if language in wanted else "")

    return Text(zh=said("zh", entry.name.zh, first.zh), en=said("en", entry.name.en, first.en))


def _aliases(plan: _Plan, entry: Entry) -> tuple[str, ...]:
    """The owner's ids, where they are not the code itself."""
    code = plan.code[entry.key]
    return tuple(dict.fromkeys(" ".join(one.split()) for one in entry.codes if one.strip() and one.strip() != code))


def _title(entry: Entry, plan: _Plan) -> str:
    name = entry.name.pick("zh" if plan.head.language == "zh" else "en")
    return f"{entry.codes[0]} {name}".strip() if entry.codes else name

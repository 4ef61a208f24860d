"""A standard as a book: the tree on the left, and the page of each place in it."""

from collections.abc import Callable
from dataclasses import dataclass

from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.standard import CellKind, Criterion, Edition, Level, LevelCell, Node, RatedItem, Threshold
from maturity_desktop.domain.text import Language, Text

ABOUT = NodeCode("*about")
GLOSSARY = NodeCode("*glossary")
_OPERATORS = {"<=": "≤", "<": "<", ">=": "≥", ">": ">", "=": "="}
Say = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One line of the tree; `code` names the page."""

    code: NodeCode
    title: str
    is_item: bool = False
    children: tuple["Leaf", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One criterion as the page shows it."""

    criterion_id: CriterionId
    text: str
    limit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One level cell; `word` says why it has no points."""

    title: str
    colour: str
    points: tuple[Point, ...] = ()
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A plain table below the text."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands on one page, from top to bottom."""

    code: NodeCode
    title: str
    trail: str = ""
    paragraphs: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    tables: tuple[Table, ...] = ()
    questions_title: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads an edition in one language; `say` gives the words around it."""

    edition: Edition
    language: Language
    say: Say

    def tree(self) -> tuple[Leaf, ...]:
        """Return the contents: what it is, its nodes and items, the glossary."""
        leaves = [Leaf(code=ABOUT, title=self.say("library.about"))]
        leaves += [self._leaf(node) for node in self.edition.nodes]
        if self.edition.glossary:
            leaves.append(Leaf(code=GLOSSARY, title=self.say("library.glossary")))
        return tuple(leaves)

    def page(self, code: NodeCode) -> Page:
        """Return the page of a place; the first page for a code that is not in the book."""
        item, node = self.edition.item_by_code.get(code), self.edition.node_by_code.get(code)
        if item is not None:
            return self._item(item)
        if node is not None:
            return self._node(node)
        return self._glossary() if code == GLOSSARY else self._about()

    def _text(self, text: Text) -> str:
        return text.pick(self.language)

    def _named(self, place: Node | RatedItem) -> str:
        return f"{place.code} {self._text(place.name)}"

    def _leaf(self, node: Node) -> Leaf:
        items = (Leaf(code=item.code, title=self._named(item), is_item=True) for item in node.items)
        nodes = (self._leaf(child) for child in node.nodes)
        return Leaf(code=node.code, title=self._named(node), children=(*nodes, *items))

    def _trail(self, code: NodeCode) -> str:
        return " › ".join(self._text(node.name) for node in self.edition.path_to(code))

    def _aliases(self, names: tuple[str, ...]) -> tuple[str, ...]:
        separator = self.say("library.separator")
        return (self.say("library.aliases", names=separator.join(names)),) if names else ()

    def _about(self) -> Page:
        edition = self.edition
        body = self._text(edition.issuing_body)
        released = edition.released_on.isoformat()
        facts = (
            (self.say("book.id"), edition.standard_id),
            (self.say("book.edition"), self.say("book.edition_value", edition=edition.edition_id, released=released)),
            (self.say("book.issuing_body"), body),
        )
        rows = tuple((name, value) for name, value in facts if value)
        tables = [Table(title="", head=(), rows=rows), self._levels(), self._profiles()]
        if edition.modules:
            tables.append(self._modules())
        paragraphs = (self._text(edition.provenance_note), *self._aliases(edition.aliases))
        return Page(
            code=ABOUT,
            title=self._text(edition.name),
            trail=self._text(edition.series),
            paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
            tables=tuple(tables),
        )

    def _levels(self) -> Table:
        rows = ((self._level_title(level), self._text(level.summary)) for level in self.edition.levels)
        head = (self.say("book.level"), self.say("book.meaning"))
        return Table(title=self.say("book.levels"), head=head, rows=tuple(rows))

    def _profiles(self) -> Table:
        rows = []
        for place, profile in enumerate(self.edition.profiles):
            name = self._text(profile.name)
            shown = name if place else self.say("book.profile_first", name=name)
            rows.append((shown, self._text(profile.note)))
        head = (self.say("book.profile"), self.say("book.how"))
        return Table(title=self.say("book.profiles"), head=head, rows=tuple(rows))

    def _modules(self) -> Table:
        edition, separator = self.edition, self.say("library.separator")
        rows = []
        for module in edition.modules:
            held = (edition.node_by_code.get(code) or edition.item_by_code.get(code) for code in module.nodes)
            rows.append((self._text(module.name), separator.join(self._named(one) for one in held if one)))
        head = (self.say("book.module"), self.say("book.holds"))
        return Table(title=self.say("book.modules"), head=head, rows=tuple(rows))

    def _glossary(self) -> Page:
        rows = []
        for term in self.edition.glossary:
            other = term.term.en if self.language == "zh" else term.term.zh
            rows.append((self._text(term.term), other, self._text(term.note)))
        head = (self.say("book.term"), self.say("book.other_language"), self.say("book.explanation"))
        return Page(
            code=GLOSSARY,
            title=self.say("library.glossary"),
            trail=self._text(self.edition.name),
            tables=(Table(title="", head=head, rows=tuple(rows)),),
        )

    def _node(self, node: Node) -> Page:
        rows = tuple((item.code, self._text(item.name), self._text(item.scope)) for item in node.all_items())
        head = (self.say("library.column.code"), self.say("library.kind.item"), "")
        return Page(
            code=node.code,
            title=self._named(node),
            trail=self._trail(node.code),
            paragraphs=self._aliases(node.aliases),
            tables=(Table(title=self.say("library.items_below"), head=head, rows=rows),),
        )

    def _item(self, item: RatedItem) -> Page:
        scope = (self._text(item.scope),) if item.scope else ()
        return Page(
            code=item.code,
            title=self._named(item),
            trail=self._trail(item.code),
            paragraphs=(*scope, *self._aliases(item.aliases)),
            columns=tuple(self._column(cell) for cell in item.cells),
            tables=self._evidence(item),
            questions_title=self.say("book.questions"),
            questions=tuple(self._text(question) for question in item.questions),
        )

    def _level_title(self, level: Level) -> str:
        name = self._text(level.name)
        return name if name.casefold() == level.code.casefold() else f"{level.code} {name}"

    def _level(self, cell: LevelCell) -> Level:
        return self.edition.levels[self.edition.level_index(cell.level) - 1]

    def _column(self, cell: LevelCell) -> Column:
        level = self._level(cell)
        word = ""
        if not cell.criteria:
            word = self.say("book.same" if cell.kind is CellKind.SAME else "book.empty")
        points = tuple(self._point(criterion) for criterion in cell.criteria)
        return Column(title=self._level_title(level), colour=level.colour, points=points, word=word)

    def _point(self, criterion: Criterion) -> Point:
        note = self.say("book.note", note=self._text(criterion.note)) if criterion.note else ""
        return Point(
            criterion_id=criterion.id,
            text=self._text(criterion.text),
            limit=self._limit(criterion.threshold),
            note=note,
        )

    def _limit(self, threshold: Threshold | None) -> str:
        if threshold is None:
            return ""
        return self.say(
            "book.limit",
            metric=self._text(threshold.metric),
            operator=_OPERATORS[threshold.operator.value],
            value=f"{threshold.value:f}",
            unit=self._text(threshold.unit),
        ).rstrip()

    def _evidence(self, item: RatedItem) -> tuple[Table, ...]:
        rows = tuple(
            (
                request.code,
                self._level_title(self._level(cell)),
                self.say(f"book.kind.{request.kind.value}"),
                self._text(request.title),
            )
            for cell in item.cells
            for request in cell.evidence
        )
        if not rows:
            return ()
        columns = ("evidence_code", "evidence_level", "evidence_kind", "evidence_title")
        head = tuple(self.say(f"book.{column}") for column in columns)
        return (Table(title=self.say("book.evidence"), head=head, rows=rows),)

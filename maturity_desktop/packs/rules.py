"""Meaning of a pack whose shape is right: references resolve, codes are unique, cells and levels fit together.

Every rule is one function that yields issues; `check` runs them all. Files with a wrong shape are left out, so that
one slip does not bring a tail of follow-on complaints.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from maturity_desktop.domain.standard import CellKind, Method, Operator
from maturity_desktop.errors import Issue
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.values import Place, Scalar, Table, Value, is_item, walk_nodes, walk_tables

_METHOD_OF_PARAMETER = {
    "share_pct": Method.SHARE_WITH_FLOOR,
    "floor_steps": Method.SHARE_WITH_FLOOR,
    "per": Method.AVERAGE,
    "partial_credit": Method.AVERAGE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A pack as far as its shape is right.

    Attributes:
        trees: the roots of the tree files, in the order of the pack.
        is_complete: whether no tree file had to be left out.
    """

    standard: Table
    trees: tuple[Table, ...]
    is_complete: bool = True

    @property
    def level_codes(self) -> tuple[str, ...]:
        """Level codes, lowest first."""
        return tuple(level.word("code") for level in self.standard.tables("levels"))

    @property
    def languages(self) -> tuple[str, ...]:
        """Declared languages."""
        return tuple(word.text.strip() for word in self.standard.scalars("languages"))

    def nodes(self) -> Iterator[tuple[Table, int]]:
        """Yield all node tables with their depth, parents first."""
        for tree in self.trees:
            yield from walk_nodes(tree)

    def items(self) -> Iterator[Table]:
        """Yield all rated items in the order of the pack."""
        return (node for node, _ in self.nodes() if is_item(node))

    def cells(self) -> Iterator[tuple[Table, str, Value]]:
        """Yield (item, level code, cell) in the order of the file."""
        for item in self.items():
            cells = item.table("cells")
            for code, cell in cells.entries.items() if cells else ():
                yield item, code, cell

    def criteria(self) -> Iterator[tuple[Table, str, Table]]:
        """Yield (item, level code, criterion) in the order of the file."""
        for item, level, cell in self.cells():
            if isinstance(cell, Table):
                for criterion in cell.tables("criteria"):
                    yield item, level, criterion


def check(draft: Draft) -> tuple[Issue, ...]:
    """Return every broken rule, in the order of the rules."""
    return tuple(found for rule in RULES for found in rule(draft))


def unique_names(draft: Draft) -> Iterator[Issue]:
    """Codes of nodes and items, ids of criteria, codes of evidence, levels, profiles and modules occur once."""
    nodes = [(node.word("code"), node.place_of("code")) for node, _ in draft.nodes()]
    modules = [(module.word("code"), module.place_of("code")) for module in draft.standard.tables("modules")]
    yield from _twice([*nodes, *modules])
    yield from _twice((point.word("id"), point.place_of("id")) for _, _, point in draft.criteria())
    yield from _twice((request.word("code"), request.place_of("code")) for _, _, request in _requests(draft))
    for key, name in (("levels", "code"), ("profiles", "id"), ("answer_sets", "code")):
        yield from _twice((entry.word(name), entry.place_of(name)) for entry in draft.standard.tables(key))
    for key in ("languages", "half_steps", "tree"):
        yield from _twice((word.text.strip(), word.place) for word in draft.standard.scalars(key))


def level_codes_have_no_gap(draft: Draft) -> Iterator[Issue]:
    """A scale of numbers counts up by one; a scale of words may be anything."""
    codes = draft.level_codes
    if not all(code.isdecimal() for code in codes):
        return
    for below, level in zip(codes, draft.standard.tables("levels")[1:], strict=False):
        if int(level.word("code")) != int(below) + 1:
            yield issue(Fault.LEVEL_GAP, level.place_of("code"), code=level.word("code"), below=below)


def named_levels_exist(draft: Draft) -> Iterator[Issue]:
    """`base_level` and `default_target` are on the scale."""
    for key in ("base_level", "default_target"):
        code = draft.standard.word(key)
        if code and code not in draft.level_codes:
            place = draft.standard.place_of(key)
            yield issue(Fault.LEVEL_UNKNOWN, place, key=key, code=code, known=", ".join(draft.level_codes))


def every_level_has_its_cell(draft: Draft) -> Iterator[Issue]:
    """Each rated item has exactly one cell per level of the scale."""
    for item in draft.items():
        cells = item.table("cells")
        present = cells.entries if cells else {}
        for code in draft.level_codes:
            if code not in present:
                yield issue(Fault.CELL_MISSING, item.place_of("cells"), item=item.word("code"), level=code)
    for item, code, cell in draft.cells():
        if code not in draft.level_codes:
            known = ", ".join(draft.level_codes)
            yield issue(Fault.CELL_OF_NO_LEVEL, cell.place, item=item.word("code"), level=code, known=known)


def same_needs_a_level_below(draft: Draft) -> Iterator[Issue]:
    """The lowest cell cannot say "same as below", nor can a cell with nothing but empty ones below."""
    for item in draft.items():
        cells = item.table("cells")
        has_below = False
        for code in draft.level_codes:
            cell = cells.entries.get(code) if cells else None
            if isinstance(cell, Table):
                has_below = True
            elif isinstance(cell, Scalar) and cell.text.strip() == CellKind.SAME and not has_below:
                yield issue(Fault.SAME_WITHOUT_BELOW, cell.place, item=item.word("code"), level=code)


def items_ask_something(draft: Draft) -> Iterator[Issue]:
    """A rated item has at least one criterion, else it would reach the top of the scale unasked."""
    for item in draft.items():
        cells = item.table("cells")
        if cells is not None and not any(isinstance(cell, Table) for cell in cells.entries.values()):
            yield issue(Fault.NO_CRITERIA, cells.place, item=item.word("code"))


def criterion_ids_tell_their_cell(draft: Draft) -> Iterator[Issue]:
    """An id is ``<item code>-<level>.<number>``; the number may have gaps, since ids stay for ever."""
    for item, level, criterion in draft.criteria():
        head, _, number = criterion.word("id").rpartition(".")
        expected = f"{item.word('code')}-{level}"
        if head != expected or not _is_counting_number(number):
            place = criterion.place_of("id")
            yield issue(Fault.CRITERION_ID, place, id=criterion.word("id"), example=f"{expected}.1")


def evidence_codes_tell_their_cell(draft: Draft) -> Iterator[Issue]:
    """A code is ``<item code>-L<level>-<number>``, the numbers of one cell counting 1, 2, 3 over all kinds.

    Source: evidence list of the public self-assessment kit (domain facts 4.5).
    """
    for item, level, cell in draft.cells():
        requests = cell.tables("evidence") if isinstance(cell, Table) else ()
        for number, request in enumerate(requests, 1):
            expected = f"{item.word('code')}-L{level}-{number}"
            if request.word("code") != expected:
                place = request.place_of("code")
                yield issue(Fault.EVIDENCE_CODE, place, code=request.word("code"), expected=expected)


def thresholds_can_be_met_and_missed(draft: Draft) -> Iterator[Issue]:
    """A limit that everything or nothing meets is a slip of the pen: counts and times are never below zero."""
    for _, _, criterion in draft.criteria():
        threshold = criterion.table("threshold")
        if threshold is not None and not _makes_sense(threshold):
            shown = f"{threshold.word('operator')} {threshold.word('value')}"
            yield issue(Fault.THRESHOLD, threshold.place, id=criterion.word("id"), shown=shown)


def profile_parameters_fit(draft: Draft) -> Iterator[Issue]:
    """Parameters belong to the method and lie in their range."""
    steps = max(len(draft.level_codes) - 1, 0)
    for profile in draft.standard.tables("profiles"):
        for key, method in _METHOD_OF_PARAMETER.items():
            if key in profile.entries and profile.word("method") != method:
                yield issue(
                    Fault.PARAMETER_OF_OTHER_METHOD, profile.key_places[key], key=key, method=profile.word("method")
                )
        share = Decimal(profile.word("share_pct", "100"))
        if not 0 < share <= 100:
            yield _out_of_range(profile, "share_pct", "1-100")
        if not 0 <= int(profile.word("floor_steps", "0")) <= steps:
            yield _out_of_range(profile, "floor_steps", f"0-{steps}")
        if not 0 <= Decimal(profile.word("partial_credit", "0")) <= 1:
            yield _out_of_range(profile, "partial_credit", "0-1")


def answer_sets_fit(draft: Draft) -> Iterator[Issue]:
    """Criteria name answer sets that exist; every choice has its own code and earns 0 to 1."""
    known = [answers.word("code") for answers in draft.standard.tables("answer_sets")]
    for _, _, criterion in draft.criteria():
        code = criterion.word("answers")
        if code and code not in known:
            place = criterion.place_of("answers")
            yield issue(Fault.ANSWER_SET_UNKNOWN, place, id=criterion.word("id"), code=code, known=", ".join(known))
    for answers in draft.standard.tables("answer_sets"):
        yield from _twice((choice.word("code"), choice.place_of("code")) for choice in answers.tables("choices"))
        for choice in answers.tables("choices"):
            if not 0 <= Decimal(choice.word("credit")) <= 1:
                yield _out_of_range(choice, "credit", "0-1")


def weights_are_positive(draft: Draft) -> Iterator[Issue]:
    """A weight of zero would take an item out of the average without saying so."""
    for item in draft.items():
        if Decimal(item.word("weight", "1")) <= 0:
            yield _out_of_range(item, "weight", "> 0")


def module_nodes_exist(draft: Draft) -> Iterator[Issue]:
    """Modules name nodes or items of the tree; judged only when every tree file could be read."""
    known = {node.word("code") for node, _ in draft.nodes()}
    for module in draft.standard.tables("modules") if draft.is_complete else ():
        for node in module.scalars("nodes"):
            if node.text.strip() not in known:
                yield issue(Fault.NODE_UNKNOWN, node.place, module=module.word("code"), code=node.text.strip())


def texts_are_there_in_every_language(draft: Draft) -> Iterator[Issue]:
    """Every text stands in all declared languages and in no other."""
    for root in (draft.standard, *draft.trees):
        for table in walk_tables(root):
            present = [language for language in ("zh", "en") if language in table.entries]
            if not present:
                continue
            for language in draft.languages:
                if language not in present:
                    yield issue(Fault.TEXT_MISSING, table.place, language=language)
            for language in present:
                if language not in draft.languages:
                    yield issue(Fault.LANGUAGE_UNDECLARED, table.place_of(language), language=language)


def items_lie_on_the_last_layer(draft: Draft) -> Iterator[Issue]:
    """The layer names say how deep the tree is: rated items stand on the last one, nothing below it.

    A standard with `uneven_depth` may have rated items on any layer.
    """
    layers = len(draft.standard.tables("layers"))
    is_uneven = draft.standard.word("uneven_depth") == "true"
    for node, depth in draft.nodes():
        if is_uneven and depth <= layers - (not is_item(node)):
            continue
        if is_item(node) != (depth == layers):
            yield issue(Fault.DEPTH, node.place, code=node.word("code"), depth=depth, layers=layers)


def _requests(draft: Draft) -> Iterator[tuple[Table, str, Table]]:
    for item, level, cell in draft.cells():
        if isinstance(cell, Table):
            for request in cell.tables("evidence"):
                yield item, level, request


def _twice(named: Iterable[tuple[str, Place]]) -> Iterator[Issue]:
    first: dict[str, Place] = {}
    for name, place in named:
        if name in first:
            yield issue(Fault.TWICE, place, name=name, other=first[name])
        first.setdefault(name, place)


def _is_counting_number(word: str) -> bool:
    return word.isdecimal() and word.isascii() and word == str(int(word)) and word != "0"


def _makes_sense(threshold: Table) -> bool:
    value = Decimal(threshold.word("value"))
    operator = Operator(threshold.word("operator"))
    unit = threshold.table("unit")
    top = Decimal(100) if unit is not None and "%" in (unit.word("zh"), unit.word("en")) else None
    if value < 0 or (top is not None and value > top):
        return False
    never = (operator is Operator.LESS and value == 0) or (operator is Operator.MORE and value == top)
    always = (operator is Operator.AT_LEAST and value == 0) or (operator is Operator.AT_MOST and value == top)
    return not never and not always


def _out_of_range(table: Table, key: str, bounds: str) -> Issue:
    return issue(Fault.PARAMETER_OUT_OF_RANGE, table.place_of(key), key=key, found=table.word(key), bounds=bounds)


RULES = (
    unique_names,
    level_codes_have_no_gap,
    named_levels_exist,
    every_level_has_its_cell,
    same_needs_a_level_below,
    items_ask_something,
    criterion_ids_tell_their_cell,
    evidence_codes_tell_their_cell,
    thresholds_can_be_met_and_missed,
    profile_parameters_fit,
    answer_sets_fit,
    weights_are_positive,
    module_nodes_exist,
    texts_are_there_in_every_language,
    items_lie_on_the_last_layer,
)

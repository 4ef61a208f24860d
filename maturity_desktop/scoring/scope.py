"""Which rated items an assessment covers."""

from collections.abc import Iterable

from maturity_desktop.domain.engagement import Scope
from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.standard import Edition, RatedItem


def items_below(edition: Edition, codes: Iterable[NodeCode]) -> tuple[RatedItem, ...]:
    """Return the rated items at or below these nodes, each once, in the order of the pack; unknown codes add none."""
    wanted: set[NodeCode] = set()
    for code in codes:
        node = edition.node_by_code.get(code)
        wanted.update([code] if node is None else (item.code for item in node.all_items()))
    return tuple(item for item in edition.items if item.code in wanted)


def items_in_scope(edition: Edition, scope: Scope) -> tuple[RatedItem, ...]:
    """Return the rated items of the chosen modules and nodes together, in the order of the pack."""
    if scope.is_whole:
        return edition.items
    chosen = set(scope.modules)
    of_modules = (code for module in edition.modules if module.code in chosen for code in module.nodes)
    return items_below(edition, (*of_modules, *scope.nodes))

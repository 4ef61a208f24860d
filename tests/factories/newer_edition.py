"""A newer edition of a shipped standard, written as a real pack beside the old one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.standard import CellKind, Criterion, Edition, LevelCell, Node, RatedItem
from maturity_desktop.domain.text import Text
from maturity_desktop.packs.write import PackContent, pack_files

NEW_TEXT = Text(
    zh="每次提交在 20 分钟内得到构建结果，失败的构建在 2 小时内修复。",
    en="Each commit gets its build result within 20 minutes, and a failed build is mended within 2 hours.",
)


def write_edition(edition: Edition, root: Path) -> Path:
    """Write an edition as a pack folder below a folder of standards."""
    folder = root / edition.standard_id / edition.edition_id
    folder.mkdir(parents=True)
    for name, content in pack_files(PackContent(edition=edition)).items():
        (folder / name).write_bytes(content)
    return folder


def newer(edition: Edition, *, reworded: CriterionId, removed: CriterionId, dropped_item: NodeCode) -> Edition:
    """Return the next edition: one criterion says something else, one is gone, one item is gone, one is new."""

    def mended(criterion: Criterion) -> Criterion:
        return replace(criterion, text=NEW_TEXT, threshold=None) if criterion.id == reworded else criterion

    def cell(each: LevelCell) -> LevelCell:
        criteria = tuple(mended(one) for one in each.criteria if one.id != removed)
        kind = each.kind if criteria or each.kind is not CellKind.CRITERIA else CellKind.EMPTY
        return replace(each, kind=kind, criteria=criteria, evidence=each.evidence if criteria else ())

    def item(each: RatedItem) -> RatedItem:
        return replace(each, cells=tuple(cell(one) for one in each.cells))

    def node(each: Node) -> Node:
        items = tuple(item(one) for one in each.items if one.code != dropped_item)
        return replace(each, nodes=tuple(node(one) for one in each.nodes), items=items)

    nodes = tuple(node(each) for each in edition.nodes)
    return replace(edition, edition_id="2027.1", released_on=date(2027, 3, 1), nodes=nodes)

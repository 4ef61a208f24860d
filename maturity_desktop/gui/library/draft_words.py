"""An import and a comparison in words, as their pages show them."""

from collections.abc import Iterable, Iterator

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.standard import Edition, Method, Node, RatedItem
from maturity_desktop.errors import Issue
from maturity_desktop.gui.common.differences.state import DifferenceRow, DifferencesProps, Side
from maturity_desktop.gui.common.fact_strip import Fact
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.library import words
from maturity_desktop.gui.library.state.book import Leaf
from maturity_desktop.gui.library.state.drafts import ComparisonProps, DraftProps, DraftTab, FaultRow, LeftRow
from maturity_desktop.services import authoring
from maturity_desktop.services.adopting import Comparison, ImportDraft
from maturity_desktop.services.authoring import Difference, Left
from maturity_desktop.wording import say_issue

_WORKBOOK, _TABLE = "workbook", "table"
_SHOWN_ITEMS, _REST = 500, NodeCode("*rest")
_WITH_GROUPS = ("ciso", "ciso-excel")


def draft_props(draft: ImportDraft, speech: Speech) -> DraftProps:
    """Return what the page of an import shows."""
    plan, say = draft.plan, speech.say
    faults = fault_rows(plan.issues, speech, has_cells=plan.form in (_WORKBOOK, _TABLE))
    differences = _against_base(draft, speech)
    is_news = bool(differences.rows) or draft.base is None
    opens_at = DraftTab.DIFFERENCES if draft.base is not None else DraftTab.CONTENTS
    return DraftProps(
        title=say("importing.title", name=draft.source.name),
        verdict=_verdict(draft, speech),
        tone=Tone.BAD if not plan.is_possible else Tone.NOTE if is_news else Tone.WARN,
        facts=tuple(_facts(draft, speech)),
        differences=differences,
        faults=faults,
        left=left_rows(plan.left, speech),
        contents=leaves(draft.edition, speech) if draft.edition is not None else (),
        can_accept=plan.is_possible,
        can_save_faults=plan.form == _WORKBOOK and bool(plan.issues),
        has_columns=plan.form == _TABLE,
        groups=draft.wishes.groups.value if _has_groups(draft) else "",
        opens_at=opens_at if plan.is_possible else DraftTab.FAULTS,
    )


def comparison_props(found: Comparison, speech: Speech) -> ComparisonProps:
    """Return what the page of a comparison shows."""
    before, after = edition_title(found.old, speech), edition_title(found.new, speech)
    rows = difference_rows(found.differences, speech)
    told = speech.say("importing.against", **_counted(found.differences, found.unchanged))
    return ComparisonProps(
        title=speech.say("importing.compared"),
        facts=(
            Fact(caption=speech.say("importing.compare_old"), value=before),
            Fact(caption=speech.say("importing.compare_new"), value=after),
        ),
        differences=DifferencesProps(
            rows=rows,
            note=told if rows else speech.say("importing.editions_equal"),
            before=f"{found.old.standard_id} {found.old.edition_id}",
            after=f"{found.new.standard_id} {found.new.edition_id}",
        ),
    )


def edition_title(edition: Edition, speech: Speech) -> str:
    """Return an edition by name and number."""
    return f"{words.standard_name(edition.part, edition.name, speech)}  {edition.edition_id}"


def difference_rows(found: Iterable[Difference], speech: Speech) -> tuple[DifferenceRow, ...]:
    """Return one row per thing that differs."""
    return tuple(_difference(place, one, speech) for place, one in enumerate(found))


def fault_rows(issues: Iterable[Issue], speech: Speech, *, has_cells: bool) -> tuple[FaultRow, ...]:
    """Return one row per fault; columns of workbooks are named as people name them, with their heading."""
    return tuple(_fault(place, one, speech, has_cells=has_cells) for place, one in enumerate(issues))


def left_rows(left: Iterable[Left], speech: Speech) -> tuple[LeftRow, ...]:
    """Return one row per kind of thing that is not carried."""
    separator = speech.say("importing.separator")
    return tuple(
        LeftRow(
            order=place,
            what=speech.say(f"authoring.left.{one.what}"),
            count=one.count,
            examples=separator.join(one.examples),
        )
        for place, one in enumerate(left)
    )


def leaves(edition: Edition, speech: Speech) -> tuple[Leaf, ...]:
    """Return the tree of an edition with the number of criteria of each rated item; of a very large one its start."""
    left = [_SHOWN_ITEMS]
    shown = tuple(_node_leaf(node, speech, left) for node in edition.nodes if left[0] > 0)
    hidden = len(edition.item_by_code) - (_SHOWN_ITEMS - left[0])
    if not hidden:
        return shown
    return (*shown, Leaf(code=_REST, title=speech.say("importing.leaves_more", count=hidden)))


def _node_leaf(node: Node, speech: Speech, left: list[int]) -> Leaf:
    inner = tuple(_node_leaf(one, speech, left) for one in node.nodes if left[0] > 0)
    items = node.items[: left[0]]
    left[0] -= len(items)
    below = (*inner, *(_item_leaf(one, speech) for one in items))
    return Leaf(code=NodeCode(node.code), title=f"{node.code}  {speech.pick(node.name)}", children=below)


def _item_leaf(item: RatedItem, speech: Speech) -> Leaf:
    count = len(tuple(item.criteria))
    title = speech.say("importing.leaf", code=item.code, name=speech.pick(item.name), count=count)
    return Leaf(code=item.code, title=title, is_item=True)


def _verdict(draft: ImportDraft, speech: Speech) -> str:
    plan, say = draft.plan, speech.say
    errors = sum(issue.is_error for issue in plan.issues)
    if not plan.is_possible:
        return say("importing.has_faults", count=errors)
    hints = say("importing.has_hints", count=len(plan.issues)) if plan.issues else ""
    if draft.base is None:
        return say("importing.is_new") + hints
    key = "importing.would_change" if draft.differences else "importing.same_as_installed"
    return say(key, count=len(draft.differences)) + hints


def _facts(draft: ImportDraft, speech: Speech) -> Iterator[Fact]:
    plan, say, edition, counts = draft.plan, speech.say, draft.edition, draft.counts
    yield Fact(caption=say("importing.fact.form"), value=say(f"importing.form.{plan.form}"))
    if edition is None or counts is None:
        return
    yield Fact(caption=say("importing.fact.standard"), value=f"{edition.standard_id} {edition.edition_id}")
    if plan.source is not None and plan.carried is not None:
        shown = f"{plan.carried.assessed} / {plan.source.assessed}"
        yield Fact(caption=say("importing.fact.carried"), value=shown)
    numbers = {"nodes": counts.nodes, "items": counts.rated_items, "criteria": counts.criteria}
    numbers |= {"evidence": counts.evidence_requests}
    for key, number in numbers.items():
        yield Fact(caption=say(f"importing.fact.{key}"), value=str(number))
    sides = say("library.separator").join(say(f"importing.side_{one}") for one in counts.languages)
    yield Fact(caption=say("importing.fact.languages"), value=sides or say("library.no_language"))
    yield Fact(caption=say("importing.fact.levels"), value=" ".join(level.code for level in edition.levels))


def _against_base(draft: ImportDraft, speech: Speech) -> DifferencesProps:
    say, base, edition = speech.say, draft.base, draft.edition
    if edition is None:
        return DifferencesProps(rows=(), note=say("importing.faults_first"), before="", after="")
    if base is None:
        note = say("importing.nothing_installed", standard=edition.standard_id)
        return DifferencesProps(rows=(), note=note, before="", after="")
    rows = difference_rows(draft.differences, speech)
    told = say("importing.against_installed", edition=base.edition_id, **_counted(draft.differences, draft.unchanged))
    return DifferencesProps(
        rows=rows,
        note=told if rows else say("importing.equal_to", edition=base.edition_id),
        before=say("importing.before", edition=base.edition_id),
        after=say("importing.after", edition=edition.edition_id),
    )


def _counted(found: Iterable[Difference], unchanged: int) -> dict[str, int]:
    kinds = [one.kind.value for one in found if one.what == "criteria" and one.label]  # cells have no text
    return {**{kind: kinds.count(kind) for kind in ("added", "removed", "changed")}, "unchanged": unchanged}


def _difference(place: int, one: Difference, speech: Speech) -> DifferenceRow:
    say = speech.say
    sides = tuple(Side(field=_field(each.field, speech), old=each.old, new=each.new) for each in one.fields)
    changed = say("library.separator").join(side.field for side in sides) if one.kind.value == "changed" else ""
    value = next((each.new or each.old for each in one.fields if each.field == "value"), "")
    return DifferenceRow(
        order=place,
        kind=one.kind.value,
        kind_word=say(f"importing.kind.{one.kind.value}"),
        what=one.what,
        what_word=say(f"importing.thing.{one.what}"),
        id=one.id,
        place=" · ".join(one.place),
        fields=changed,
        text=speech.pick(one.label) or value,
        sides=sides,
    )


def _field(name: str, speech: Speech) -> str:
    """``label::zh`` is the text in Chinese."""
    key, _, side = name.partition("::")
    word = speech.say(f"importing.field.{key}")
    return speech.say("importing.field_side", field=word, side=speech.say(f"importing.side_{side}")) if side else word


def _fault(place: int, one: Issue, speech: Speech, *, has_cells: bool) -> FaultRow:
    where = authoring.cell_place(one)
    what, mend = authoring.what_and_mend(speech.language, one)
    column = " ".join(part for part in (where.column, where.heading) if part) if has_cells else ""
    weight = speech.say("library.error" if one.is_error else "library.warning")
    cell = f"{where.sheet}!{where.column}{where.row}" if has_cells and where.row else one.place
    return FaultRow(
        order=place,
        is_error=one.is_error,
        weight=weight,
        sheet=where.sheet,
        row=where.row,
        column=column,
        what=what,
        mend=mend,
        line=f"{cell}\t{weight}\t{one.code}\t{say_issue(speech.language, one)}",
    )


def _has_groups(draft: ImportDraft) -> bool:
    edition = draft.edition
    if edition is None or draft.plan.form not in _WITH_GROUPS:
        return False
    return bool(edition.modules) or any(profile.method is Method.CUMULATIVE_GATE for profile in edition.profiles)

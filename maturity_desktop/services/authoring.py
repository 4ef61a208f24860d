"""Making and mending standards: the authoring workbook out and in, models from elsewhere, and what differs."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from maturity_desktop import packs
from maturity_desktop.domain import canonical
from maturity_desktop.domain.ids import Digest
from maturity_desktop.domain.standard import Edition
from maturity_desktop.errors import InputRejected, Issue
from maturity_desktop.packs.changes import Change, ChangeKind, Difference, changes, differences
from maturity_desktop.packs.foreign.build import Counts, Imported
from maturity_desktop.packs.foreign.entries import Left
from maturity_desktop.packs.foreign.scales import Groups
from maturity_desktop.packs.foreign.table import Columns
from maturity_desktop.packs.gather import gather
from maturity_desktop.packs.grids import Book, Grid, Sheet
from maturity_desktop.packs.guide import CellPlace, cell_place, errors_sheet, readme_sheet, what_and_mend
from maturity_desktop.packs.store import store
from maturity_desktop.packs.write import PackContent, pack_files
from maturity_desktop.services import examples, mappings, pack_signatures, standards
from maturity_desktop.services.context import Machine
from maturity_desktop.system.files import write_atomically
from maturity_desktop.system.progress import Progress, silent

__all__ = [
    "CellPlace",
    "Change",
    "ChangeKind",
    "Difference",
    "Exported",
    "Groups",
    "ImportPlan",
    "ImportWishes",
    "Left",
    "PackContent",
    "PackCounts",
    "carry_out",
    "cell_place",
    "compare",
    "content_at",
    "content_of",
    "counts_of",
    "differences",
    "digest_of",
    "export_workbook",
    "foreign_plan",
    "plan_import",
    "what_and_mend",
    "with_shared_links",
    "write_errors",
]

_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A workbook that was written. `rows` counts the filled rows of each sheet, `counts` what the standard holds."""

    path: Path
    sha256: str
    digest: Digest
    rows: dict[str, int]
    counts: "PackCounts"
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCounts:
    """What is in a pack."""

    nodes: int
    rated_items: int
    criteria: int
    evidence_requests: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would do; nothing is written yet.

    Attributes:
        form: workbook, ciso, ciso-excel, samm, oscal, table or pack.
        files: of a pack its own files, which go over as they are.
        source: what a foreign model holds, and `carried` what of it came along; absent for our own workbook.
        left: what is not carried, or not in the same form.
        content: the pack to be; None when faults forbid it, or when a library has no framework (AUT-016).
        replaces: whether the folder holds a pack now; then `changes` tells what would differ.
        issues: faults and warnings; an error forbids the import.
    """

    name: str
    form: str
    content: PackContent | None
    issues: tuple[Issue, ...] = ()
    source: Counts | None = None
    carried: Counts | None = None
    left: tuple[Left, ...] = ()
    replaces: bool = False
    changes: tuple[Change, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_possible(self) -> bool:
        """Whether there is no fault."""
        return self.content is not None and not any(issue.is_error for issue in self.issues)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWishes:
    """What the user says about a file.

    Attributes:
        columns: the column file of a plain table, or its content.
        groups: what implementation groups become.
        framework: which one of a library with several, by id, URN or name; "" is the first.
    """

    columns: Path | Columns | None = None
    groups: Groups = field(default=Groups.AUTO)
    framework: str = ""


def export_workbook(machine: Machine, standard_id: str, target: Path, edition_id: str = "") -> Exported:
    """Write a standard as an authoring workbook, with the links that start at it and what `check` finds.

    Raises:
        EnvironmentProblem: PACK-001 no such standard; SYS-0xx the disk refuses.
        InputRejected: PACK-002 the pack has errors.
    """
    from maturity_desktop.packs import spreadsheet
    from maturity_desktop.packs.sheets import sheets_of

    content = content_of(machine, standard_id, edition_id)
    sheets = sheets_of(content)
    found = packs.examine_book(_as_book(sheets)).issues
    whole = (readme_sheet(), *sheets, errors_sheet(found))
    made = spreadsheet.write(whole, content.edition.released_on)
    write_atomically(target, made)
    return Exported(
        path=target,
        sha256=hashlib.sha256(made).hexdigest(),
        digest=canonical.digest(content.edition),
        rows={sheet.name: len(sheet.rows) for sheet in sheets},
        counts=counts_of(content.edition),
        issues=found,
    )


def content_of(machine: Machine, standard_id: str, edition_id: str = "") -> PackContent:
    """Return everything of an installed standard, the shipped links that start at it included; raises as `load`."""
    edition = standards.load(machine, standard_id, edition_id)
    examined = packs.examine(standards.place_of(machine, edition))
    if examined.content is None:
        raise InputRejected("PACK-002", examined.issues, name=standard_id)
    return with_shared_links(machine, examined.content)


def with_shared_links(machine: Machine, content: PackContent) -> PackContent:
    """Return a pack with the links that start at its standard in the mapping files beside the packs."""
    own = {(link.source, link.target_standard, link.target) for link in content.links}
    standard_id = content.edition.standard_id
    shared = (link for link in mappings.shared(machine) if link.source_standard == standard_id)
    further = (link for link in shared if (link.source, link.target_standard, link.target) not in own)
    return replace(content, links=(*content.links, *further))


def plan_import(
    machine: Machine,
    file: Path,
    into: Path | None = None,
    wishes: ImportWishes | None = None,
    progress: Progress = silent,
) -> ImportPlan:
    """Read a file and tell what importing it into a folder would change; nothing is written.

    Raises:
        Cancelled: `progress` said so.
        InputRejected: AUT-001 to AUT-019 the file cannot be read at all or is refused.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    from maturity_desktop.packs.foreign.recognise import Wishes, recognise

    wishes = wishes or ImportWishes()
    progress(0, _STEPS)
    if _is_pack(file):
        return _compared(_with_examples(_pack_plan(machine, file)), into)
    said = Wishes(today=machine.clock.today(), columns=wishes.columns, groups=wishes.groups, framework=wishes.framework)
    seen = recognise(file, said)
    progress(1, _STEPS)
    if seen.book is not None:
        examined = packs.examine_book(seen.book)
        plan = ImportPlan(name=file.name, form=seen.form, content=examined.content, issues=examined.issues)
        progress(2, _STEPS)
        return _with_examples(_compared(plan, into))
    if seen.imported is None:
        nothing = Issue(code="AUT-016", place=file.name, values=(("name", file.name),))
        return ImportPlan(name=file.name, form=seen.form, content=None, issues=(nothing,), left=seen.left)
    return _compared(foreign_plan(file.name, seen.form, seen.imported), into)


def carry_out(plan: ImportPlan, into: Path) -> tuple[Path, ...]:
    """Write the pack of a plan into a folder, replacing an older pack there, and return the files.

    Raises:
        InputRejected: AUT-005 with all faults; nothing is written.
        EnvironmentProblem: AUT-010 the folder holds other things; SYS-0xx the disk refuses.
    """
    if plan.content is None or not plan.is_possible:
        faults = [issue for issue in plan.issues if issue.is_error]
        raise InputRejected("AUT-005", faults, name=plan.name)
    return store(plan.files or pack_files(plan.content), into.resolve())


def write_errors(file: Path, issues: tuple[Issue, ...], target: Path) -> None:
    """Write a copy of an authoring workbook whose sheet `errors` names every fault by sheet, row and column.

    Raises:
        InputRejected: AUT-003 the file is no workbook.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    from maturity_desktop.packs import spreadsheet

    made = spreadsheet.with_sheet(spreadsheet.load(file), errors_sheet(issues), file.name)
    write_atomically(target, made)


def compare(old: PackContent, new: PackContent) -> tuple[Change, ...]:
    """Return what differs between two packs, criterion by criterion, by stable id."""
    return changes(old, new)


def content_at(machine: Machine, name: str) -> PackContent:
    """Return a pack named by its folder or file, or an installed standard as ``id`` or ``id@edition``.

    Raises:
        EnvironmentProblem: PACK-001 no such standard; SYS-0xx the disk refuses.
        InputRejected: PACK-002 the pack has errors.
    """
    path = Path(name)
    if not path.exists():
        standard_id, _, edition_id = name.partition("@")
        return content_of(machine, standard_id, edition_id)
    examined = packs.examine(path)
    if examined.content is None:
        faults = [issue for issue in examined.issues if issue.is_error]
        raise InputRejected("PACK-002", faults, name=path.name)
    return examined.content


def _as_book(sheets: Sequence[Sheet]) -> Book:
    """What the sheets will be when they are read again."""
    return Book(
        grids={
            sheet.name: Grid(name=sheet.name, rows=(tuple(column.name for column in sheet.columns), *sheet.rows))
            for sheet in sheets
        }
    )


def foreign_plan(name: str, form: str, imported: Imported) -> ImportPlan:
    """Return the plan for what an importer made.

    It must be a pack like any other; its wording is its owner's and is not judged.
    """
    content = PackContent(edition=imported.edition)
    again = packs.examine_files(packs.limited(pack_files(content)), judges_wording=False)
    faults = tuple(issue for issue in again.issues if issue.is_error)
    return ImportPlan(
        name=name,
        form=form,
        content=content,
        issues=faults,
        source=imported.found,
        carried=imported.carried,
        left=imported.left,
    )


def _is_pack(path: Path) -> bool:
    return path.suffix == packs.SUFFIX or (path.is_dir() and (path / packs.HEAD_FILE).is_file())


def _pack_plan(machine: Machine, path: Path) -> ImportPlan:
    """A pack is taken over as it is, to the byte of its files; a signature that does not hold forbids it.

    The signature comes along where it still holds there: not when it covers files besides those of a pack.
    """
    files = gather(path)
    examined = packs.examine_files(files)
    faults = pack_signatures.judge(machine, path).faults
    names = tuple(one.name for one in files.others)
    beside = (Left(what="files", count=len(names), examples=names[:3], named=names),) if names else ()
    seal = {} if names else files.seal
    return ImportPlan(
        name=path.name,
        form="pack",
        content=examined.content,
        issues=(*examined.issues, *faults),
        files={**files.contents, **seal},
        left=beside,
    )


def _compared(plan: ImportPlan, into: Path | None) -> ImportPlan:
    if plan.content is None or into is None or not (into / packs.HEAD_FILE).is_file():
        return plan
    old = packs.examine(into).content
    return replace(plan, replaces=old is not None, changes=changes(old, plan.content) if old is not None else ())


def _with_examples(plan: ImportPlan) -> ImportPlan:
    if plan.content is None:
        return plan
    return replace(plan, issues=(*plan.issues, *examples.run(plan.content)))


def digest_of(edition: Edition) -> Digest:
    """Return the digest an edition is known by."""
    return canonical.digest(edition)


def counts_of(edition: Edition) -> PackCounts:
    """Count what is in an edition."""
    summary = packs.summarise(edition)
    return PackCounts(
        nodes=len(edition.node_by_code),
        rated_items=summary.rated_items,
        criteria=summary.criteria,
        evidence_requests=summary.evidence_requests,
        languages=summary.languages_complete,
    )

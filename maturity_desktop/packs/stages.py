"""The stages in order: gather, read, schema, rules, compile. Collects every issue; compiles only what has no error."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.domain.mapping import CriterionLink
from maturity_desktop.domain.standard import Edition
from maturity_desktop.errors import InputRejected, Issue
from maturity_desktop.packs import quality, rules, schema
from maturity_desktop.packs.compile import compile_draft
from maturity_desktop.packs.gather import HEAD_FILE, LINKS_FILE, PackFiles, gather, stays_inside
from maturity_desktop.packs.grids import Book
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.links import dangling_links, links_in, read_links
from maturity_desktop.packs.read import read_document
from maturity_desktop.packs.rules import Draft
from maturity_desktop.packs.unsheet import unsheet
from maturity_desktop.packs.values import Place, Table, plain
from maturity_desktop.packs.write import PackContent


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A pack after all stages; `edition` is None when any issue is an error.

    Attributes:
        draft: the values it was judged by; None when not even the standard has its shape.
        links: the pack's own mappings to other standards.
    """

    edition: Edition | None
    issues: tuple[Issue, ...]
    draft: Draft | None = None
    links: tuple[CriterionLink, ...] = ()

    @property
    def content(self) -> PackContent | None:
        """Everything the pack holds, or None when it has errors."""
        if self.edition is None or self.draft is None:
            return None
        examples = tuple(plain(example) for example in self.draft.standard.tables("examples"))
        told = tuple(example for example in examples if isinstance(example, Mapping))
        return PackContent(edition=self.edition, examples=told, links=self.links)


@dataclass(slots=True)
class _Reading:
    """The files, and what has been found in them so far."""

    files: PackFiles
    issues: list[Issue]


def examine(path: Path) -> Examined:
    """Check a pack folder or `*.mdpack` file to the last word, its wording included.

    Raises:
        EnvironmentProblem: SYS-0xx when the disk refuses.
    """
    return examine_files(gather(path))


def examine_files(files: PackFiles, *, judges_wording: bool = True) -> Examined:
    """Check the gathered files of a pack; wording that is not ours need not be judged."""
    draft, issues = draft_of(files)
    links, about_links = read_links(LINKS_FILE, files.contents.get(LINKS_FILE))
    return _examined(draft, (*issues, *about_links), links, judges_wording=judges_wording)


def examine_book(book: Book) -> Examined:
    """Check an authoring workbook in the same way; the places of its issues are sheet, row and column."""
    made = unsheet(book)
    shape = [
        *schema.check_standard(made.standard),
        *(found for tree in made.trees for found in schema.check_tree(tree)),
    ]
    about_links = schema.check_links(made.links) if made.links else ()
    links = () if about_links or made.links is None else links_in(made.links)
    if shape:
        return Examined(edition=None, issues=_once((*made.issues, *shape, *about_links)))
    draft = Draft(standard=made.standard, trees=made.trees)
    return _examined(draft, (*made.issues, *about_links, *rules.check(draft)), links)


def _examined(
    draft: Draft | None, issues: tuple[Issue, ...], links: tuple[CriterionLink, ...], *, judges_wording: bool = True
) -> Examined:
    if draft is None:
        return Examined(edition=None, issues=issues)
    known = {criterion.word("id") for _, _, criterion in draft.criteria()}
    dangling = dangling_links(links, {draft.standard.word("id"): known}) if draft.is_complete else ()
    whole = _once((*issues, *dangling))
    edition = None if _has_errors(whole) else compile_draft(draft)
    judged = quality.check(draft) if judges_wording else ()
    return Examined(edition=edition, issues=(*whole, *judged), draft=draft, links=links)


def _once(issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
    return tuple(dict.fromkeys(issues))


def compile_files(files: PackFiles, name: str) -> Edition:
    """Return the edition of already gathered files.

    Raises:
        InputRejected: PACK-002 with all issues that are errors.
    """
    draft, issues = draft_of(files)
    if draft is None or _has_errors(issues):
        raise InputRejected("PACK-002", [found for found in issues if found.is_error], name=name)
    return compile_draft(draft)


def draft_of(files: PackFiles) -> tuple[Draft | None, tuple[Issue, ...]]:
    """Read and check shape and meaning; the draft is None when not even `standard.yaml` has its shape."""
    reading = _Reading(files, list(files.issues))
    draft = _draft(reading)
    return draft, tuple(reading.issues)


def _has_errors(issues: tuple[Issue, ...]) -> bool:
    return any(found.is_error for found in issues)


def _draft(reading: _Reading) -> Draft | None:
    standard = _document(reading, HEAD_FILE, is_tree=False) if HEAD_FILE in reading.files.contents else None
    names = _tree_names(reading, standard) if standard is not None else _other_files(reading)
    trees = [_document(reading, name, is_tree=True) for name in names]
    if HEAD_FILE not in reading.files.contents and not reading.issues:
        reading.issues.append(issue(Fault.NOT_A_PACK, Place(HEAD_FILE)))
    if standard is None:
        return None
    is_complete = None not in trees and len(trees) == len(standard.scalars("tree"))
    good = tuple(tree for tree in trees if tree is not None)
    draft = Draft(standard=standard, trees=good, is_complete=is_complete)
    reading.issues.extend(rules.check(draft))
    return draft


def _document(reading: _Reading, name: str, *, is_tree: bool) -> Table | None:
    value, found = read_document(name, reading.files.contents[name])
    if value is not None and not found:
        found = schema.check_tree(value) if is_tree else schema.check_standard(value)
    reading.issues.extend(found)
    return value if isinstance(value, Table) and not found else None


def _tree_names(reading: _Reading, standard: Table) -> list[str]:
    """The tree files named by the standard that are there; the others, and those not named, become issues."""
    names: list[str] = []
    files = reading.files
    for word in standard.scalars("tree"):
        name = word.text.strip()
        if not stays_inside(name):
            reading.issues.append(issue(Fault.LEAVES_FOLDER, word.place, name=name))
        elif name in files.contents and name != HEAD_FILE:
            names.append(name)
        elif name not in files.refused:
            reading.issues.append(issue(Fault.FILE_MISSING, word.place, name=name))
    unused = [name for name in _other_files(reading) if name not in names]
    reading.issues.extend(issue(Fault.FILE_UNUSED, Place(name), name=name) for name in unused)
    return list(dict.fromkeys(names))


def _other_files(reading: _Reading) -> list[str]:
    return [name for name in sorted(reading.files.contents) if name not in (HEAD_FILE, LINKS_FILE)]

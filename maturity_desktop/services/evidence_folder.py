"""A returned evidence folder against the wanted list, by file names alone: nothing is opened, copied or changed."""

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from maturity_desktop.domain.evidence import match_request, parse_file_name
from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.standard import Edition, EvidenceKind
from maturity_desktop.errors import InputRejected
from maturity_desktop.services import assessments, recognising, self_assessment
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.self_assessment import WantedItem
from maturity_desktop.system.files import as_problem

MAX_FILES = 20_000
_IGNORED = re.compile(r"^(?:\.|~\$|thumbs\.db$|desktop\.ini$)|\.(?:tmp|part|crdownload)$", re.IGNORECASE)
_IGNORED_FOLDERS = frozenset({"__MACOSX"})
_LOOSE_SEPARATORS = re.compile(r"[\s_.‐‑‒–—−－]+")
_SHORT_CODE = re.compile(r"^(?P<code>[A-Za-z][A-Za-z-]*-L[0-9A-Za-z]+-\d{1,3})(?P<rest>.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    """A file of the folder; `path` is relative to it.

    Attributes:
        request_code: the request its name answers, or "".
        suggestion: a name that would match, or "".
        wanted_kind: the kind asked for when the file looks like another one, else None.
    """

    path: PurePath
    request_code: str = ""
    suggestion: str = ""
    wanted_kind: EvidenceKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderMatch:
    """The folder against the wanted list.

    Attributes:
        matched: files that answer a wanted request, several for one request included.
        missing: requests no file answers, optional ones among them; in the order of the pack.
        extra: files well named for something that is not on the list.
        misnamed: files whose names do not follow the pattern, or name no request of the standard.
        wrong_kind: those of `matched` that look like another kind than asked for.
    """

    matched: tuple[NamedFile, ...]
    missing: tuple[WantedItem, ...]
    extra: tuple[NamedFile, ...]
    misnamed: tuple[NamedFile, ...]

    @property
    def wrong_kind(self) -> tuple[NamedFile, ...]:
        """Matched files of another kind than asked for."""
        return tuple(file for file in self.matched if file.wanted_kind is not None)

    @property
    def missing_required(self) -> tuple[WantedItem, ...]:
        """Missing requests that must be answered."""
        return tuple(item for item in self.missing if not item.is_optional)


def match_folder(workspace: Workspace, assessment_id: AssessmentId, folder: Path) -> FolderMatch:
    """Match the files of a folder and its sub-folders with the wanted list. Links are not followed.

    Raises:
        InputRejected: SAS-010 too many files. EnvironmentProblem: SYS-0xx the folder cannot be read; WSP-020.
    """
    edition = assessments.load_sheet(workspace, assessment_id).edition
    wanted = {
        each.line.request.code.upper(): each for each in self_assessment.wanted_items(workspace, assessment_id, edition)
    }
    matched: list[NamedFile] = []
    extra: list[NamedFile] = []
    misnamed: list[NamedFile] = []
    for path in _files(folder):
        file = _named(path, edition, wanted)
        if file.request_code.upper() in wanted:
            matched.append(file)
        elif file.request_code:
            extra.append(file)
        else:
            misnamed.append(file)
    answered = {file.request_code.upper() for file in matched}
    return FolderMatch(
        matched=tuple(matched),
        missing=tuple(item for code, item in wanted.items() if code not in answered),
        extra=tuple(extra),
        misnamed=tuple(misnamed),
    )


def _files(folder: Path) -> Iterator[PurePath]:
    """Yield the files of a folder in the order of their names, relative to it."""

    def refuse(problem: OSError) -> None:
        raise as_problem(problem, Path(problem.filename or folder)) from problem

    count = 0
    for top, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if name not in _IGNORED_FOLDERS and not name.startswith("."))
        for name in sorted(names):
            if _IGNORED.search(name):
                continue
            count += 1
            if count > MAX_FILES:
                raise InputRejected("SAS-010", (), path=str(folder), limit=MAX_FILES)
            yield PurePath(top, name).relative_to(folder)


def _named(path: PurePath, edition: Edition, wanted: dict[str, WantedItem]) -> NamedFile:
    name = recognising.clean_name(path.name)
    request = match_request(name, edition)
    if request is None:
        return NamedFile(path=path, suggestion=_suggestion(name, edition))
    is_wanted = request.code.upper() in wanted
    looks_like = recognising.kind_of(name)
    has_kind = looks_like is request.kind or request.kind is EvidenceKind.DOCUMENT
    return NamedFile(
        path=path, request_code=request.code, wanted_kind=request.kind if is_wanted and not has_kind else None
    )


def _suggestion(name: str, edition: Edition) -> str:
    """Return a name that would match when only its separators or widths of letters are wrong, else ""."""
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    loose = _LOOSE_SEPARATORS.sub("-", unicodedata.normalize("NFKC", stem))
    found = _SHORT_CODE.match(loose)
    if found is None or parse_file_name(found["code"], edition.code) is None:
        return ""
    request = match_request(found["code"], edition)
    if request is None:
        return ""
    title = found["rest"].strip("-") or request.title.pick("zh")
    return f"{request.code}-{title}{suffix}"

"""Compiled packs, so that opening one does not parse text again. Anything odd about a copy: it is simply made anew.

A cache file has three lines: a head (format, fingerprint of the pack's files, digest), the summary, the edition in
canonical JSON. The digest of an edition is the SHA-256 of that third line, so a damaged copy cannot pass.
"""

import functools
import hashlib
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path

from maturity_desktop.domain import canonical
from maturity_desktop.domain.ids import Digest
from maturity_desktop.domain.standard import (
    AnswerSet,
    Choice,
    Criterion,
    Edition,
    EvidenceRequest,
    GlossaryTerm,
    Level,
    LevelCell,
    Module,
    Node,
    RatedItem,
    RuleProfile,
    Threshold,
)
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.packs.gather import PackFiles, gather
from maturity_desktop.packs.stages import compile_files
from maturity_desktop.packs.summary import Summary, summarise
from maturity_desktop.system.files import as_problem, write_atomically

SUFFIX = ".mdcache"

_LAYOUT = 1
_SHAPES = (
    Summary,
    Edition,
    Node,
    RatedItem,
    LevelCell,
    Criterion,
    Threshold,
    EvidenceRequest,
    Level,
    RuleProfile,
    Module,
    GlossaryTerm,
    AnswerSet,
    Choice,
    Text,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """First line of a cache file: what the copy was made from, and the digest it must have."""

    format: str
    fingerprint: str
    digest: Digest


@functools.cache
def cache_format() -> str:
    """Return the version of the cache's form: another layout, or another field of an edition, is another version."""
    shapes = "\n".join(f"{shape.__name__} {[one.name for one in fields(shape)]}" for shape in _SHAPES)
    return f"{_LAYOUT}-{hashlib.sha256(shapes.encode()).hexdigest()[:16]}"


def load(pack: Path, cache: Path, files: PackFiles | None = None, signed: Digest | None = None) -> Edition:
    """Return the edition of a pack, from its compiled copy when the pack's files did not change.

    Args:
        pack: folder or `*.mdpack` file.
        cache: folder of the compiled copies.
        files: what was gathered of it already, so that what was judged is what is compiled.
        signed: the digest its author signed; a copy with another one is not believed.

    Raises:
        InputRejected: PACK-002 with all errors of the pack.
        EnvironmentProblem: SYS-0xx when the pack cannot be read; trouble with the cache is never reported.
    """
    files = files or gather(pack)
    copy = _copy_of(pack, cache)
    return _edition_from(copy, files.fingerprint, signed) or _compile(pack, files, copy)[0]


def summary(pack: Path, cache: Path, files: PackFiles | None = None, signed: Digest | None = None) -> Summary:
    """Return the counts of a pack, from its compiled copy when the pack's files did not change; as `load`."""
    files = files or gather(pack)
    copy = _copy_of(pack, cache)
    return _summary_from(copy, files.fingerprint, signed) or _compile(pack, files, copy)[1]


def _copy_of(pack: Path, cache: Path) -> Path:
    return cache / (hashlib.sha256(str(pack.resolve()).encode()).hexdigest()[:32] + SUFFIX)


def _compile(pack: Path, files: PackFiles, copy: Path) -> tuple[Edition, Summary]:
    edition = compile_files(files, pack.name)
    counted = summarise(edition)
    head = Head(format=cache_format(), fingerprint=files.fingerprint, digest=counted.digest)
    with suppress(EnvironmentProblem):
        _keep(copy, b"\n".join(canonical.encode(part) for part in (head, counted, edition)))
    return edition, counted


def _keep(copy: Path, content: bytes) -> None:
    try:
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise as_problem(problem, copy.parent) from problem
    write_atomically(copy, content)


def _edition_from(copy: Path, fingerprint: str, signed: Digest | None) -> Edition | None:
    try:
        first, _, edition = copy.read_bytes().split(b"\n")
        head = canonical.decode(first, Head)
        if not _is_of(head, fingerprint, signed) or hashlib.sha256(edition).hexdigest() != head.digest:
            return None
        return canonical.decode(edition, Edition)
    except (OSError, ValueError):
        return None


def _summary_from(copy: Path, fingerprint: str, signed: Digest | None) -> Summary | None:
    try:
        with copy.open("rb") as stream:
            head = canonical.decode(stream.readline(), Head)
            counted = canonical.decode(stream.readline(), Summary)
    except (OSError, ValueError):
        return None
    return counted if _is_of(head, fingerprint, signed) and counted.digest == head.digest else None


def _is_of(head: Head, fingerprint: str, signed: Digest | None) -> bool:
    is_signed_so = signed is None or head.digest == signed
    return head.format == cache_format() and head.fingerprint == fingerprint and is_signed_so

"""Judges the signature beside a pack: the list as signed, every file against the list, the meaning, and the signer.

Nothing in the list is believed because it is there: its form is exact, and what it names is compared both ways.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from maturity_desktop.domain import canonical, pack_signature
from maturity_desktop.domain.pack_signature import LIST_FILE, SIGNATURE_FILE, ListedFile, PackFacts, PackList
from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.errors import Issue
from maturity_desktop.signing import cms
from maturity_desktop.signing.findings import Problem, SignatureCheck
from maturity_desktop.signing.trust import Trust

CHANGED, MISSING, ADDED, RENAMED = "PSG-001", "PSG-002", "PSG-003", "PSG-004"
NOT_OVER_LIST, MALFORMED, HALF, LIST_ODD, NEWER = "PSG-005", "PSG-006", "PSG-007", "PSG-008", "PSG-009"
OTHER_PACK, READS_OTHERWISE = "PSG-011", "PSG-012"
MAX_FAULTS = 20
_MAX_LIST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PackJudgement:
    """What was found about a signed pack.

    Attributes:
        faults: why the signature does not hold for this pack, gravest first; with any the pack is refused.
        signer: who made the signature; None when that cannot be told.
        doubts: codes (VER-2xx) of why the signer is not believed.
    """

    faults: tuple[Issue, ...]
    signed: PackList | None = None
    signer: SignatureCheck | None = None
    doubts: tuple[str, ...] = ()


def make_list(facts: PackFacts, files: Iterable[ListedFile]) -> bytes:
    """Return the bytes to sign: the same for the same pack, whenever and wherever made."""
    return canonical.encode(PackList(facts=facts, files=tuple(sorted(files, key=lambda file: file.name))))


def judge_pack(
    seal: dict[str, bytes], files: tuple[ListedFile, ...], facts: PackFacts | None, trust: Trust, *, at: datetime
) -> PackJudgement:
    """Judge the signature of one pack.

    Args:
        seal: contents of the two files of the signature, by name; one may be missing.
        files: every other file of the pack.
        facts: what the pack is, as read now; None when it cannot be read.
        trust: whom to believe as author, see `for_authors`.
        at: the instant of judging.
    """
    absent = [name for name in pack_signature.SIGNATURE_FILES if name not in seal]
    if absent:
        return PackJudgement(faults=tuple(_fault(HALF, name, file=name) for name in absent))
    content = seal[LIST_FILE]
    check, problem = cms.judge_detached(
        seal[SIGNATURE_FILE], content, trust, at=at, field=SIGNATURE_FILE, role=TrustRole.ISSUING_BODY
    )
    faults = [_fault(MALFORMED, SIGNATURE_FILE)] if problem is not None or check is None else []
    doubts: tuple[str, ...] = ()
    if check is not None:
        doubts = tuple(code for code in check.problems if code.startswith("VER-2"))
        if not check.is_intact:
            faults.append(_fault(NOT_OVER_LIST if _is_off(check) else MALFORMED, SIGNATURE_FILE))
    signed = _read_list(content)
    if isinstance(signed, str):
        return PackJudgement(faults=(*faults, _fault(signed, LIST_FILE)), signer=check, doubts=doubts)
    faults += _of_facts(signed.facts, facts)
    faults += _of_files(signed.files, files)
    if not faults and facts is not None and facts.content_digest != signed.facts.content_digest:
        faults.append(_fault(READS_OTHERWISE, LIST_FILE))
    return PackJudgement(faults=tuple(faults[:MAX_FAULTS]), signed=signed, signer=check, doubts=doubts)


def for_authors(trust: Trust) -> Trust:
    """Return whom to believe as author of a pack: assessors and issuing bodies, never the assessed institution."""
    return Trust(
        roots=(*trust.roots, *trust.lead_roots, *trust.issuer_roots),
        pinned=frozenset((TrustRole.ISSUING_BODY, one) for role, one in trust.pinned if role in _AUTHORS),
        crls=trust.crls,
    )


_AUTHORS = (TrustRole.LEAD_ASSESSOR, TrustRole.ISSUING_BODY)


def _is_off(check: SignatureCheck) -> bool:
    return Problem.CONTENT_CHANGED in check.problems or Problem.SIGNATURE_WRONG in check.problems


def _read_list(content: bytes) -> PackList | str:
    """Read the list, or say what is wrong with it; what does not come out the same when written again is not ours."""
    if len(content) > _MAX_LIST_BYTES:
        return LIST_ODD
    try:
        found = canonical.decode(content, PackList)
        if found.format == pack_signature.FORMAT and found.format_version > pack_signature.FORMAT_VERSION:
            return NEWER
        names = [file.name for file in found.files]
        is_ours = (found.format, found.format_version) == (pack_signature.FORMAT, pack_signature.FORMAT_VERSION)
        is_ordered = names == sorted(set(names)) and not set(names) & set(pack_signature.SIGNATURE_FILES)
        return found if is_ours and is_ordered and canonical.encode(found) == content else LIST_ODD
    except (ValueError, RecursionError):
        return LIST_ODD


def _of_facts(signed: PackFacts, found: PackFacts | None) -> Iterator[Issue]:
    if found is None:
        return
    if (signed.standard_id, signed.edition_id) != (found.standard_id, found.edition_id):
        names = {
            "signed": f"{signed.standard_id} {signed.edition_id}",
            "found": f"{found.standard_id} {found.edition_id}",
        }
        yield _fault(OTHER_PACK, LIST_FILE, **names)


def _of_files(signed: tuple[ListedFile, ...], found: tuple[ListedFile, ...]) -> Iterator[Issue]:
    """Compare both ways; a missing file that is there under another name was renamed."""
    here, wanted = {file.name: file for file in found}, {file.name: file for file in signed}
    added = {name: file.sha256 for name, file in here.items() if name not in wanted}
    for name, file in wanted.items():
        if name in here:
            if here[name] != file:
                yield _fault(CHANGED, name, file=name)
            continue
        other = next((new for new, sha256 in added.items() if sha256 == file.sha256), "")
        if other:
            del added[other]
            yield _fault(RENAMED, name, file=name, other=other)
        else:
            yield _fault(MISSING, name, file=name)
    for name in added:
        yield _fault(ADDED, name, file=name)


def _fault(code: str, place: str, **values: str) -> Issue:
    return Issue(code=code, place=place, values=tuple(values.items()))

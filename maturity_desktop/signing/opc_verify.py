"""Judges signed Office packages, stricter than office programs: nothing may lie in the package that no signature saw.

Every part, relationship and content type must be covered by every signature, except what Office itself leaves out:
the signatures, and descriptive properties, which are named in the details. A signature over SHA-1 digests, as old
Office versions made them, is called weak and not believed, but not called altered.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from cryptography.exceptions import UnsupportedAlgorithm

from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.signing import logs
from maturity_desktop.signing.findings import Judgement, Problem, SignatureCheck, unreadable, verdict_of
from maturity_desktop.signing.identity import common_name, fingerprint
from maturity_desktop.signing.opc_binding import unsigned_data
from maturity_desktop.signing.opc_coverage import SIGNATURES_FOLDER, left_out_parts, may_be_left_out
from maturity_desktop.signing.opc_package import (
    CONTENT_TYPES_PART,
    ROOT_RELATIONSHIPS,
    ContentTypes,
    Package,
    UnreadablePackageError,
    is_relationships,
    resolve,
)
from maturity_desktop.signing.opc_signature import ReadSignature, SignedPart, read
from maturity_desktop.signing.opc_xml import (
    CERTIFICATE_TYPE,
    ORIGIN_CONTENT,
    ORIGIN_TYPE,
    SIGNATURE_CONTENT,
    SIGNATURE_TYPE,
    MalformedXmlError,
    Relationship,
    transformed,
)
from maturity_desktop.signing.parties import Party, judge_party
from maturity_desktop.signing.standing import with_standing
from maturity_desktop.signing.trust import Trust, are_consistent

_SPREADSHEET = "/xl/workbook.xml"
_MAX_SIGNATURES = 64
_MAX_NAMED = 20
_STRANGERS = frozenset({Problem.ROOT_UNKNOWN, Problem.WRONG_PARTY})
_CONTENT = frozenset({Problem.PART_CHANGED, Problem.PART_MISSING})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """The package read once: digests per part and algorithm, relationships, content types."""

    package: Package
    types: ContentTypes
    relationships: dict[str, tuple[Relationship, ...]]
    digests: dict[tuple[str, str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """One problem of coverage and the part it concerns."""

    problem: Problem
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """One signer in the role that was looked at, and what speaks against belief in it."""

    party: Party
    role: TrustRole
    doubts: tuple[Problem, ...]


def verify_package(stream: BinaryIO, trust: Trust, *, at: datetime) -> Judgement:
    """Judge one Office file (.xlsx, .docx, .pptx), read from a seekable stream."""
    logs.silence()
    try:
        package = Package(stream)
        return _judge(package, trust, at)
    except UnreadablePackageError as refusal:
        return unreadable("office", refusal.problem)


def _judge(package: Package, trust: Trust, at: datetime) -> Judgement:
    kind = "workbook" if _SPREADSHEET in package.parts else "office"
    if CONTENT_TYPES_PART not in package.parts:
        return unreadable("unknown", Problem.UNKNOWN_KIND)
    remains = [part for part in package.parts if part.lower().startswith(SIGNATURES_FOLDER)]
    try:
        places = _signature_parts(package)
        if not places:
            return _unsigned(kind, remains)
        signatures = {place: read(package.read(place), _certificates(package, place)) for place in places}
        content = _read_content(package, signatures.values())
        left_out = left_out_parts(content.relationships) | unsigned_data(package, content.relationships)
    except (MalformedXmlError, UnsupportedAlgorithm):
        problem = Problem.SIGNATURE_MALFORMED if remains else Problem.DAMAGED
        return Judgement(kind=kind, verdict=verdict_of([problem], has_signatures=bool(remains)), problems=(problem,))
    problems = [*package.problems, *_stray(package, places)]
    faults = {place: tuple(_faults(one, content, left_out)) for place, one in signatures.items()}
    signers = _judged_signers(signatures, trust, at)
    checks = tuple(_check(place, one, faults[place], signers[place], trust) for place, one in signatures.items())
    named = sorted({(str(fault.problem), fault.part) for several in faults.values() for fault in several})
    everything = [*problems, *(code for check in checks for code in check.problems)]
    return Judgement(
        kind=kind,
        verdict=verdict_of(everything, has_signatures=True),
        signatures=checks,
        problems=tuple(dict.fromkeys(str(one) for one in problems)),
        details=(*named[:_MAX_NAMED], *_unsigned_parts(signatures.values(), left_out)),
    )


def _unsigned(kind: str, remains: list[str]) -> Judgement:
    """No signature is reachable; remains of one mean that somebody cut it off."""
    problem = Problem.SIGNATURE_MISSING if remains else Problem.NO_SIGNATURE
    verdict = verdict_of([problem], has_signatures=False)
    return Judgement(kind=kind, verdict=verdict, problems=(problem.value,))


def _signature_parts(package: Package) -> tuple[str, ...]:
    """Return the signature parts that the package's own relationships lead to."""
    if ROOT_RELATIONSHIPS not in package.parts:
        return ()
    found: list[str] = []
    for origin in _targets(package, ROOT_RELATIONSHIPS, ORIGIN_TYPE):
        folder, _, name = origin.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels"
        if rels in package.parts:
            found += _targets(package, rels, SIGNATURE_TYPE)
    if len(found) > _MAX_SIGNATURES or any(one not in package.parts for one in found):
        raise MalformedXmlError("signatures that are not there, or too many")
    return tuple(dict.fromkeys(found))


def _certificate_parts(package: Package, place: str) -> tuple[str, ...]:
    """Return the parts with certificates that a signature brought along beside itself."""
    folder, _, name = place.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    found = _targets(package, rels, CERTIFICATE_TYPE) if rels in package.parts else []
    return tuple(one for one in found if one in package.parts)


def _certificates(package: Package, place: str) -> tuple[bytes, ...]:
    return tuple(package.read(one) for one in _certificate_parts(package, place))


def _targets(package: Package, rels: str, kind: str) -> list[str]:
    return [resolve(rels, one.target) for one in package.relationships(rels) if one.type == kind]


def _stray(package: Package, places: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for anything in the signatures' folder that is not a signature in use or its origin."""
    types = package.content_types()
    known = {*places, *(one for place in places for one in _certificate_parts(package, place))}
    for part in package.parts:
        if not part.lower().startswith(SIGNATURES_FOLDER) or part in known or is_relationships(part):
            continue
        if types.of(part) != ORIGIN_CONTENT or package.read(part):
            yield Problem.SIGNATURE_MALFORMED
    if any(types.of(place) != SIGNATURE_CONTENT for place in places):
        yield Problem.CONTENT_TYPE_CHANGED


def _read_content(package: Package, signatures: Iterable[ReadSignature]) -> _Content:
    wanted: dict[str, set[str]] = {}
    for signature in signatures:
        for one in signature.manifest:
            if one.relationship_ids is None:
                wanted.setdefault(one.part, set()).add(one.algorithm)
    digests = {}
    for part in package.parts:
        hashers = {name: hashlib.new(name, usedforsecurity=False) for name in wanted.get(part, ())}
        for chunk in package.chunks(part):
            for hasher in hashers.values():
                hasher.update(chunk)
        digests.update({(part, name): hasher.digest() for name, hasher in hashers.items()})
    relationships = {part: package.relationships(part) for part in package.parts if part.lower().endswith(".rels")}
    return _Content(package=package, types=package.content_types(), relationships=relationships, digests=digests)


def _faults(signature: ReadSignature, content: _Content, left_out: frozenset[str]) -> Iterator[_Fault]:
    """Yield everything that differs from, or is missing in, what one signature covers."""
    covered = {one.part for one in signature.manifest}
    if len(covered) != len(signature.manifest):
        yield _Fault(problem=Problem.DUPLICATE, part="manifest")
    for one in signature.manifest:
        yield from _differences(one, content)
    for part in content.package.parts:
        if part == CONTENT_TYPES_PART or part.lower().startswith(SIGNATURES_FOLDER) or part in left_out:
            continue
        relationships = content.relationships.get(part)
        if part in covered:
            continue
        if relationships is None or not all(may_be_left_out(part, one) for one in relationships):
            yield _Fault(problem=Problem.PART_UNCOVERED, part=part)


def _differences(signed: SignedPart, content: _Content) -> Iterator[_Fault]:
    if signed.part not in content.package.parts:
        yield _Fault(problem=Problem.PART_MISSING, part=signed.part)
        return
    if content.types.of(signed.part) != signed.content_type:
        yield _Fault(problem=Problem.CONTENT_TYPE_CHANGED, part=signed.part)
    if signed.relationship_ids is None:
        digest = content.digests[signed.part, signed.algorithm]
    else:
        relationships = content.relationships.get(signed.part)
        if relationships is None:
            yield _Fault(problem=Problem.TRANSFORM_UNKNOWN, part=signed.part)
            return
        kept, dropped = _split(signed, relationships)
        if not all(may_be_left_out(signed.part, one) for one in dropped):
            yield _Fault(problem=Problem.RELATIONSHIP_UNCOVERED, part=signed.part)
        digest = hashlib.new(signed.algorithm, transformed(kept), usedforsecurity=False).digest()
    if digest != signed.digest:
        is_list = signed.relationship_ids is not None
        problem = Problem.RELATIONSHIP_UNCOVERED if is_list else Problem.PART_CHANGED
        yield _Fault(problem=problem, part=signed.part)


def _split(
    signed: SignedPart, relationships: tuple[Relationship, ...]
) -> tuple[list[Relationship], list[Relationship]]:
    kept: list[Relationship] = []
    dropped: list[Relationship] = []
    for one in relationships:
        is_kept = one.id in (signed.relationship_ids or ()) or one.type in signed.relationship_types
        (kept if is_kept else dropped).append(one)
    return kept, dropped


def _judged_signers(signatures: dict[str, ReadSignature], trust: Trust, at: datetime) -> dict[str, _Judged]:
    """Judge each signer in the role that fits.

    Office files have no fields that say who signs as what. A lead assessor must be among the signers; beside one the
    assessed institution may sign, too, never alone.
    """
    lead = TrustRole.LEAD_ASSESSOR
    found = {place: _judged(_party(one), trust, lead, at) for place, one in signatures.items()}
    if all(one.doubts for one in found.values()):
        return found
    for place, one in found.items():
        if not _STRANGERS.isdisjoint(one.doubts):
            as_institution = _judged(one.party, trust, TrustRole.INSTITUTION, at)
            if _STRANGERS.isdisjoint(as_institution.doubts):
                found[place] = as_institution
    return found


def _party(signature: ReadSignature) -> Party:
    others = (*signature.others, *signature.added)
    return Party(certificate=signature.certificate, others=others, claimed_at=signature.claimed_at)


def _judged(party: Party, trust: Trust, role: TrustRole, at: datetime) -> _Judged:
    return _Judged(party=party, role=role, doubts=judge_party(party, trust, role, at=at))


def _check(
    place: str, signature: ReadSignature, faults: tuple[_Fault, ...], judged: _Judged, trust: Trust
) -> SignatureCheck:
    own, doubts = list(signature.problems), judged.doubts
    known = (signature.certificate, *trust.all_roots)
    if Problem.ROOT_UNKNOWN not in doubts and not are_consistent(signature.others, known):
        own.append(Problem.SIGNATURE_MALFORMED)
    if not are_consistent(signature.added, (*known, *signature.others, *trust.tsa_roots)):
        doubts = (*doubts, Problem.ROOT_UNKNOWN)  # where such a chain ends, damage hides
    weak = [one for one in own if one == Problem.WEAK_DIGEST]
    broken = [*(one for one in own if one != Problem.WEAK_DIGEST), *(fault.problem for fault in faults)]
    check = SignatureCheck(
        field=place,
        signer=common_name(signature.certificate.subject),
        issuer=common_name(signature.certificate.issuer),
        fingerprint_sha256=fingerprint(signature.certificate),
        claimed_at=signature.claimed_at,
        is_intact=len(own) == len(weak) and all(fault.problem not in _CONTENT for fault in faults),
        is_trusted=not doubts and not weak,
        covers_whole_file=not faults,
        problems=tuple(dict.fromkeys(str(one) for one in (*broken, *weak, *doubts))),
    )
    return with_standing(check, judged.party, trust, judged.role, doubts)


def _unsigned_parts(signatures: Iterable[ReadSignature], left_out: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Name the descriptive parts that not every signature covers."""
    covered = [frozenset(one.part for one in signature.manifest) for signature in signatures]
    common = frozenset.intersection(*covered) if covered else frozenset()
    for part in sorted(left_out - common):
        if not part.lower().startswith(SIGNATURES_FOLDER):
            yield "not_signed", part

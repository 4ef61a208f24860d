"""Packs signed by their authors: signing a pack, and judging the signature beside one.

An unsigned pack is a good pack. A signed one whose signature does not hold is refused; a signer nobody vouches for is
shown as such. The cryptography behind loads when the first signed pack is met.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop import packs
from maturity_desktop.domain.pack_signature import LIST_FILE, SIGNATURE_FILE, SIGNATURE_FILES, PackFacts
from maturity_desktop.errors import InputRejected, Issue, RuleBroken, VerificationFailed
from maturity_desktop.services import examples, signers, verifying
from maturity_desktop.services.context import Machine
from maturity_desktop.services.export_requests import Signatory
from maturity_desktop.services.verifying import TrustFiles
from maturity_desktop.system.files import as_problem, replacing, write_atomically

if TYPE_CHECKING:
    from maturity_desktop.signing.pack_verify import PackJudgement
    from maturity_desktop.signing.trust import Trust

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class SealState(StrEnum):
    """What is to be said of a pack's signature."""

    UNSIGNED = "unsigned"
    VALID = "valid"
    UNTRUSTED = "untrusted"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSeal:
    """The signature of a pack, judged.

    Attributes:
        author: name on the signer's certificate, "" when there is none or it cannot be told.
        claimed_at: when it was signed by the signer's own clock.
        faults: why a broken one is broken, gravest first.
        doubts: codes (VER-2xx) of why an untrusted signer is not believed.
    """

    state: SealState = SealState.UNSIGNED
    author: str = ""
    issuer: str = ""
    fingerprint_sha256: str = ""
    claimed_at: datetime | None = None
    faults: tuple[Issue, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Whether the pack must be refused."""
        return self.state is SealState.BROKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorTrust:
    """Whom to believe as author: root files for everyone, and the trust store of a workspace with what goes with it."""

    roots: tuple[Path, ...] = ()
    more: TrustFiles = field(default_factory=TrustFiles)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPack:
    """A pack as it lies there now: its files, what can be counted of it (None: it has errors), its signature."""

    place: Path
    files: packs.PackFiles
    counted: packs.Summary | None
    seal: PackSeal
    signed: PackFacts | None = None


class PackCourt:
    """Judges packs by one set of trusted roots, which are read when the first signed pack needs them.

    Raises (from `look`):
        EnvironmentProblem: SYS-0xx when the disk refuses; VER-901, VER-902 a trust file.
    """

    def __init__(self, machine: Machine, believed: AuthorTrust | None = None) -> None:
        self._machine, self._believed = machine, believed or AuthorTrust()
        self._trust: Trust | None = None

    def look(self, place: Path) -> JudgedPack:
        """Return a pack folder or file with its signature judged, over the very bytes that are returned."""
        files = packs.files_of(place)
        if not files.is_signed:
            return JudgedPack(place=place, files=files, counted=self._counted(place, files), seal=PackSeal())
        judgement = self._judged(files, None)
        if judgement.signed is None or judgement.faults:
            counted = self._counted_anew(place, files)
        else:
            facts = judgement.signed.facts
            counted = self._counted(place, files, facts)
        if counted is not None:
            judgement = self._judged(files, facts_of(counted))
        signed = judgement.signed.facts if judgement.signed else None
        return JudgedPack(place=place, files=files, counted=counted, seal=_seal(judgement), signed=signed)

    def _judged(self, files: packs.PackFiles, facts: PackFacts | None) -> "PackJudgement":
        from maturity_desktop.signing import pack_verify  # cryptography loads when needed

        now = self._machine.clock.now()
        if self._trust is None:
            believed = verifying.trust_of(self._believed.roots, self._believed.more)
            self._trust = pack_verify.for_authors(believed)
        return pack_verify.judge_pack(files.seal, files.listed, facts, self._trust, at=now)

    def _counted(self, place: Path, files: packs.PackFiles, signed: PackFacts | None = None) -> packs.Summary | None:
        digest = signed.content_digest if signed else None
        try:
            return packs.summary(place, self._machine.cache, files, digest)
        except InputRejected:
            return None

    def _counted_anew(self, place: Path, files: packs.PackFiles) -> packs.Summary | None:
        """A pack that is refused leaves nothing in the cache."""
        try:
            return packs.summarise(packs.compile_files(files, place.name))
        except InputRejected:
            return None


def judge(machine: Machine, path: Path, believed: AuthorTrust | None = None) -> PackSeal:
    """Judge the signature of a pack folder or `*.mdpack` file. Raises EnvironmentProblem as `PackCourt`."""
    is_signed = packs.files_of(path).is_signed
    return PackCourt(machine, believed).look(path).seal if is_signed else PackSeal()


def refuse_broken(pack: JudgedPack) -> None:
    """Raise InputRejected PSG-010 with all faults when the signature of a pack does not hold."""
    if pack.seal.is_broken:
        raise InputRejected("PSG-010", pack.seal.faults, name=pack.place.name)


def sign(machine: Machine, path: Path, signatory: Signatory, *, replace: bool = False) -> PackSeal:
    """Sign a pack folder or `*.mdpack` file in place and return the signature, read back and judged by its own root.

    Raises:
        InputRejected: PACK-002 the pack has errors, or worked examples that fail; nothing is written.
        RuleBroken: PSG-013 it is signed already and `replace` was not asked for.
        SigningRefused: SGN-010 … SGN-026 the signer.
        VerificationFailed: PSG-014 what was written does not verify.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    from maturity_desktop.signing import cms, pack_verify  # cryptography loads when needed
    from maturity_desktop.signing.trust import Trust

    files = packs.files_of(path, everything=True)
    facts = _facts_to_sign(files, path)
    if files.is_signed and not replace:
        name = judge(machine, path).author or "?"
        raise RuleBroken("PSG-013", name=path.name, signer=name)
    signer, now = signers.load(machine.clock, signatory), machine.clock.now()
    listed = pack_verify.make_list(facts, files.listed)
    seal = {LIST_FILE: listed, SIGNATURE_FILE: cms.sign_detached(listed, signer, at=now)}
    if path.is_dir():
        for name, content in seal.items():
            write_atomically(path / name, content)
    else:
        _write_zip(path, seal)
    root = signer.chain[-1] if signer.chain else signer.certificate
    again = packs.files_of(path)
    judgement = pack_verify.judge_pack(again.seal, again.listed, facts, Trust(roots=(root,)), at=now)
    if judgement.faults or judgement.doubts:
        codes = (*(fault.code for fault in judgement.faults), *judgement.doubts)
        raise VerificationFailed("PSG-014", problems=", ".join(codes))
    return _seal(judgement)


def facts_of(counted: packs.Summary) -> PackFacts:
    """Return which edition a pack is."""
    return PackFacts(standard_id=counted.standard_id, edition_id=counted.edition_id, content_digest=counted.digest)


def _facts_to_sign(files: packs.PackFiles, path: Path) -> PackFacts:
    """Only a pack without errors is worth a signature; warnings about its wording are its author's affair."""
    examined = packs.examine_files(files)
    failing = examples.run(examined.content) if examined.content is not None else ()
    errors = [issue for issue in (*examined.issues, *failing) if issue.is_error]
    if errors or examined.edition is None:
        raise InputRejected("PACK-002", errors, name=path.name)
    return facts_of(packs.summarise(examined.edition))


def _seal(judgement: "PackJudgement") -> PackSeal:
    state = SealState.UNTRUSTED if judgement.doubts else SealState.VALID
    signer = judgement.signer
    return PackSeal(
        state=SealState.BROKEN if judgement.faults else state,
        author=signer.signer if signer else "",
        issuer=signer.issuer if signer else "",
        fingerprint_sha256=signer.fingerprint_sha256 if signer else "",
        claimed_at=signer.claimed_at if signer else None,
        faults=judgement.faults,
        doubts=judgement.doubts,
    )


def _write_zip(path: Path, seal: dict[str, bytes]) -> None:
    """Write the archive anew with the signature in it; the other entries keep name, date and content."""
    try:
        with (
            zipfile.ZipFile(path) as old,
            replacing(path) as stream,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for entry, content in _entries(old):
                new.writestr(entry, content)
            for name, content in seal.items():
                new.writestr(_entry(name), content)
    except OSError as problem:
        raise as_problem(problem, path) from problem
    except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
        raise VerificationFailed("PSG-014", problems=str(problem)) from problem


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    for entry in archive.infolist():
        if entry.filename not in SIGNATURE_FILES:
            yield entry, archive.read(entry)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry

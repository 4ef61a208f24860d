"""The library of standards, checking a pack, and pinning an edition into a workspace."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from maturity_desktop import packs
from maturity_desktop.domain import canonical
from maturity_desktop.domain.ids import Digest
from maturity_desktop.domain.standard import Edition, Provenance
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import EnvironmentProblem, Issue
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.pack_signatures import AuthorTrust, JudgedPack, PackCourt, PackSeal, refuse_broken
from maturity_desktop.storage import notes
from maturity_desktop.storage.notes import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardCard:
    """One edition as the library shows it; counts are over the whole edition.

    Attributes:
        criteria_per_level: in the order of the scale.
        languages_complete: languages in which every text is present.
        seal: who signed the pack; never a broken signature.
    """

    standard_id: str
    edition_id: str
    released_on: date
    name: Text
    part: str
    digest: Digest
    place: Path
    provenance: Provenance
    rated_items: int
    criteria: int
    criteria_per_level: tuple[int, ...]
    evidence_requests: int
    languages_complete: tuple[str, ...]
    seal: PackSeal = field(default_factory=PackSeal)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPack:
    """A pack that cannot be used because its signature does not hold; `seal.faults` say why.

    Attributes:
        standard_id, edition_id: as the pack itself says, else as its signature says; "" when neither can be read.
        name: empty when the pack cannot be read.
    """

    place: Path
    standard_id: str
    edition_id: str
    name: Text
    seal: PackSeal


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What stands in the machine's folders: the editions that can be used, and the packs that are refused."""

    cards: tuple[StandardCard, ...]
    refused: tuple[RefusedPack, ...] = ()


def shelf(machine: Machine, believed: AuthorTrust | None = None) -> Shelf:
    """Return all editions found in the machine's standards folders, by part number and name, and the refused packs.

    Packs with faults are left out (`check` tells why); of two packs with the same edition the first folder's counts.

    Raises:
        EnvironmentProblem: SYS-0xx when the disk refuses; VER-901, VER-902 a trust file.
    """
    cards: dict[tuple[str, str], StandardCard] = {}
    refused: list[RefusedPack] = []
    court = PackCourt(machine, believed)
    for pack in map(court.look, _places(machine)):
        if pack.seal.is_broken:
            refused.append(_refused(pack))
        elif pack.counted is not None:
            counted = pack.counted
            cards.setdefault((counted.standard_id, counted.edition_id), _card(pack, counted))
    return Shelf(cards=tuple(sorted(cards.values(), key=_shelf_order)), refused=tuple(refused))


def library(machine: Machine, believed: AuthorTrust | None = None) -> tuple[StandardCard, ...]:
    """Return the editions that can be used, as `shelf` does."""
    return shelf(machine, believed).cards


def load(machine: Machine, standard_id: str, edition_id: str = "") -> Edition:
    """Return a compiled edition (the newest when none is named), from the cache when its files did not change.

    Raises:
        EnvironmentProblem: PACK-001 no such standard.
        InputRejected: PACK-002 with all issues of the pack; PSG-010 its signature does not hold.
    """
    found = [
        (pack.counted.released_on, pack.counted.edition_id, pack.place)
        for pack in _usable(machine)
        if pack.counted and pack.counted.standard_id == standard_id and edition_id in ("", pack.counted.edition_id)
    ]
    if not found:
        _refuse_if_damaged(machine, standard_id, edition_id)
        raise EnvironmentProblem("PACK-001", standard=standard_id, edition=edition_id or "–")
    newest = max(found, key=lambda pack: pack[:2])[:2]
    return open_pack(machine, next(pack[2] for pack in found if pack[:2] == newest))


def open_pack(machine: Machine, place: Path) -> Edition:
    """Return the edition of one pack; what is judged is what is compiled.

    Raises:
        InputRejected: PACK-002 with all issues of the pack; PSG-010 its signature does not hold.
        EnvironmentProblem: SYS-0xx when the disk refuses.
    """
    pack = PackCourt(machine).look(place)
    refuse_broken(pack)
    digest = pack.signed.content_digest if pack.signed else None
    return packs.load(place, machine.cache, pack.files, digest)


def place_of(machine: Machine, edition: Edition) -> Path:
    """Return the folder or file an installed edition was read from."""
    wanted = (edition.standard_id, edition.edition_id)
    return next(
        pack.place
        for pack in _usable(machine)
        if pack.counted and (pack.counted.standard_id, pack.counted.edition_id) == wanted
    )


def check(path: Path) -> tuple[Issue, ...]:
    """Return every problem of a pack folder or `*.mdpack` file, worked examples that fail included.

    Its signature is judged apart: `pack_signatures.judge`.
    """
    from maturity_desktop.services import examples

    examined = packs.examine(path)
    failing = examples.run(examined.content) if examined.content is not None else ()
    return (*examined.issues, *failing)


def check_together(paths: Sequence[Path]) -> tuple[Issue, ...]:
    """Return what several packs have in common and should not: codes, and criteria that say the same.

    Packs with errors are left out; `check` tells why.
    """
    from maturity_desktop.packs import alike

    examined = (packs.examine(path).edition for path in paths)
    return alike.check([edition for edition in examined if edition is not None])


def pin(workspace: Workspace, edition: Edition) -> Outcome[Digest]:
    """Keep the edition's full content inside the workspace and return its digest; doing it twice does no harm.

    Raises:
        EnvironmentProblem: WSP-021 closed; WSP-022 read-only; STO-0xx could not be saved.
    """
    digest = canonical.digest(edition)
    with workspace.read() as reading:
        if reading.editions.has(digest):
            return Outcome(value=digest)
    with workspace.begin() as work:
        work.editions.add(edition)
        new = notes.as_json({"standard": edition.standard_id, "edition": edition.edition_id})
        work.note(Note(event="edition.pinned", subject=digest, new=new))
    return Outcome(value=digest, changes=Changes(areas=frozenset({Area.STRUCTURE})))


def _places(machine: Machine) -> Iterator[Path]:
    """Yield every pack folder (``<root>/<id>/<edition>``) and pack file in the machine's folders."""
    for root in machine.standards:
        yield from sorted(head.parent for head in root.glob(f"*/*/{packs.HEAD_FILE}"))
        yield from sorted(root.glob(f"*{packs.SUFFIX}"))


def _usable(machine: Machine) -> Iterator[JudgedPack]:
    court = PackCourt(machine)
    for pack in map(court.look, _places(machine)):
        if pack.counted is not None and not pack.seal.is_broken:
            yield pack


def _refuse_if_damaged(machine: Machine, standard_id: str, edition_id: str) -> None:
    """A pack that should be this standard, but has faults: say those instead of "no such standard"."""
    court = PackCourt(machine)
    for place in _places(machine):
        pack = court.look(place)
        refused = _refused(pack)
        if refused.standard_id == standard_id and edition_id in ("", refused.edition_id):
            refuse_broken(pack)
        if place.parent.name == standard_id and edition_id in ("", place.name):
            refuse_broken(pack)
            packs.load(place, machine.cache, pack.files)


def _refused(pack: JudgedPack) -> RefusedPack:
    own = pack.counted or pack.signed
    return RefusedPack(
        place=pack.place,
        standard_id=own.standard_id if own else "",
        edition_id=own.edition_id if own else "",
        name=pack.counted.name if pack.counted else Text(),
        seal=pack.seal,
    )


def _card(pack: JudgedPack, counted: packs.Summary) -> StandardCard:
    return StandardCard(
        standard_id=counted.standard_id,
        edition_id=counted.edition_id,
        released_on=counted.released_on,
        name=counted.name,
        part=counted.part,
        digest=counted.digest,
        place=pack.place,
        provenance=counted.provenance,
        rated_items=counted.rated_items,
        criteria=counted.criteria,
        criteria_per_level=counted.criteria_per_level,
        evidence_requests=counted.evidence_requests,
        languages_complete=counted.languages_complete,
        seal=pack.seal,
    )


def _shelf_order(card: StandardCard) -> tuple[int, str, str, str]:
    number = int(card.part) if card.part.isdecimal() else 1_000_000
    return number, card.name.en or card.name.zh, card.standard_id, card.edition_id

"""Who signed a pack, in words; packs that are refused as rows of the shelf; and reading the shelf with all that."""

from collections.abc import Iterable
from pathlib import Path

from maturity_desktop.domain.ids import Digest
from maturity_desktop.domain.standard import Edition
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.library.state.rows import ShelfRow
from maturity_desktop.services import standards, trust
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.pack_signatures import AuthorTrust, PackSeal, SealState
from maturity_desktop.services.standards import RefusedPack, Shelf, StandardCard
from maturity_desktop.services.verifying import TrustFiles
from maturity_desktop.wording import say_issue

_ROOT_UNKNOWN = "VER-201"


def read_shelf(machine: Machine, roots: str, workspace: Workspace | None) -> Shelf:
    """Read the shelf; the trusted roots of the settings count, and the trust store of the workspace that is open."""
    there = tuple(root for root in map(Path, filter(str.strip, roots.splitlines())) if root.is_file())
    more = trust.files(workspace) if workspace is not None else TrustFiles()
    return standards.shelf(machine, AuthorTrust(roots=there, more=more))


def short_words(seal: PackSeal, speech: Speech) -> str:
    """Return what stands in the column: the signer, and what is to be said of the signature."""
    is_unknown = seal.state is SealState.UNTRUSTED and _ROOT_UNKNOWN in seal.doubts
    return speech.say(f"library.seal.{'unknown' if is_unknown else seal.state.value}", author=seal.author or "–")


def long_words(seal: PackSeal, speech: Speech) -> str:
    """Return the signer, who vouches for the signer, the time claimed, and what speaks against it."""
    if seal.state is SealState.UNSIGNED:
        return speech.say("library.seal.nobody")
    claimed = seal.claimed_at.astimezone().strftime("%Y-%m-%d %H:%M") if seal.claimed_at else "–"
    told = short_words(seal, speech)
    if seal.author:
        told = speech.say("library.seal.whole", told=told, issuer=seal.issuer, at=claimed)
    return " ".join((told, *(speech.say(f"errors.{code}") for code in seal.doubts)))


def about(edition: Edition, cards: Iterable[StandardCard], speech: Speech) -> str:
    """Return where the wording of an edition comes from, and who signed it, a line each."""
    source = speech.pick(edition.provenance_note) or speech.say(f"book.provenance_word.{edition.provenance.value}")
    own = (edition.standard_id, edition.edition_id)
    seals = (card.seal for card in cards if (card.standard_id, card.edition_id) == own)
    return "\n".join((speech.say("library.source") + source, *(long_words(seal, speech) for seal in seals)))


def refusal(pack: RefusedPack, speech: Speech) -> str:
    """Return the one sentence that says why a pack cannot be used."""
    why = say_issue(speech.language, pack.seal.faults[0])
    return speech.say("library.seal.refused", why=why, path=pack.place)


def refused_rows(packs: Iterable[RefusedPack], first: int, speech: Speech) -> tuple[ShelfRow, ...]:
    """Return one row per refused pack, behind the editions."""
    return tuple(
        ShelfRow(
            order=first + place,
            digest=Digest(f"refused:{pack.place}"),
            standard_id=pack.standard_id,
            edition_id=pack.edition_id,
            name=speech.pick(pack.name) or pack.standard_id or pack.place.name,
            languages="",
            items=0,
            criteria=0,
            evidence=0,
            provenance="",
            details=refusal(pack, speech),
            signed=short_words(pack.seal, speech),
            is_refused=True,
        )
        for place, pack in enumerate(packs)
    )

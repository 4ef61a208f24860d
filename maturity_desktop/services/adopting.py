"""Taking an import into the library: what it would change there, under which edition, and writing it once accepted."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from maturity_desktop.domain import canonical
from maturity_desktop.domain.standard import Edition
from maturity_desktop.errors import EnvironmentProblem, InputRejected, RuleBroken
from maturity_desktop.services import authoring, standards
from maturity_desktop.services.authoring import Difference, ImportPlan, ImportWishes, PackContent, PackCounts
from maturity_desktop.services.context import Machine
from maturity_desktop.services.standards import StandardCard
from maturity_desktop.system.progress import Progress, silent

_EDITION = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")
_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDraft:
    """An import nobody has accepted yet; nothing is written.

    Attributes:
        source: the file or folder it comes from.
        counts: what would be in the library; None while there are faults.
        base: the installed edition it is compared with: the same one, else the newest of the standard; None when the
            library has none. `differences` and `unchanged` (criteria) are against it.
    """

    source: Path
    plan: ImportPlan
    wishes: ImportWishes
    counts: PackCounts | None = None
    base: StandardCard | None = None
    differences: tuple[Difference, ...] = ()
    unchanged: int = 0

    @property
    def edition(self) -> Edition | None:
        """The edition that would be made; None while there are faults."""
        return self.plan.content.edition if self.plan.content is not None else None


class Standing(StrEnum):
    """What the library holds under an edition an import would take."""

    FREE = "free"
    SAME = "same"
    OWN = "own"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """An import that was accepted. `card` is how the library shows it; None when it lies where the library is not."""

    folder: Path
    edition: Edition
    card: StandardCard | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two editions beside each other; `unchanged` counts the criteria that say the same."""

    old: Edition
    new: Edition
    differences: tuple[Difference, ...]
    unchanged: int


def own_folder(machine: Machine) -> Path | None:
    """Return the folder of the user's own standards: the last one the library looks in, unless it is the only one."""
    return machine.standards[-1] if len(machine.standards) > 1 else None


def draft(
    machine: Machine, source: Path, wishes: ImportWishes | None = None, progress: Progress = silent
) -> ImportDraft:
    """Read a file or folder and tell what accepting it would change in the library; nothing is written.

    Raises:
        Cancelled: `progress` said so.
        InputRejected: AUT-001 to AUT-014 it cannot be read at all or is refused.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    wishes = wishes or ImportWishes()
    plan = authoring.plan_import(machine, source, wishes=wishes, progress=progress)
    return compared(machine, source, plan, wishes, progress)


def compared(
    machine: Machine, source: Path, plan: ImportPlan, wishes: ImportWishes, progress: Progress = silent
) -> ImportDraft:
    """Return a plan with the difference to what is installed."""
    progress(3, _STEPS)
    content = plan.content
    if content is None:
        return ImportDraft(source=source, plan=plan, wishes=wishes)
    made = ImportDraft(source=source, plan=plan, wishes=wishes, counts=authoring.counts_of(content.edition))
    base = _base(machine, content.edition)
    if base is None:
        return made
    found = _differences(machine, authoring.content_at(machine, str(base.place)), content)
    progress(_STEPS, _STEPS)
    return replace(made, base=base, differences=found, unchanged=_unchanged(content.edition, found))


def compare(machine: Machine, old: str, new: str, progress: Progress = silent) -> Comparison:
    """Return what differs between two editions, each named by folder, pack file, ``id`` or ``id@edition``.

    Raises:
        Cancelled: `progress` said so.
        EnvironmentProblem: PACK-001 no such standard; SYS-0xx the disk refuses.
        InputRejected: PACK-002 a pack has errors.
    """
    progress(0, 3)
    before = authoring.content_at(machine, old)
    progress(1, 3)
    after = authoring.content_at(machine, new)
    progress(2, 3)
    found = _differences(machine, before, after)
    return Comparison(
        old=before.edition, new=after.edition, differences=found, unchanged=_unchanged(after.edition, found)
    )


def standing(machine: Machine, made: ImportDraft, edition_id: str) -> Standing:
    """Return what the library holds under the edition the import would take."""
    edition = made.edition
    card = _card(machine, edition.standard_id, edition_id) if edition is not None else None
    if edition is None or card is None:
        return Standing.FREE
    if card.digest == canonical.digest(replace(edition, edition_id=edition_id)):
        return Standing.SAME
    own = own_folder(machine)
    return Standing.OWN if own is not None and card.place.is_relative_to(own) else Standing.TAKEN


def suggested_edition(machine: Machine, made: ImportDraft) -> str:
    """Return the import's own edition, or, when another folder of the library holds that one, the next free one."""
    edition = made.edition
    if edition is None:
        return ""
    wish, number = edition.edition_id, 1
    while standing(machine, made, wish) is Standing.TAKEN:
        number += 1
        wish = f"{edition.edition_id}-{number}"
    return wish


def adopt(machine: Machine, made: ImportDraft, edition_id: str, into: Path | None = None) -> Adopted:
    """Write an accepted import into the user's own standards, or into another folder, and return where it is.

    An older content of the same edition in the user's own folder is replaced; workspaces keep what they pinned.

    Raises:
        InputRejected: AUT-005 the import has faults; AUT-020 no such spelling of an edition.
        RuleBroken: AUT-021 another folder of the library holds this edition with another content.
        EnvironmentProblem: AUT-010 the folder holds other things; AUT-022 there is no folder of own standards;
            SYS-0xx the disk refuses. Nothing is written in any of these cases.
    """
    edition = made.edition
    plan = made.plan if edition is None or edition.edition_id == edition_id else _renamed(made.plan, edition_id)
    if edition is None or plan.content is None:
        raise InputRejected("AUT-005", [issue for issue in plan.issues if issue.is_error], name=plan.name)
    if not _EDITION.fullmatch(edition_id):
        raise InputRejected("AUT-020", (), found=edition_id)
    if into is None and standing(machine, made, edition_id) is Standing.TAKEN:
        raise RuleBroken("AUT-021", standard=edition.standard_id, edition=edition_id)
    folder = into or _home(machine) / edition.standard_id / edition_id
    authoring.carry_out(plan, folder)
    written = plan.content.edition
    card = _card(machine, written.standard_id, written.edition_id)
    is_there = card is not None and card.place.resolve() == folder.resolve()
    return Adopted(folder=folder, edition=written, card=card if is_there else None)


def _home(machine: Machine) -> Path:
    own = own_folder(machine)
    if own is None:
        raise EnvironmentProblem("AUT-022")
    return own


def _renamed(plan: ImportPlan, edition_id: str) -> ImportPlan:
    content = plan.content
    if content is None:
        return plan
    edition = replace(content.edition, edition_id=edition_id)
    return replace(plan, content=replace(content, edition=edition), files={})


def _base(machine: Machine, edition: Edition) -> StandardCard | None:
    same = _card(machine, edition.standard_id, edition.edition_id)
    if same is not None:
        return same
    cards = [card for card in standards.library(machine) if card.standard_id == edition.standard_id]
    if not cards:
        return None
    newest = standards.load(machine, edition.standard_id)
    return next(card for card in cards if card.edition_id == newest.edition_id)


def _card(machine: Machine, standard_id: str, edition_id: str) -> StandardCard | None:
    wanted = (standard_id, edition_id)
    return next((one for one in standards.library(machine) if (one.standard_id, one.edition_id) == wanted), None)


def _differences(machine: Machine, old: PackContent, new: PackContent) -> tuple[Difference, ...]:
    """Links of the shared mapping files hold for every edition, whether its pack repeats them or not."""
    before, after = (authoring.with_shared_links(machine, content) for content in (old, new))
    return authoring.differences(before, after)


def _unchanged(edition: Edition, found: tuple[Difference, ...]) -> int:
    touched = {one.id for one in found if one.what == "criteria"}
    return sum(key not in touched for key in edition.criterion_by_id)

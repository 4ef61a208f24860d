"""The conversation about whom the workspace believes: list, import, remove."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from maturity_desktop.domain.ids import TrustId
from maturity_desktop.domain.trust import TrustItem, TrustRole
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish, Question
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.preferences.views.trust import TrustCard, TrustRow
from maturity_desktop.settings import options

if TYPE_CHECKING:
    from maturity_desktop.services.context import Workspace
    from maturity_desktop.services.outcomes import Outcome

_PATTERNS = {"roots": "*.pem *.crt *.cer *.der", "pinned": "*.pem *.crt *.cer *.der", "lists": "*.crl *.mdcrl *.pem"}


class TrustKeeper(QObject):
    """Owns the conversation between the card and the trust service."""

    changed = Signal(object)  # Changes

    def __init__(self, desk: Desk, card: TrustCard, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._card = desk, card
        self._workspace: Workspace | None = None
        self._items: tuple[TrustItem, ...] = ()
        card.import_wanted.connect(self._choose)
        card.remove_wanted.connect(self._ask_remove)
        card.hide()

    def take(self, workspace: "Workspace | None") -> None:
        """Show the store of this workspace; none hides the card."""
        self._workspace = workspace
        self._card.setVisible(workspace is not None)
        self._card.message.hide()
        if workspace is not None:
            self._load(workspace)

    def retranslate(self) -> None:
        """Say everything again."""
        self._card.retranslate()
        self._show()

    def _load(self, workspace: "Workspace", then_select: TrustId | None = None) -> None:
        self._desk.jobs.work(partial(_items, workspace), partial(self._on_items, workspace, then_select))

    def _on_items(
        self,
        workspace: "Workspace",
        then_select: TrustId | None,
        result: Success[tuple[TrustItem, ...]] | Failure,
    ) -> None:
        if workspace is not self._workspace:
            return
        if isinstance(result, Failure):
            self._tell(self._desk.problems.sentence(result.problem), Tone.BAD)
            return
        self._items = result.value
        self._show()
        if then_select is not None:
            self._card.select(then_select)

    def _show(self) -> None:
        can_change = self._workspace is not None and not self._workspace.is_read_only
        self._card.show_rows(tuple(_row(item, self._desk.speech) for item in self._items), can_change=can_change)

    # --- import -------------------------------------------------------------------------------------------------

    @Slot(str)
    def _choose(self, name: str) -> None:
        say = self._desk.speech.say
        wish = FileWish(
            title=say(f"preferences.trust_import.{name}"),
            pattern=f"{say(f'preferences.trust_files.{name}')} ({_PATTERNS[name]})",
            start=Path(self._desk.settings.text(options.DEFAULT_FOLDER) or Path.home()),
        )
        self._desk.dialogs.open_file(self._card.window(), wish, partial(self._import, name))

    def _import(self, name: str, source: Path) -> None:
        if self._workspace is not None:
            job = partial(_imported, self._workspace, name, source, self._card.chosen_role)
            self._desk.jobs.write(job, self._on_imported)

    def _on_imported(self, result: "Success[Outcome[tuple[TrustItem, ...]]] | Failure") -> None:
        if isinstance(result, Failure):
            self._tell(self._desk.problems.sentence(result.problem), Tone.BAD)
            return
        added = result.value.value
        if added:
            self._tell(self._desk.speech.say("preferences.trust_added", count=len(added)), Tone.GOOD)
        else:
            self._tell(self._desk.speech.say("trust.nothing_new"), Tone.NOTE)
        self.changed.emit(result.value.changes)
        if self._workspace is not None:
            self._load(self._workspace, added[0].id if added else None)

    # --- removal ------------------------------------------------------------------------------------------------

    @Slot(object)
    def _ask_remove(self, row: TrustRow) -> None:
        say = self._desk.speech.say
        question = Question(
            title=say("preferences.trust_remove"),
            text=say("preferences.trust_remove_text", name=row.subject, kind=row.kind),
            yes=say("preferences.trust_remove_do"),
            is_dangerous=True,
        )
        self._desk.dialogs.ask(self._card.window(), question, partial(self._remove, row))

    def _remove(self, row: TrustRow) -> None:
        if self._workspace is not None:
            self._desk.jobs.write(partial(_removed, self._workspace, row.id), self._on_removed)

    def _on_removed(self, result: "Success[Outcome[TrustItem]] | Failure") -> None:
        if isinstance(result, Failure):
            self._tell(self._desk.problems.sentence(result.problem), Tone.BAD)
            return
        self._tell(self._desk.speech.say("preferences.trust_removed", name=result.value.value.subject), Tone.GOOD)
        self.changed.emit(result.value.changes)
        if self._workspace is not None:
            self._load(self._workspace)

    def _tell(self, sentence: str, tone: Tone) -> None:
        self._card.message.show_message(sentence, tone)


def _row(item: TrustItem, speech: Speech) -> TrustRow:
    say = speech.say
    added = say(
        "preferences.trust_origin",
        file=item.file_name,
        at=f"{item.added_at.astimezone():%Y-%m-%d %H:%M}",
        by=item.added_by or "–",
    )
    return TrustRow(
        id=item.id,
        kind=say(f"trust.kind.{item.kind.value}"),
        subject=item.subject,
        role=say(f"trust.role.{item.role.value}") if item.role is not None else say("trust.any_role"),
        until=f"{item.valid_until.astimezone():%Y-%m-%d}" if item.valid_until is not None else say("trust.no_end"),
        fingerprint=item.fingerprint,
        origin=added,
    )


def _items(workspace: "Workspace") -> tuple[TrustItem, ...]:
    from maturity_desktop.services import trust

    return trust.list_items(workspace)


def _imported(workspace: "Workspace", name: str, source: Path, role: TrustRole) -> "Outcome[tuple[TrustItem, ...]]":
    from maturity_desktop.services import trust

    verbs: dict[str, Callable[[], Outcome[tuple[TrustItem, ...]]]] = {
        "roots": partial(trust.import_roots, workspace, source, role),
        "pinned": partial(trust.pin_certificate, workspace, source, role),
        "lists": partial(trust.import_list, workspace, source),
    }
    return verbs[name]()


def _removed(workspace: "Workspace", item_id: TrustId) -> "Outcome[TrustItem]":
    from maturity_desktop.services import trust

    return trust.remove(workspace, item_id)

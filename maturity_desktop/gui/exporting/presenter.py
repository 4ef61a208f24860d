"""The export screen: collects a request, writes the file in the background, shows what was written and verified."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.identity.choosing import IdentityChooser
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.printing.previewing import Previewing
from maturity_desktop.gui.common.screens import Destination, Place, Screen
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.exporting.issuing import IssuingBodyEditor
from maturity_desktop.gui.exporting.orders import Order, Surroundings, carry_out, surroundings
from maturity_desktop.gui.exporting.second import Sm2Chooser
from maturity_desktop.gui.exporting.state import ExportInputs, WrittenFile, obstacle, suggested_name, with_suffix
from maturity_desktop.gui.exporting.views.page import ExportView
from maturity_desktop.gui.exporting.words import body_line, register_row, written
from maturity_desktop.services.exporting import Exported
from maturity_desktop.services.identities import MadeIdentity
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.printing import Source
from maturity_desktop.services.submissions import Packed
from maturity_desktop.settings import options


class ExportScreen(Screen):
    """Export, sign, preview, print."""

    destination = Destination.EXPORT

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        self.page = ExportView(desk.icons, desk.theme, desk.speech)
        super().__init__(desk, self.page, parent)
        self.identity = IdentityChooser(desk, self.page.identity, self.page, self)
        self.sm2 = Sm2Chooser(desk, self.page.sm2, self.page, self)
        self._around: Surroundings | None = None
        self._is_busy, self._suggested = False, ""
        self._shown_for: AssessmentId | None = None
        self.issuing = IssuingBodyEditor(desk, self.page, self)
        self.issuing.saved.connect(self._on_body_saved)
        self.previewing: Previewing | None = None
        self.page.edited.connect(self._show_lack)
        self.page.kind_chosen.connect(self._suggest_target)
        self.page.target_wanted.connect(self._browse_target)
        self.page.body_wanted.connect(self._edit_body)
        self.page.export_wanted.connect(self.export)
        self.page.results.preview_wanted.connect(self.preview)
        self.page.results.print_wanted.connect(self.print_it)
        self.page.results.folder_wanted.connect(_show_folder)
        self.identity.changed.connect(self._show_lack)
        self.sm2.changed.connect(self._show_lack)
        self.identity.made.connect(self._on_identity_made)

    # --- loading ------------------------------------------------------------------------------------------------

    def enter(self, place: Place | None) -> None:
        """Let go of the keys of a workspace that was closed."""
        if place is None:
            self.identity.offer(None)
        super().enter(place)

    def load(self) -> None:
        """Read the register, the issuing body and what the assessment is about."""
        place = self.place
        if place is None or place.assessment_id is None:
            return
        if self._shown_for != place.assessment_id:
            self._shown_for, self._suggested = place.assessment_id, ""
            self.page.results.clear()
            self.page.target.clear()
        job = partial(surroundings, place.workspace, place.assessment_id)
        self.desk.jobs.work(job, self._on_surroundings)
        self.identity.offer(place.workspace)

    def concerns(self, changes: Changes) -> bool:
        """Exports, settings and names matter here; answers do not."""
        return bool(changes.areas & {Area.EXPORTS, Area.SETTINGS, Area.STRUCTURE})

    def on_changes(self, changes: Changes, initiator: QObject | None) -> None:  # noqa: ARG002  own exports show, too
        """Read the register again."""
        self.load()

    def retranslate(self) -> None:
        """Say everything again."""
        self.page.retranslate()
        self._show_around()
        self._show_lack()

    def can_close(self) -> bool:
        """A running export is finished or stopped first, and the page says so."""
        if self._is_busy:
            self.page.results.message.show_message(self.desk.speech.say("exporting.lacks.busy"), Tone.WARN)
        return not self._is_busy

    def _on_surroundings(self, result: Success[Surroundings] | Failure) -> None:
        if isinstance(result, Failure):
            self.desk.problems.announce(result.problem)
            return
        self._around = result.value
        self._show_around()
        self._suggest_target()

    def _show_around(self) -> None:
        around = self._around
        if around is None:
            return
        rows = tuple(register_row(record, self.desk.speech) for record in around.records)
        self.page.results.model.show_rows(rows)
        self.page.results.show_register(has_rows=bool(rows))
        self.page.show_body(body_line(around.body, self.desk.machine.clock.today(), self.desk.speech))

    # --- form ---------------------------------------------------------------------------------------------------

    @property
    def inputs(self) -> ExportInputs:
        """What stands on the page."""
        return ExportInputs(
            kind=self.page.kind,
            target=self.page.target.text(),
            is_signed=self.page.identity.sign.isChecked(),
            identity_lack=self.identity.lack,
            sm2_lack=self.sm2.lack,
            has_issuing_body=self._around is not None and self._around.body is not None,
            is_busy=self._is_busy,
        )

    @Slot()
    def _show_lack(self) -> None:
        key = obstacle(self.inputs)
        self.page.show_lack(self.desk.speech.say(f"exporting.lacks.{key}") if key else "", can_export=not key)

    @Slot()
    def _suggest_target(self) -> None:
        if self._around is not None and self.page.target.text() in ("", self._suggested) and self.place is not None:
            today = self.desk.machine.clock.today()
            name = suggested_name(
                self.page.kind, self.desk.speech.pick(self._around.subject), self.page.language, today
            )
            folder = self.desk.settings.text(options.DEFAULT_FOLDER)
            self._suggested = str((Path(folder) if folder else self.place.workspace.path.parent) / name)
            self.page.target.setText(self._suggested)
        self._show_lack()

    @Slot()
    def _browse_target(self) -> None:
        kind = self.page.kind
        wish = FileWish(
            title=self.desk.speech.say("exporting.target"),
            pattern=f"{self.desk.speech.say(f'exporting.kind.{kind.value}')} (*{kind.suffix})",
            start=Path(self.page.target.text() or Path.home()),
        )
        self.desk.dialogs.save_file(self.page, wish, self._on_target)

    def _on_target(self, target: Path) -> None:
        self.page.target.setText(str(with_suffix(target, self.page.kind)))
        self._show_lack()

    @Slot()
    def _edit_body(self) -> None:
        if self.place is not None and self._around is not None:
            self.issuing.edit(self.place.workspace, self._around.body)

    @Slot(object)
    def _on_body_saved(self, changes: Changes) -> None:
        self.desk.hub.publish(changes, self)

    @Slot(object)
    def _on_identity_made(self, made: MadeIdentity) -> None:
        known = self.desk.settings.text(options.TRUST_ROOTS)
        self.desk.keep(options.TRUST_ROOTS, f"{known}\n{made.root}".strip())
        text = self.desk.speech.say("exporting.identity_made", pkcs12=made.pkcs12.name, root=made.root)
        self.page.results.message.show_message(text, Tone.GOOD)

    # --- exporting ----------------------------------------------------------------------------------------------

    @Slot()
    def export(self) -> None:
        """Write what the page asks for."""
        place = self.place
        if place is None or place.assessment_id is None or obstacle(self.inputs):
            return
        self._is_busy = True
        self._show_lack()
        self.page.results.message.hide()
        target = with_suffix(Path(self.page.target.text().strip()), self.page.kind)
        order = Order(
            assessment_id=place.assessment_id,
            kind=self.page.kind,
            target=target,
            languages=self.page.language.chosen,
            identity=self.identity.chosen,
            sm2=self.sm2.chosen,
            is_final=self.page.is_final.isChecked(),
            today=self.desk.machine.clock.today(),
        )
        running = self.desk.jobs.watch(partial(carry_out, place.workspace, order), self._on_exported)
        self.page.results.strip.follow(running, self.desk.speech.say("exporting.writing", name=target.name))

    def _on_exported(self, result: Success[Outcome[Exported] | Outcome[Packed]] | Failure) -> None:
        self._is_busy = False
        self.page.results.strip.finish()
        self._show_lack()
        if isinstance(result, Failure):
            tone = Tone.NOTE if result.is_cancelled else Tone.BAD
            self.page.results.message.show_message(self.desk.problems.sentence(result.problem), tone)
            return
        self.page.results.add(written(result.value.value, self.desk.speech))
        self.desk.hub.publish(result.value.changes, self)

    @Slot(object)
    def preview(self, written: WrittenFile) -> None:
        """Show the written file inside the window."""
        self._look_at(written).open()

    @Slot(object)
    def print_it(self, written: WrittenFile) -> None:
        """Show the written file and ask for the printer."""
        self._look_at(written).open(and_print=True)

    def _look_at(self, written: WrittenFile) -> Previewing:
        workspace = self.place.workspace if self.place is not None else None
        source = Source(path=written.path, sha256=written.sha256, workspace=workspace)
        self.previewing = Previewing(self.desk, source, self.page)
        return self.previewing


def _show_folder(written: WrittenFile) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(written.path.parent)))

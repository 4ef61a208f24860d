"""The columns of a plain table: a guess or a kept choice is shown, every change of it tried at once."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from maturity_desktop.domain.text import Text
from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.library import draft_words
from maturity_desktop.gui.library.ground import Ground
from maturity_desktop.gui.library.state.columns import ColumnRow, ColumnsProps, HeadChoice, PreviewProps
from maturity_desktop.services import adopting, columns
from maturity_desktop.services.adopting import ImportDraft
from maturity_desktop.services.columns import Attempt, OpenTable, SheetLook, TableChoice, Use
from maturity_desktop.services.context import Machine
from maturity_desktop.system.progress import Progress

_PATTERN = "TOML (*.toml)"
_SAMPLES = 3


class Mapping(QObject):
    """Owns the table that is open and the choice for it."""

    drafted = Signal(object)  # ImportDraft

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(parent)
        self._ground = ground
        self._opened: OpenTable | None = None
        self._seen: SheetLook | None = None
        self._choice = TableChoice()
        self._preview: Success[Attempt] | Failure | None = None
        self._round = 0
        view = ground.page.columns
        view.layout_changed.connect(self._on_layout)
        view.changed.connect(self._on_changed)
        view.ready.connect(self._on_ready)
        view.load_wanted.connect(self.choose_mapping)
        view.save_wanted.connect(self.choose_target)

    def open(self, opened: OpenTable) -> None:
        """Show the columns of a table, with what is likely or was chosen before for each."""
        self._opened, self._seen = opened, None
        self._begin("", 0)

    @Slot()
    def return_to(self) -> None:
        """Go back to the columns of the table that is open."""
        if self._opened is not None:
            self._ground.page.show_columns()

    def show(self) -> None:
        """Show table, choice and what comes of it again, in the current language."""
        opened, seen, choice = self._opened, self._seen, self._choice
        if opened is None or seen is None:
            return
        rows = zip(seen.headings, seen.samples, strict=True)
        head = HeadChoice(
            sheet=seen.name,
            header_row=seen.header_row,
            language=choice.language,
            standard_id=choice.standard_id,
            edition_id=choice.edition_id,
            name_zh=choice.name.zh,
            name_en=choice.name.en,
        )
        props = ColumnsProps(
            title=self._ground.desk.speech.say("importing.columns", name=opened.file.name, count=seen.rows),
            sheets=tuple(sheet.name for sheet in opened.sheets),
            head=head,
            rows=tuple(
                ColumnRow(heading=heading, samples=" ¦ ".join(cells[:_SAMPLES]), use=choice.use_of(heading).value)
                for heading, cells in rows
            ),
        )
        self._ground.page.columns.show_props(props)
        self._show_preview()

    # --- choosing ----------------------------------------------------------------------------------------------

    def _begin(self, sheet: str, header_row: int) -> None:
        if self._opened is not None:
            job = partial(columns.begin, self._ground.desk.machine, self._opened, sheet, header_row)
            self._ground.desk.jobs.work(job, self._on_begun)

    def _on_begun(self, result: Success[tuple[SheetLook, TableChoice]] | Failure) -> None:
        if isinstance(result, Failure):
            self._ground.tell(result)
            return
        is_first = self._seen is None
        self._take(*result.value)
        if is_first:
            self._ground.page.show_columns()

    def _take(self, seen: SheetLook, choice: TableChoice) -> None:
        self._seen, self._choice, self._preview = seen, choice, None
        self.show()
        self._try()

    @Slot()
    def _on_layout(self) -> None:
        """Another sheet, or another row of headings: the columns are others."""
        seen, head = self._seen, self._ground.page.columns.head_choice
        if seen is not None:
            self._begin(head.sheet, head.header_row if head.sheet == seen.name else 0)

    @Slot()
    def _on_changed(self) -> None:
        view = self._ground.page.columns
        head = view.head_choice
        self._choice = replace(
            self._choice,
            standard_id=head.standard_id,
            edition_id=head.edition_id,
            name=Text(zh=head.name_zh, en=head.name_en),
            language=head.language,
            uses=tuple((heading, Use(use)) for heading, use in view.chosen_uses),
        )
        self._try()

    def _try(self) -> None:
        """Make the edition of the present choice; only the answer to the newest choice is shown."""
        if self._opened is not None:
            self._round += 1
            job = partial(columns.attempt, self._ground.desk.machine, self._opened, self._choice)
            self._ground.desk.jobs.work(job, partial(self._on_tried, self._round))

    def _on_tried(self, number: int, result: Success[Attempt] | Failure) -> None:
        if number == self._round:
            self._preview = result
            self._show_preview()

    def _show_preview(self) -> None:
        speech, result = self._ground.desk.speech, self._preview
        if result is None:
            props = PreviewProps(words=speech.say("importing.trying"), is_possible=False)
        elif isinstance(result, Failure):
            props = PreviewProps(words=self._why_not(result), is_possible=False)
        else:
            made = result.value
            counts = {"nodes": made.nodes, "items": made.rated_items, "criteria": made.criteria}
            told = speech.say("importing.counted", **counts)
            props = PreviewProps(words=told, is_possible=True, contents=draft_words.leaves(made.edition, speech))
        self._ground.page.columns.show_preview(props)

    def _why_not(self, failure: Failure) -> str:
        """The commonest reason is said in the words of this page."""
        has_text = {Use.TEXT_ZH, Use.TEXT_EN, Use.LEVEL_COLUMN} & {use for _, use in self._choice.uses}
        return self._ground.sentence(failure) if has_text else self._ground.desk.speech.say("importing.text_missing")

    # --- going on ----------------------------------------------------------------------------------------------

    @Slot()
    def _on_ready(self) -> None:
        if self._opened is not None and self._seen is not None:
            job = partial(_draft, self._ground.desk.machine, self._opened, self._seen, self._choice)
            told = self._ground.desk.speech.say("importing.reading", name=self._opened.file.name)
            self._ground.follow(job, self._on_drafted, told)

    def _on_drafted(self, result: Success[ImportDraft] | Failure) -> None:
        self._ground.end()
        if isinstance(result, Failure):
            self._ground.tell(result)
        else:
            self.drafted.emit(result.value)

    # --- column files ------------------------------------------------------------------------------------------

    @Slot()
    def choose_mapping(self) -> None:
        """Ask for a column file, then use it."""
        wish = FileWish(
            title=self._ground.desk.speech.say("importing.columns_load"), pattern=_PATTERN, start=self._ground.folder()
        )
        self._ground.desk.dialogs.open_file(self._ground.page, wish, self._load)

    def _load(self, file: Path) -> None:
        if self._opened is not None:
            self._ground.desk.jobs.work(partial(_load, self._opened, file), self._on_begun)

    @Slot()
    def choose_target(self) -> None:
        """Ask where the column file goes, then write it."""
        opened = self._opened
        if opened is not None:
            start = self._ground.folder() / f"{opened.file.stem}.toml"
            title = self._ground.desk.speech.say("importing.columns_save")
            wish = FileWish(title=title, pattern=_PATTERN, start=start)
            self._ground.desk.dialogs.save_file(self._ground.page, wish, self._save)

    def _save(self, target: Path) -> None:
        job = partial(columns.save_choice, self._choice, target)
        self._ground.desk.jobs.work(job, partial(self._on_saved, target))

    def _on_saved(self, target: Path, result: Success[None] | Failure) -> None:
        if isinstance(result, Failure):
            self._ground.tell(result)
        else:
            self._ground.page.tell(self._ground.desk.speech.say("importing.columns_saved", path=target), Tone.GOOD)


def _load(opened: OpenTable, file: Path) -> tuple[SheetLook, TableChoice]:
    return columns.apply(opened, columns.load_choice(file))


def _draft(
    machine: Machine, opened: OpenTable, seen: SheetLook, choice: TableChoice, progress: Progress
) -> ImportDraft:
    progress(0, 0, opened.file.name)
    made = columns.plan(machine, opened, choice)
    columns.remember(machine, seen, choice)
    return adopting.compared(machine, opened.file, made, columns.as_wishes(choice), progress)

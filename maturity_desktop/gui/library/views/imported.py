"""An import before it is accepted: what it is, what would change, its faults, and what it does not carry."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QStackedWidget, QTableView, QTabWidget, QTreeView, QVBoxLayout, QWidget

from maturity_desktop.gui.common.differences.view import DifferencesView
from maturity_desktop.gui.common.fact_strip import FactStrip
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import EmptyState, MessageBar, SectionHeader, button, label, name_it
from maturity_desktop.gui.library.models.contents import ContentsModel
from maturity_desktop.gui.library.models.drafts import left_model
from maturity_desktop.gui.library.state.drafts import DraftProps, DraftTab
from maturity_desktop.gui.library.views.faults import FaultsView

GROUPS = ("auto", "levels", "scopes")
_LEFT_WIDTHS = (440, 70, 400)


class ImportView(QWidget):
    """Shows an import; emits what is wanted of it."""

    back_wanted = Signal()
    columns_wanted = Signal()
    groups_wanted = Signal(str)

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("library_import")
        self._looks = looks
        self.header = SectionHeader("title")
        self.back = button("import_back")
        self.columns = button("import_columns")
        self.accept = button("import_accept", look_name="primary")
        self.verdict = MessageBar(looks.icons, "import_verdict")
        self.verdict.close_button.hide()
        self.facts = FactStrip(looks, "import_facts")
        self.groups_caption = label("", "field")
        self.groups = QComboBox()
        for groups in GROUPS:
            self.groups.addItem("", groups)
        self.differences = DifferencesView(looks, "import_differences")
        self.faults = FaultsView(looks)
        self.left = left_model(self)
        self.left_table: QTableView = table(SortedRows(self.left, self), "import_left", _LEFT_WIDTHS, stretch=2)
        self.left_empty = EmptyState(looks.icons, Icon.CHECK, "import_left_empty")
        self.left_stack = QStackedWidget()
        self.contents = ContentsModel(self)
        self.tree = QTreeView()
        self.tree.setModel(self.contents)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("import_tabs")
        self._counts = dict.fromkeys(DraftTab, 0)
        self._lay_out()
        self.back.clicked.connect(self.back_wanted)
        self.columns.clicked.connect(self.columns_wanted)
        self.groups.activated.connect(self._on_groups)

    def _lay_out(self) -> None:
        for action in (self.back, self.columns, self.accept):
            self.header.buttons.addWidget(action)
        self.facts.controls.addWidget(self.groups_caption)
        self.facts.controls.addWidget(self.groups)
        self.left_stack.addWidget(self.left_empty)
        self.left_stack.addWidget(self.left_table)
        for page in (self.differences, self.faults, self.left_stack, self.tree):
            self.tabs.addTab(page, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        for part in (self.header, self.verdict, self.facts):
            layout.addWidget(part)
        layout.addWidget(self.tabs, 1)

    def show_props(self, props: DraftProps) -> None:
        """Show an import, with the tab in front that matters most."""
        self.header.set_texts(props.title)
        self.verdict.show_message(props.verdict, props.tone)
        self.facts.show_facts(props.facts)
        self.facts.setVisible(bool(props.facts))
        self.differences.show_props(props.differences)
        self.faults.show_faults(props.faults, can_save=props.can_save_faults)
        self.left.show(props.left)
        self.left_stack.setCurrentIndex(1 if props.left else 0)
        self.contents.show_tree(props.contents)
        self.tree.expandToDepth(1)
        self.accept.setEnabled(props.can_accept)
        self.columns.setVisible(props.has_columns)
        for part in (self.groups_caption, self.groups):
            part.setVisible(bool(props.groups))
        if props.groups:
            self.groups.setCurrentIndex(GROUPS.index(props.groups))
        self._counts = {
            DraftTab.DIFFERENCES: len(props.differences.rows),
            DraftTab.FAULTS: len(props.faults),
            DraftTab.LEFT: len(props.left),
            DraftTab.CONTENTS: 0,
        }
        self.tabs.setCurrentIndex(tuple(DraftTab).index(props.opens_at))
        self._name_tabs()

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self.back.setText(say("library.back"))
        self.columns.setText(say("importing.columns_again"))
        self.accept.setText(say("importing.accept"))
        self.groups_caption.setText(say("importing.groups"))
        name_it(self.groups, "import_groups", say("importing.groups"))
        for place, groups in enumerate(GROUPS):
            self.groups.setItemText(place, say(f"importing.groups_{groups}"))
        self.left.set_captions(say)
        self.left_empty.set_texts(say("importing.nothing_left"), say("importing.nothing_left_text"))
        name_it(self.left_table, "import_left", say("importing.tab.left"))
        name_it(self.tree, "import_tree", say("importing.tab.contents"))
        self.differences.retranslate()
        self.faults.retranslate()
        self._name_tabs()
        self.redraw()

    def redraw(self) -> None:
        """Draw again in the colours of the theme."""
        icons = self._looks.icons
        self.back.setIcon(icons.get(Icon.LEFT))
        self.columns.setIcon(icons.get(Icon.EDIT))
        self.accept.setIcon(icons.get(Icon.CHECK, self._looks.theme.palette.on_accent))
        self.verdict.repaint_icons()
        self.left_empty.repaint_icon()
        self.facts.redraw()
        self.differences.redraw()
        self.faults.redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    @Slot(int)
    def _on_groups(self, _place: int) -> None:
        self.groups_wanted.emit(str(self.groups.currentData()))

    def _name_tabs(self) -> None:
        say = self._looks.speech.say
        for place, tab in enumerate(DraftTab):
            count = self._counts[tab]
            name = say(f"importing.tab.{tab.value}")
            self.tabs.setTabText(place, f"{name} ({count})" if count else name)

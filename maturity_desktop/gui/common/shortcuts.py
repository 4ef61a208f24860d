"""Every shortcut of the program, described once; the list on `?`/F1 and all key bindings come from here."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Keys:
    """Key sequences (portable text, first one is shown) and the group they are listed in.

    The sentence is `shortcuts.<member name in lower case>`, the group's name `shortcuts.group.<group>`.
    """

    group: str
    sequences: tuple[str, ...]


class Shortcut(Enum):
    """All shortcuts; single letters work where no text is being typed."""

    KEY_LIST = Keys("general", ("F1", "?"))
    GO_1 = Keys("general", ("Alt+1",))
    GO_2 = Keys("general", ("Alt+2",))
    GO_3 = Keys("general", ("Alt+3",))
    GO_4 = Keys("general", ("Alt+4",))
    GO_5 = Keys("general", ("Alt+5",))
    GO_6 = Keys("general", ("Alt+6",))
    GO_7 = Keys("general", ("Alt+7",))
    GO_8 = Keys("general", ("Alt+8",))
    GO_9 = Keys("general", ("Alt+9",))
    GO_10 = Keys("general", ("Alt+0",))
    GO_11 = Keys("general", ("Ctrl+,",))
    GO_12 = Keys("general", ("Ctrl+B",))
    GO_13 = Keys("general", ("Ctrl+Shift+S",))
    SWITCH_LANGUAGE = Keys("general", ("Ctrl+Shift+L",))
    SWITCH_THEME = Keys("general", ("Ctrl+Shift+D",))
    LOCK = Keys("general", ("Ctrl+L",))
    NEW_WORKSPACE = Keys("general", ("Ctrl+N",))
    OPEN_WORKSPACE = Keys("general", ("Ctrl+O",))
    QUIT = Keys("general", ("Ctrl+Q",))

    ANSWER_COMPLIANT = Keys("answering", ("Y", "1"))
    ANSWER_PARTIAL = Keys("answering", ("P", "2"))
    ANSWER_NOT_COMPLIANT = Keys("answering", ("N", "3"))
    ANSWER_NOT_APPLICABLE = Keys("answering", ("X", "4"))
    ANSWER_CLEAR = Keys("answering", ("0", "Backspace"))
    ANSWER_CHOICE = Keys("answering", ("5", "6", "7", "8", "9"))
    ANSWER_CELL_COMPLIANT = Keys("answering", ("Shift+Y",))
    FLAG = Keys("answering", ("F",))
    RATIONALE = Keys("answering", ("C", "M"))
    FINISH_TEXT = Keys("answering", ("Ctrl+Return", "Ctrl+Enter"))
    EVIDENCE = Keys("answering", ("E",))
    PREVIEW = Keys("answering", ("V",))
    OBSERVATION = Keys("answering", ("O",))
    UNDO = Keys("answering", ("Ctrl+Z",))
    REDO = Keys("answering", ("Ctrl+Y", "Ctrl+Shift+Z"))
    NEXT_CRITERION = Keys("moving", ("Return", "Enter", "Space"))
    CRITERION_BELOW = Keys("moving", ("Down",))
    CRITERION_ABOVE = Keys("moving", ("Up",))
    NEXT_LEVEL = Keys("moving", ("Right",))
    PREVIOUS_LEVEL = Keys("moving", ("Left",))
    NEXT_ITEM = Keys("moving", ("J", "PgDown"))
    PREVIOUS_ITEM = Keys("moving", ("K", "PgUp"))
    NEXT_UNANSWERED = Keys("moving", ("U",))
    GO_TO_CODE = Keys("moving", ("G",))
    SEARCH = Keys("moving", ("Ctrl+F", "Ctrl+K"))
    IMPORT = Keys("general", ("Ctrl+I",))

    @property
    def wording_key(self) -> str:
        """Where its sentence lies."""
        return f"shortcuts.{self.name.lower()}"

    @property
    def shown(self) -> str:
        """The first key sequence as the platform writes it."""
        return self.all_shown[0]

    @property
    def all_shown(self) -> tuple[str, ...]:
        """All key sequences as the platform writes them."""
        native = QKeySequence.SequenceFormat.NativeText
        return tuple(QKeySequence(sequence).toString(native) for sequence in self.value.sequences)


def bind(
    shortcut: Shortcut, owner: QWidget, context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut
) -> QShortcut:
    """Return a live shortcut on `owner` with all its sequences; connect its `activated`."""
    bound = QShortcut(owner)
    bound.setKeys([QKeySequence(sequence) for sequence in shortcut.value.sequences])
    bound.setContext(context)
    bound.setObjectName(f"shortcut_{shortcut.name.lower()}")
    return bound

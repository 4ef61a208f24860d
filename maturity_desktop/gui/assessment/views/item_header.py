"""The headline of a rated item: code, name in both languages, path, rating, target, self-rating, progress."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from maturity_desktop.gui.assessment.state.question import HeaderProps
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import LevelBadge, button, label


class ItemHeader(QFrame):
    """Shows a `HeaderProps`."""

    override_wanted = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("item_header")
        self._looks = looks
        self.path = label("", "caption")
        self.name = label("", "heading")
        self.name.setObjectName("item_name")
        self.other_name = label("", "soft")
        self.code = label("", "chip")
        self.code.setObjectName("item_code")
        self.progress = label("", "caption")
        self.badge = LevelBadge(looks.theme)
        self.badge.setObjectName("item_rating")
        self.words = label("", "strong")
        self.computed = label("", "caption")
        self.target = label("", "chip_accent")
        self.self_rating = label("", "chip")
        self.override = button("override_rating", look_name="plain")
        self.override.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.override.clicked.connect(self.override_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        for part in (self.path, self.name, self.other_name, self.progress):
            part.setMinimumWidth(40)
        title = QHBoxLayout()
        title.setSpacing(Space.S)
        title.addWidget(self.code)
        title.addWidget(self.name)
        title.addWidget(self.other_name, 1)
        above = QHBoxLayout()
        above.setSpacing(Space.M)
        above.addWidget(self.path)
        above.addWidget(self.progress, 1)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addLayout(above)
        left.addLayout(title)
        rating = QVBoxLayout()
        rating.setSpacing(0)
        rating.addWidget(self.words)
        rating.addWidget(self.computed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 0, 2, 0)
        layout.setSpacing(Space.S)
        layout.addLayout(left, 1)
        layout.addWidget(self.self_rating, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.target, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.badge)
        layout.addLayout(rating)
        layout.addWidget(self.override)

    def show_header(self, props: HeaderProps, colour: str) -> None:
        say = self._looks.speech.say
        self.path.setText(props.path)
        self.name.setText(props.name)
        self.other_name.setText(props.other_name)
        self.code.setText(props.code)
        self.progress.setText(props.progress)
        self.badge.set_level(props.rating_label, colour, f"{say('assessment.header.rating_name')} {props.rating_words}")
        self.badge.setVisible(not (props.is_in_words and props.rating_level))
        self.words.setText(props.rating_words)
        if props.is_overridden:
            shown = say("assessment.header.computed", label=props.computed_label)
            self.computed.setToolTip(say("assessment.header.overridden", reason=props.override_reason))
        else:
            shown = say("results.score", score=props.score) if props.score else ""
            self.computed.setToolTip("")
        self.computed.setText(shown)
        self.computed.setVisible(bool(shown))
        self.target.setText(say("assessment.header.target", label=props.target_label))
        self.self_rating.setText(say("assessment.header.self_rating", label=props.self_label))
        self.self_rating.setVisible(bool(props.self_label))
        self.override.setText(say("assessment.header.override"))

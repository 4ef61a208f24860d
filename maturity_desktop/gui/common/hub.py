"""One broadcast per committed verb: what changed, and who asked for it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from maturity_desktop.services.outcomes import Changes


class Hub(QObject):
    """Tells every screen once what a committed verb touched; each decides for itself whether it cares."""

    changed = Signal(object, object)  # Changes, initiator (the screen that asked) or None

    def publish(self, changes: "Changes", initiator: QObject | None = None) -> None:
        """Broadcast; call on the GUI thread, right after a verb succeeded."""
        self.changed.emit(changes, initiator)

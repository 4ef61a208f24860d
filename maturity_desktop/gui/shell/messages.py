"""Qt's own warnings go to the program's log; a fatal one leaves its trace before Qt ends the process."""

import logging

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, qInstallMessageHandler

log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class MessageHandler(QObject):
    """Passes Qt messages on to `logging`, unless somebody else (a test run) already listens."""

    def install(self) -> None:
        """Listen to Qt, but leave an older listener in place."""
        older = qInstallMessageHandler(_take)
        if older is not None:
            qInstallMessageHandler(older)


def _take(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)

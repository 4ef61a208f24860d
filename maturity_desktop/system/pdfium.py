"""PDFium serves one caller at a time in a process: whoever draws or reads pages holds this lock meanwhile."""

from threading import RLock

ALONE = RLock()

"""Turns pack files into a checked `Edition`, or into a list of issues. Nothing is half-read.

Start with `stages` (all of them in order); `rules` holds the meaning, `quality` the wording, `cache` the copies.
"""

from maturity_desktop.packs.cache import load, summary
from maturity_desktop.packs.gather import HEAD_FILE, SUFFIX, PackFiles, limited
from maturity_desktop.packs.gather import gather as files_of
from maturity_desktop.packs.stages import Examined, compile_files, examine, examine_book, examine_files
from maturity_desktop.packs.summary import Summary, summarise

__all__ = [
    "HEAD_FILE",
    "SUFFIX",
    "Examined",
    "PackFiles",
    "Summary",
    "compile_files",
    "examine",
    "examine_book",
    "examine_files",
    "files_of",
    "limited",
    "load",
    "summarise",
    "summary",
]

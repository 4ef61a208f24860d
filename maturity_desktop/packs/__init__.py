"""Turns pack files into a checked `Edition`, or into a list of issues. Nothing is half-read.

Start with `stages` (all of them in order); `rules` holds the meaning, `quality` the wording, `cache` the copies.
"""

from maturity_desktop.packs.cache import load, summary
from maturity_desktop.packs.gather import HEAD_FILE, SUFFIX
from maturity_desktop.packs.stages import Examined, examine
from maturity_desktop.packs.summary import Summary

__all__ = ["HEAD_FILE", "SUFFIX", "Examined", "Summary", "examine", "load", "summary"]

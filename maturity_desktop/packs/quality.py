"""Wording of a pack: warnings a careful author wants to see. One function per rule, registered in `RULES`."""

from collections.abc import Callable, Iterator

from maturity_desktop.errors import Issue
from maturity_desktop.packs.rules import Draft

Rule = Callable[[Draft], Iterator[Issue]]

RULES: tuple[Rule, ...] = ()


def check(draft: Draft) -> tuple[Issue, ...]:
    """Return everything the wording rules find, in the order of the rules."""
    return tuple(found for rule in RULES for found in rule(draft))

"""Pure arithmetic from answers to ratings, results, paths and coverage. No files, no clock, no sentences.

Start with `items` (one rated item), then `methods` (the four rule profiles) and `rollup` (nodes, modules, the whole).
"""

from maturity_desktop.scoring.coverage import coverage
from maturity_desktop.scoring.explain import Explanation, explain
from maturity_desktop.scoring.hypothesis import what_if
from maturity_desktop.scoring.items import rate_item
from maturity_desktop.scoring.path import path_to_target
from maturity_desktop.scoring.rollup import compute_results, target_rating, update_results
from maturity_desktop.scoring.scope import items_below, items_in_scope

__all__ = [
    "Explanation",
    "compute_results",
    "coverage",
    "explain",
    "items_below",
    "items_in_scope",
    "path_to_target",
    "rate_item",
    "target_rating",
    "update_results",
    "what_if",
]

"""Models we did not invent: each importer turns one foreign format into entries, and `build` makes an edition of them.

Nothing is dropped silently: what an edition cannot hold is counted and listed.
"""

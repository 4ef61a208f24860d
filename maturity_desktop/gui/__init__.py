"""Everything that is drawn. One sub-room per feature, `common` below them, `shell` above them.

Views show values and emit intents; screens (presenters) talk to `services`; Qt exists nowhere else in the program.
"""

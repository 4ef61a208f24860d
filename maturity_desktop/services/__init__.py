"""One function per thing a user can ask for, with its transaction and its `Outcome`.

Every verb takes the open `Workspace` first. Reading verbs return frozen domain values; changing verbs commit once,
journal in the same transaction, and return an `Outcome` that says what changed. Safe to call from any thread.
"""

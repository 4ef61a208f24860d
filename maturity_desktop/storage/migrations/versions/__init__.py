"""The revisions, oldest first; each spells out its tables and imports nothing of the program."""

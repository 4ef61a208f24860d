"""Preferences, care of the open workspace, the journal, and what the program is made of."""

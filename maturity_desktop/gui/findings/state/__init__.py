"""Rows of the findings screen, derived by pure functions. No Qt, no services."""

"""Widgets of the export screen and its dialogs: they show plain values and emit intents."""

"""Widgets of the library: they show props and emit intents."""

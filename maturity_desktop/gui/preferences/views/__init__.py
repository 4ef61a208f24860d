"""Widgets of preferences and journal: they show plain values and emit intents."""

"""Widgets of the start and of engagements: they show plain values and emit intents."""

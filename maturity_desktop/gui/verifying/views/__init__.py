"""Widgets of the verification screen: they show plain values and emit intents."""

"""Widgets of the self-assessment screen: they show plain values and emit intents."""

"""Widgets of the findings screen: they show values and emit intents."""

"""Widgets of the sign-off screen: they show plain values and emit intents."""

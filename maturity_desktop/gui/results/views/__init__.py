"""Widgets of the results screen: they show props and emit intents."""

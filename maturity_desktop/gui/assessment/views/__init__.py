"""Widgets of the questionnaire: they show props and emit intents."""

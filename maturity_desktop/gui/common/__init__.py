"""What every screen stands on: jobs, hub, problems, language, theme, icons, shortcuts, dialogs, small widgets.

Start with `screens` (the contract between shell and slices) and `desk` (what a screen is handed).
"""

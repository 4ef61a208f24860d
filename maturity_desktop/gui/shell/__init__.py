"""Main window, navigation, opening and locking, quitting. The only sub-room that knows the other ones."""

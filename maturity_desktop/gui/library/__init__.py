"""The library: all standards, search across their text, reading one as a book, checking a pack."""

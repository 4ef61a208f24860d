"""Item models of the library."""

"""What the library shows, as frozen values; no Qt, no services."""

"""What differs between two editions: a filtered table, and the chosen thing before and after."""

"""Results: levels with their reasons, the gap to the target, radar, heat map, coverage, and what-if."""

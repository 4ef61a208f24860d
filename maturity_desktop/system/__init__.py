"""What the machine gives us: folders, clock, atomic files, locks, free space. Knows nothing of assessments."""

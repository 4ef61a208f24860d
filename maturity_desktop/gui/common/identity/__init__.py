"""Who signs: the form, what it lacks, and the conversation that checks files and tokens; used by several screens."""

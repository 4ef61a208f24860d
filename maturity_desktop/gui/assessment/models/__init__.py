"""Item models of the questionnaire: tree, level cells, search hits, evidence, wanted list."""

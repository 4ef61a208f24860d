"""Item models of the findings screen."""

"""Item models of the results screen."""

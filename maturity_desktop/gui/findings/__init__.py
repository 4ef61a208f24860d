"""Findings: the register of observations, what the institution claims it gained, and the interviews held."""

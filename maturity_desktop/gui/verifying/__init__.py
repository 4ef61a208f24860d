"""Verify any signed file against trusted roots; needs no workspace."""

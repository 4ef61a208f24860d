"""Logs and crash files on this computer. Nothing is ever sent; no answer text, name or key is ever written."""

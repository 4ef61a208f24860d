"""The same verbs without a window. One module per command; each registers itself and returns an exit code.

Exit codes: 0 good, 1 findings, 2 usage or refused, 3 verification failed. Passphrases never come as arguments.
"""

"""The bytes of attached files: copied in, hashed, sealed, kept under names that confirm nothing, read back in pieces.

Start with `vault.Vault` (where contents lie, opening, sweeping) and `intake.received` (copying a file in).
What evidence means, its rows and links live elsewhere; this room knows contents by their hash only.
"""

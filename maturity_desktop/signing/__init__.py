"""Bytes in, signed bytes out, and checks of what others signed: PDF, Office packages, certificate QR codes.

Start at `identity` (who signs), `pdf` and `opc` (signing), `pdf_verify` and `opc_verify` (judging), `qr` (paper).
Nothing here reads or writes files, knows services or speaks to a network. Heavy libraries load with their module.
"""

"""Quiets the libraries: they log stack traces for what is an ordinary verdict here."""

import logging

_NOISY = ("pyhanko", "pyhanko_certvalidator", "asyncio")


def silence() -> None:
    """Let nothing of the signing libraries reach the logs; what matters comes back as a result."""
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL)

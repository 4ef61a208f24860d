"""Maturity Desktop: an offline program for assessing capability maturity.

The rooms and who may import whom are drawn in CONTRIBUTING; start reading at `bootstrap`.
"""

__version__ = "0.1.0"

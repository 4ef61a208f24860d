"""Words and rules of the trade, true without a computer: no files, no clock, no database.

Start with `standard`, then `answers` and `results`. GLOSSARY.md settles which word is used for what.
"""

"""A package of Office Open XML: its members and parts, addresses, formulas, styles, texts.

Nothing of CEDRE is known here.
"""

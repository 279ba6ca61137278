"""Repairs that cannot be wrong: found by the reader, made in the cells alone."""

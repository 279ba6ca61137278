"""Associations of ten years whose people become anonymous, wave after wave: no figure moves."""

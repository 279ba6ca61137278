"""The folder for what must not last, for those who import the verbs alone."""

from __future__ import annotations

from cedre_xlsx.files.scratch import Scratch

__all__ = ["Scratch"]

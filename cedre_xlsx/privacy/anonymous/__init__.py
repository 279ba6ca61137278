"""A person's lines become anonymous lines, and no figure moves."""

from __future__ import annotations

from cedre_xlsx.privacy.anonymous.make import anonymised
from cedre_xlsx.privacy.anonymous.model import Anonymous, Book

__all__ = ["Anonymous", "Book", "anonymised"]

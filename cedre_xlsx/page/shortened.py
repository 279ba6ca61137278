"""Sentences of the verbs as a page says them: files of the folder by their names there."""

from __future__ import annotations

import os

from cedre_xlsx.page.model import Ask


def shortened(ask: Ask, sentence: str) -> str:
    """A sentence without the folders that the page's files, and those handed over, lie in."""
    folders = {ask.folder, *(path.parent for some in ask.uploads.values() for path in some)}
    for folder in sorted(map(str, folders), key=len, reverse=True):
        sentence = sentence.replace(f"{folder}{os.sep}", "")
    return sentence

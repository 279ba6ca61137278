"""What someone probably meant to type: the known texts that are nearest to it."""

from __future__ import annotations

from collections.abc import Iterable

from cedre_xlsx.method.text import word_key

#: Below this likeness (0 to 100) a suggestion would mislead more than help.
_LIKE = 75
#: With less likeness than the best by this much, a further suggestion is noise.
_SLACK = 8
#: Shorter texts are codes: "T" is in "noté", and not meant by it.
_SHORTEST = 3


def nearest(typed: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """The known texts most like `typed`, best first; empty when none is near enough.

    Case, accents, punctuation and the order of words do not count.
    """
    from rapidfuzz import fuzz, process

    plain = word_key(typed)
    candidates = [text for text in dict.fromkeys(known) if _may_be_meant(plain, word_key(text))]
    found = process.extract(
        plain,
        [word_key(text) for text in candidates],
        scorer=fuzz.WRatio,
        limit=limit,
        score_cutoff=_LIKE,
    )
    return tuple(candidates[index] for _, score, index in found if score >= found[0][1] - _SLACK)


def _may_be_meant(typed: str, known: str) -> bool:
    """Whether the known text is more than a letter or two that a longer text happens to hold."""
    return len(known) >= _SHORTEST or len(typed) <= _SHORTEST

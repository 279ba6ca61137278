"""What someone probably meant to type: the known texts that are nearest to it."""

from __future__ import annotations

from collections.abc import Iterable

from cedre_xlsx.method.text import word_key

#: Below this likeness (0 to 100) a suggestion would mislead more than help.
_LIKE = 75
#: With less likeness than the best by this much, a further suggestion is noise.
_SLACK = 8


def nearest(typed: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """The known texts most like `typed`, best first; empty when none is near enough.

    Case, accents, punctuation and the order of words do not count.
    """
    from rapidfuzz import fuzz, process

    candidates = list(dict.fromkeys(known))
    found = process.extract(
        word_key(typed),
        [word_key(text) for text in candidates],
        scorer=fuzz.WRatio,
        limit=limit,
        score_cutoff=_LIKE,
    )
    return tuple(candidates[index] for _, score, index in found if score >= found[0][1] - _SLACK)

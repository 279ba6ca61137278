"""Whether the review of a mission says something, or only that it was received in another way."""

from __future__ import annotations

import re

from cedre_xlsx.method.text import word_key

_WHAT = r"(?:(?:le |un )?(?:bilan|retour|avis|point|questionnaire) )?"
_DONE = (
    r"(?:(?:a ete |est |deja |bien )*(?:recu|fait|vu|rendu|transmis|donne|envoye|note|dit)e?s? )?"
)
_HOW = (
    r"(?:autrement|ailleurs|oral|oralement|a l oral|de vive voix|verbalement"
    r"|(?:par|au) (?:tel|telephone|mail|mel|courriel|courrier|sms)|tel"
    r"|sur papier|papier|(?:au|dans le|sur le) (?:dossier|logiciel)"
    r"|sur (?:la )?plateforme|sur immersion facilitee)"
)
#: Nothing is said, or it was not asked for.
_NOTHING = r"(?:recue?s?|faite?s?|oui|neant|sans objet|so|sans bilan|pas de bilan|non demande)"
_WITHOUT_WORDS = re.compile(rf"(?:{_WHAT}{_DONE}{_HOW}|{_WHAT}{_NOTHING})")


def says_something(review: str) -> bool:
    """Whether a review has words on how the mission went.

    "reçu autrement", "bilan fait par téléphone" and "sans objet" answer the question whether there
    is one, and are no review to print.
    """
    words = word_key(review)
    return bool(words) and not _WITHOUT_WORDS.fullmatch(words)

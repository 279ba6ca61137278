"""The dossier of somebody who asks what is held of them, as pages."""

from __future__ import annotations

from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.typesetting import Form
from cedre_xlsx.forms.typography import french
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.privacy.dossier.gather import Content, Part


def dossier_form(content: Content, origin: Origin) -> Form:
    """All that is held of one person, and what the law asks to be told with it."""
    return {
        "form": "dossier",
        "running": french(f"Droit d'accès : {content.person}"),
        "foot": origin.foot,
        "structure": french(content.structure),
        "title": french(f"CE QUE LE CLASSEUR CONTIENT DE {content.person}"),
        "day": french(f"Au {french_day(origin.on)}. Réponse au droit d'accès (RGPD, article 15)."),
        "article": [[french(one.title), french(one.text)] for one in content.article],
        "parts": [_part(part) for part in content.parts],
    }


def _part(part: Part) -> Form:
    return {
        "title": french(part.title),
        "lines": [
            [[french(one.heading), french(one.text), one.cell] for one in line]
            for line in part.lines
        ],
    }

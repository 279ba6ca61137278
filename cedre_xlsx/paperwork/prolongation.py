"""The State's workbook by which a structure asks that a PASS IAE be prolonged, cell by cell.

Known as it was in November 2026: the sheet *Bilan SIAE Appui DSP*, whose labels stand in column B.
"""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.method.text import word_key
from cedre_xlsx.paperwork.fields import (
    ACTION_DONE,
    ACTION_PLANNED,
    BIRTH_DATE,
    LENGTH_DONE,
    LENGTH_WISHED,
    NEED_LEVEL,
    need_field,
    person_field,
    setting_field,
)
from cedre_xlsx.paperwork.form import Form
from cedre_xlsx.paperwork.model import FormMap, Slot
from cedre_xlsx.paperwork.needs import NEEDS
from cedre_xlsx.schema.errors import CedreError

TITLE = "bilan de prolongation d'un PASS IAE (classeur officiel)"
SHEET = "Bilan SIAE Appui DSP"
_FIRST_NEED = 12  # its row; each need takes two
_HEAD = (
    ("C2", "Nom de l'association intermédiaire", setting_field("structure")),
    ("C3", "N° de SIRET", setting_field("siret")),
    ("C4", "Nom & Prénom du salarié", person_field("typed_person")),
    ("C5", "Date de naissance", BIRTH_DATE),
    ("C6", "Numéro de PASS IAE", person_field("pass_number")),
    ("C7", "Durée du parcours déjà réalisé", LENGTH_DONE),
    ("C8", "Date de fin du PASS", person_field("pass_end")),
)
_WISHED = ("C54", "L'association Intermédiaire demande la prolongation", LENGTH_WISHED)
#: What these are called in short, where it is not how they begin.
_CALLED = {LENGTH_WISHED: "Durée de prolongation souhaitée"}
#: From this share of its labels on, a form is this one, be it that something has moved.
_ENOUGH = 0.5


def official_map(form: Form) -> FormMap | None:
    """The map of the official workbook, where a form is this one; None for any other.

    Raises CedreError where it is this one and a label is no more where it was, where its sheet is
    hidden, and where it has two.
    """
    official = _official_sheets(form)
    shown = [title for title in official if title not in form.hidden]
    if len(shown) > 1:
        named = listed([f"« {title} »" for title in shown])
        raise CedreError(
            f"{form.path} : {named} sont toutes le bilan officiel ; rien n'est écrit. Gardez-en "
            "une seule."
        )
    if shown:
        return FormMap(TITLE, tuple(_slots(shown[0])), whole=False)
    if official:
        raise CedreError(
            f"{form.path} : la feuille « {official[0]} », le bilan officiel, est masquée ; rien "
            "n'est écrit. Affichez-la dans Excel, ou prenez le modèle d'origine."
        )
    for title in form.shown:
        labels = _labels(title)
        known = _seen(form, title, list(labels.values()))
        is_named = word_key(title) == word_key(SHEET)
        if known >= _ENOUGH * len(labels) or (is_named and known):
            raise _changed(form, title, labels)
    return None


def is_official(form: Form) -> bool:
    """Whether a form has the official sheet, every label in its place, be it hidden or twice."""
    return bool(_official_sheets(form))


def _official_sheets(form: Form) -> list[str]:
    return [
        title
        for title in form.sheets
        if all(begins(form.text(title, cell), label) for cell, label in _labels(title).items())
    ]


def _labels(title: str) -> dict[str, str]:
    return {slot.label_cell: slot.label for slot in _slots(title)}


def begins(text: str, label: str) -> bool:
    """Whether a text of the form begins with a label of ours: words alone count."""
    return f"{word_key(text)} ".startswith(f"{word_key(label)} ")


def _seen(form: Form, title: str, labels: list[str]) -> int:
    """How many of these labels a sheet has, wherever they are."""
    texts = [text for _, text in form.texts(title)]
    return sum(any(begins(text, label) for text in texts) for label in labels)


def _changed(form: Form, title: str, labels: dict[str, str]) -> CedreError:
    """What has moved in the official workbook, and what can be done."""
    texts = list(form.texts(title))
    moved = [
        f"« {label} » {f'est en {now} au lieu de {cell}' if now else f'manque en {cell}'}"
        for cell, label in sorted(labels.items(), key=lambda one: form.row_of(one[0]))
        if not begins(form.text(title, cell), label)
        for now in [next((place for place, text in texts if begins(text, label)), "")]
    ]
    others = f" ({counted(len(moved) - 1, 'autre libellé', 'autres libellés')} aussi)"
    return CedreError(
        f"{form.path} : « {title} » n'est pas le bilan officiel tel qu'il est connu : {moved[0]}"
        f"{others if len(moved) > 1 else ''}. Rien n'est écrit : demandez le modèle officiel "
        "d'aujourd'hui, ou reprenez celui d'origine ; en dernier recours, faites sa correspondance "
        "(--learn) et remplissez-le avec elle (--map)."
    )


def _slots(title: str) -> Iterator[Slot]:
    for cell, label, field in (*_HEAD, _WISHED):
        topic = _CALLED.get(field, label)
        yield Slot(field, title, cell, label=label, label_cell=f"B{cell[1:]}", topic=topic)
    for rank, need in enumerate(NEEDS):
        row = _FIRST_NEED + 2 * rank
        for letter, field, line in (
            ("C", NEED_LEVEL, 0),
            ("D", ACTION_DONE, 0),
            ("D", ACTION_DONE, 1),
            ("E", ACTION_PLANNED, 0),
            ("E", ACTION_PLANNED, 1),
        ):
            number = "" if field == NEED_LEVEL else f" {line + 1}"
            yield Slot(
                need_field(need.name, f"{field}{number}"),
                title,
                f"{letter}{row + line}",
                label=need.label,
                label_cell=f"B{row}",
                topic=need.name,
                asks=field,
            )

"""The PDF forms of generated people: every value of the record is on the page, readable by all."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from cedre_xlsx import api
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.template.filling import FilledRow, Filling

needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None and not os.environ.get("CI"),
    reason="pdftotext is not installed",
)
ON = date(2026, 5, 12)
PEOPLE = 25

_LAST = (
    "D'Étoile", "Œillet-Fictif", "N’Diaye-Inventé", "Ça", "Łąkowa", "כהן", "الزهراء", "Van 't Hof",
    'Dit "Lulu"', "Иванова", "Ñandú", "Très-Long-Nom-De-Famille-Imaginaire-Et-Composé",
)  # fmt: skip
_FIRST = ("Élie", "Zoé", "שרה", "فاطمة", "Noël 🎄", "Anaïs", "Jean-Loup", "", "Ægir", "Ömer")
_WORDS = (
    "Chercher", "l'emploi", "à", "Forêt-sur-Mer", "dès", "aujourd'hui", "« bientôt »", "pourquoi ?",
    "oui !", "budget :", "d'abord ;", "ensuite,", "cœur", "naïve", "1 200 €", "50 %", "n°7", "→",
    "½", "😀", "👍🏽", "مرحبا", "שלום", "#hash", "*étoile*", "_souligné_", "$prix$", "@nom",
    "https://exemple.fr/un/chemin/tres/long/sans/aucune/espace?page=1&suite=oui", "<b>", "\\code",
)  # fmt: skip
_OPENINGS = ("=1+1 ", "+33 ", "-3 ", "@chez ", "", "", "", "")


@dataclass(frozen=True)
class Made:
    """One generated person: the row of Personnes, lines of Suivi, rows of Engagements."""

    name: str
    head: FilledRow
    lines: tuple[FilledRow, ...]
    engagements: tuple[FilledRow, ...]


def _text(rng: random.Random, longest: int) -> str:
    """Nothing, a few words, or many of them on several lines."""
    size = rng.choice((0, 3, 12, longest))
    words = [rng.choice(_WORDS) for _ in range(rng.randint(size // 2, size))]
    for place in range(7, len(words), 11):
        words[place] += "\n"
    text = rng.choice(_OPENINGS) + " ".join(words) if words else ""
    return re.sub(r" ?\n ?", "\n", text).strip()


def made_people(count: int = PEOPLE, seed: int = 19) -> list[Made]:
    """The same people for the same seed, their names all different."""
    rng = random.Random(seed)
    return [_made(rng, rank) for rank in range(count)]


def _made(rng: random.Random, rank: int) -> Made:
    last = f"{rng.choice(_LAST)} {rank:02}"
    first = rng.choice(_FIRST)
    name = f"{last} {first}".strip()
    start = date(2025, 1, 6) + timedelta(days=rank)
    head: FilledRow = {
        "last_name": last, "first_name": first, "title": rng.choice(("M.", "Mme", None)),
        "birth_year": rng.choice((1966, 1990, 2008, None)),
        "advisor": rng.choice(("Linda Fictive", "Noé d'Invention", None)),
        "pre_reception": rng.choice((start, None)), "interview": rng.choice((start, None)),
        "registered": start, "request": _text(rng, 160),
    }  # fmt: skip
    lines = tuple(
        {
            "person": name, "dated": rng.choice((start + timedelta(days=n), f"0{n + 1}/03/25 tél")),
            "action": _text(rng, 60), "objective": _text(rng, 60),
            "engagement": rng.choice(("CP", "MPP", None)),
            "deadline": rng.choice((date(2025, 4, 30), "Se revoir après l'essai ; sinon fin juin",
                                    None)),
            "outcome": _text(rng, 60), "minutes": rng.choice((45, "1h30", None)),
        }
        for n in range(rng.randint(0, 6))
    )  # fmt: skip
    engagements = tuple(_engagement(rng, name, rank, n) for n in range(rng.randint(1, 2)))
    return Made(name, head, lines, engagements)


def _engagement(rng: random.Random, name: str, rank: int, number: int) -> FilledRow:
    return {
        "reference": f"CP-2025-{rank:02}{number}", "sheet_number": number + 1, "person": name,
        "agreed": date(2025, 2, 3) + timedelta(days=rank), "type": "CP",
        "advisor": rng.choice(("Paul l'Autre", None)),
        "needs": _text(rng, 120), "object": _text(rng, 120), "structure_means": _text(rng, 80),
        "person_means": _text(rng, 80), "deadline": rng.choice((date(2025, 4, 30), "fin mai")),
        "review_planned": rng.choice((date(2025, 4, 28), None)),
        "frequency": rng.choice(("Tous les quinze jours", None)),
        "reviewed": rng.choice((date(2025, 4, 29), None)),
        "achieved": rng.choice(("OUI, totalement", "OUI, en partie", "NON", None)),
        "follow_up": rng.choice(("OUI", "NON", None)), "comments": _text(rng, 120),
    }  # fmt: skip


def filling_of(people: Sequence[Made]) -> Filling:
    """A workbook of these people."""
    return Filling(
        settings=Settings(structure="Les Jardins imaginaires", place="Forêt-sur-Mer"),
        rows={
            "tPersonnes": [one.head for one in people],
            "tSuivi": [line for one in people for line in one.lines],
            "tEngagements": [row for one in people for row in one.engagements],
        },
    )


# -- reading a PDF ------------------------------------------------------------------------------


def text_of(path: Path, *options: str) -> str:
    """The text in the order in which it was set."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", *options, str(path), "-"],
        check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout


def plain(text: str) -> str:
    """What is compared: no space, no invisible mark, straight apostrophes, plain letters."""
    composed = unicodedata.normalize("NFKC", text).replace("’", "'").replace("\ufe0f", "")
    return "".join(
        char for char in composed
        if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc", "Co")
    )  # fmt: skip


def _right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def pieces_missing(value: str, page_text: str, pages: int) -> str:
    """What of a value is not in the text ("" for nothing): it may go on over the next pages.

    Where words are written from right to left, programs differ on the order of their neighbours:
    each word is looked for by itself.
    """
    if _right_to_left(value):
        words = [plain(word) for word in value.split()]
        return " ".join(word for word in words if not _in_either_order(word, page_text))
    rest = plain(value)
    for _ in range(pages):
        kept = next((n for n in range(len(rest), 0, -1) if rest[:n] in page_text), 0)
        rest = rest[kept:]
        if not rest:
            return ""
    return rest


def _in_either_order(word: str, page_text: str) -> bool:
    """A word, even broken at the end of a line, or beside words of another direction."""
    if word in page_text or (_right_to_left(word) and word[::-1] in page_text):
        return True
    return all(part in page_text for part in re.split(r"[^\w]+", word) if part)


def shown(value: object) -> str:
    """A cell as the forms print it."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def missing(row: Mapping[str, Any], fields: Sequence[str], path: Path) -> dict[str, str]:
    """The values of these fields that the PDF does not show."""
    pages = len(PdfReader(path).pages)
    text = plain(text_of(path))
    values = {field: shown(row[field]) for field in fields if row.get(field) not in (None, "")}
    lost = {field: pieces_missing(value, text, pages) for field, value in values.items()}
    return {field: rest for field, rest in lost.items() if rest}


# -- the PDFs of people at random --------------------------------------------------------------


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> api.Printed:
    folder = tmp_path_factory.mktemp("pdf")
    workbook = folder / "équipe.xlsx"
    workbook.write_bytes(api.workbook_bytes(filling_of(made_people())))
    return api.print_forms(workbook, folder=folder / "out", everything=True, meeting=True, on=ON)


@pytest.fixture(scope="module")
def printed(done: api.Printed) -> dict[str, Path]:
    """The files by their titles."""
    return {title_of(path): path for path in done.paths}


def title_of(path: Path) -> str:
    metadata = PdfReader(path).metadata
    return str(metadata.title) if metadata else ""


_ENGAGEMENT_FIELDS = (
    "reference", "sheet_number", "agreed", "advisor", "needs", "object", "structure_means",
    "person_means", "deadline", "review_planned", "frequency", "reviewed", "comments",
)  # fmt: skip
_HEAD_FIELDS = ("last_name", "first_name", "title", "birth_year", "advisor", "pre_reception",
                "interview", "registered", "request")  # fmt: skip
_LINE_FIELDS = ("dated", "action", "objective", "engagement", "deadline", "outcome")


@pytest.mark.slow
@needs_pdftotext
def test_every_value_of_the_records_is_on_their_conventions(printed: dict[str, Path]) -> None:
    lost = {}
    for person in made_people():
        for row in person.engagements:
            path = printed[f"Convention d'engagement réciproque {row['reference']} – {person.name}"]
            names = {field: person.head[field] for field in ("last_name", "first_name")}
            lost[row["reference"]] = missing({**row, **names}, (*_ENGAGEMENT_FIELDS, *names), path)
    assert {reference: found for reference, found in lost.items() if found} == {}


@pytest.mark.slow
@needs_pdftotext
def test_every_value_of_the_records_is_on_their_sheets(printed: dict[str, Path]) -> None:
    lost: dict[str, object] = {}
    for person in made_people():
        path = printed[f"Fiche individuelle de suivi – {person.name}"]
        lost[person.name] = missing(person.head, _HEAD_FIELDS, path)
        for n, line in enumerate(person.lines):
            lost[f"{person.name} {n}"] = missing(line, _LINE_FIELDS, path)
    assert {name: found for name, found in lost.items() if found} == {}


@pytest.mark.parametrize(
    ("value", "pages", "rest"),
    [
        ("Appeler l'école", 1, ""),
        ("Appeler la crèche", 1, "acrèche"),
        ("Appeler l'école puis écrire", 2, ""),  # the foot of the page stands between
        ("Appeler l'école puis écrire", 1, "puisécrire"),
        ("שלום", 1, ""),
        ("שלום מרחק", 1, "מרחק"),
    ],
)
def test_what_is_looked_for_and_is_not_there_is_said(value: str, pages: int, rest: str) -> None:
    text = plain("Appeler l’école 1 / 2 puis\nécrire \u202bשלום\u202c")
    assert pieces_missing(value, text, pages) == rest


def alternatives(path: Path) -> list[str]:
    """What a screen reader says of the drawings, in order."""
    return list(_alternatives(PdfReader(path).trailer["/Root"]["/StructTreeRoot"]))


def _alternatives(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _alternatives(one.get_object())
    elif isinstance(node, dict):
        if "/Alt" in node:
            yield str(node["/Alt"])
        yield from _alternatives(node.get("/K"))


@pytest.mark.slow
def test_the_boxes_of_the_review_are_ticked_as_answered(printed: dict[str, Path]) -> None:
    for person in made_people():
        for row in person.engagements:
            path = printed[f"Convention d'engagement réciproque {row['reference']} – {person.name}"]
            answers = (row["achieved"], row["follow_up"])
            wanted = [
                "case cochée :" if answer == answers[question] else "case vide :"
                for question, choices in enumerate(
                    (("OUI, totalement", "OUI, en partie", "NON"), ("OUI", "NON"))
                )
                for answer in choices
            ]
            assert [alt for alt in alternatives(path) if alt.startswith("case")] == wanted


@pytest.mark.slow
@needs_pdftotext
def test_who_may_be_under_age_has_a_third_signature(printed: dict[str, Path]) -> None:
    for person in made_people():
        for row in person.engagements:
            path = printed[f"Convention d'engagement réciproque {row['reference']} – {person.name}"]
            asked = "Représentant(e) légal(e)" in text_of(path)
            assert asked == (person.head["birth_year"] == 2008), path


@pytest.mark.slow
def test_pdfs_are_tagged_titled_and_in_french(done: api.Printed) -> None:
    for path in done.paths:
        root = PdfReader(path).trailer["/Root"]
        accessible = b"<pdfuaid:part>1</pdfuaid:part>" in path.read_bytes()
        assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("fr-FR", True)  # type: ignore[index]
        assert title_of(path).startswith(("Convention", "Fiche", "Réunion"))
        assert accessible != (path in done.undrawn)
    assert 5 < len(done.undrawn) < len(done.paths) - 5


@pytest.mark.slow
@needs_pdftotext
def test_a_sign_that_no_font_has_is_told_and_stays_in_the_text(done: api.Printed) -> None:
    for path in done.paths:
        drawn = not any(sign in text_of(path) for sign in "😀👍🎄")
        assert drawn == (path not in done.undrawn), path


@pytest.mark.slow
@pytest.mark.program("pdffonts")
def test_fonts_are_embedded_and_are_those_of_typst(printed: dict[str, Path]) -> None:
    for path in printed.values():
        done = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True)
        rows = [line.split() for line in done.stdout.splitlines()[2:]]
        assert rows
        for row in rows:
            name = row[0].partition("+")[2]
            assert name.startswith(("LibertinusSerif", "DejaVuSansMono", "NewCM")), row
            assert row[-5] == "yes", row  # embedded

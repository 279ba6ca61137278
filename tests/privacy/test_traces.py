"""A name planted in every kind of place of a workbook is found there, and taken out of it."""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.table import Table

from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.privacy.name_forms import NamedPerson, Strength
from cedre_xlsx.privacy.traces.clean import cleaned
from cedre_xlsx.privacy.traces.model import Cleaned
from cedre_xlsx.privacy.traces.search import traces
from tests.decorations import decorated
from tests.decorations.decorator import OWN, SHEET, WORKBOOK, Decorator
from tests.small_association import refreshed_workbook
from tests.support import libreoffice_convert, needs_libreoffice
from tests.workbook.package.splice_support import members

CODE = "P-2024-017"
SOPHIE = NamedPerson("Martin", "Sophie", "", CODE, ("999992112345",))
PAUL = NamedPerson("Martin", "Paul")
STORY = "A parlé de ses soucis de garde."

#: The parts of the catalogue of decorations, what stands there, and what is typed instead.
PLANTED = (
    ("xl/comments901.xml", "Voir avec elle", "Voir avec Mme Mar</t></r><r><t>tin Sophie"),
    ("xl/threadedComments/threadedComment901.xml", "Vu ?", "Sophie MARTIN, vue ?"),
    ("xl/charts/chart901.xml", "Le mien dans Mes calculs", "Heures de Martin S."),
    ("xl/pivotCache/pivotCacheDefinition901.xml", '<s v="Personne"/>',
     '<s v="Martin Sophie"/><s v="SOPHIE MARTIN"/>'),
    ("xl/pivotTables/pivotTable901.xml", 'name="Lignes"', 'name="Lignes de Martin Sophie"'),
    ("xl/slicers/slicer901.xml", 'caption="Qui"', 'caption="Martin&#160;Sophie"'),
    ("customXml/item901.xml", "42", "martin_sophie"),
    ("customXml/item902.xml", "<DataMashup>", "<!-- pour Martin Sophie --><DataMashup>"),
    ("xl/externalLinks/_rels/externalLink901.xml.rels", "Autre%20classeur", "Martin%20Sophie"),
    ("xl/connections.xml", 'command="SELECT"', "command=\"WHERE nom='MARTIN Sophie'\""),
    ("docProps/core.xml", "Suivi des parcours", "Martin Sophie, parcours"),
    ("docProps/app.xml", "<AppVersion>",
     "<Manager>Marti\u0301n So\u0301phie</Manager><AppVersion>"),
    ("xl/persons/person901.xml", 'displayName="Anne"', 'displayName="Sophie Martin"'),
    ("xl/drawings/vmlDrawing901.vml", "<x:ClientData", "<v:textbox><font>Martin</font> "
     "<font>Sophie</font></v:textbox><x:ClientData"),
)  # fmt: skip
RICH = (
    "<si><t>Mois</t></si>"
    '<si><r><rPr><b/></rPr><t>MARTIN</t></r><r><t xml:space="preserve"> </t></r><r><t>S</t></r>'
    "<r><rPr><i/></rPr><t>ophie, suite</t></r></si>"
    f"<si><t>{STORY}</t></si><si><t>Martin Paul</t></si><si><t>Reste de Martin Sophie</t></si>"
)
CELLS = (
    '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c>'
    '<c r="C3" t="s"><v>3</v></c><c r="D3"><v>999992112345</v></c></row>'
    '<row r="4"><c r="A4" t="str"><f>"pour Martin Sophie"&amp;A1</f><v>pour Martin SophieMois</v>'
    '</c><c r="B4" t="inlineStr"><is><t>Vue en Martinique, martin-pêcheur</t></is></c>'
    f'<c r="C4" t="str"><f>B3</f><v>{STORY}</v></c></row>'
    '<row r="5"><c r="A5" t="inlineStr"><is><t>M&#97;rtin_x0020_Sophie : Sophie a appelé</t></is>'
    '</c><c r="B5" t="s"><v>0</v></c></row>'
)
BESIDE = (
    '<conditionalFormatting sqref="A1:A9"><cfRule type="expression" priority="77">'
    '<formula>$A1="Martin Sophie"</formula></cfRule></conditionalFormatting>'
    '<dataValidations count="1"><dataValidation type="list" sqref="G1" promptTitle="Martin Sophie">'
    '<formula1>"Martin Sophie,Martin Paul"</formula1></dataValidation></dataValidations>'
    '<hyperlinks><hyperlink ref="A3" r:id="@LINK" tooltip="Dossier de Sophie Martin"/></hyperlinks>'
    '<headerFooter><oddHeader>&amp;L&amp;"Arial,Gras"Mar&amp;12tin&amp;B Sophie&amp;R&amp;P'
    "</oddHeader></headerFooter>"
)


def plant(d: Decorator, part: str, old: str, new: str) -> None:
    content = d.package.read(part).decode()
    assert old in content, (part, old)
    d.package.write(part, content.replace(old, new, 1).encode())


def planted(data: bytes | None = None) -> bytes:
    """The small workbook with every decoration, the name in each kind of place."""
    d = Decorator(decorated(data or refreshed_workbook()))
    for part, old, new in PLANTED:
        plant(d, part, old, new)
    plant(d, "xl/pivotCache/pivotCacheDefinition901.xml", 'sharedItems count="1"',
          'sharedItems count="2"')  # fmt: skip
    own = d.sheet(OWN)
    strings = d.part(
        "xl/sharedStrings.xml",
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="5" '
        f'uniqueCount="5">{RICH}</sst>',
        f"{SHEET}.sharedStrings+xml",
    )
    d.relate(WORKBOOK, "sharedStrings", strings)
    plant(d, own, "</sheetData>", f"{CELLS}</sheetData>")
    link = d.relate(own, "hyperlink", "https://exemple.fr/Martin%20Sophie", outside=True)
    d.element(own, BESIDE.replace("@LINK", link))
    freins = next(n for n in d.package.names() if b"Attention" in d.package.read(n))
    plant(d, freins, "Attention", "Martin</a:t></a:r><a:r><a:t> Sophie")
    plant(d, WORKBOOK, 'comment="à moi"', 'comment="pour Martin Sophie"')
    return d.package.data()


@pytest.fixture(scope="module")
def host() -> bytes:
    return planted()


@pytest.fixture(scope="module")
def made(host: bytes) -> Cleaned:
    return clean(host)


def clean(data: bytes) -> Cleaned:
    return cleaned(
        data, [SOPHIE], own_sheets=[OWN], removed_texts=[STORY],
        drop_comments={("Contrôle", "B6"), ("Suivi", "B6")}, living=[PAUL], others=["Anne Roux"],
    )  # fmt: skip


def letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).lower()
    return "".join(one for one in plain if one.isalnum())


def readings(content: bytes) -> set[str]:
    """A part in every way in which somebody may read it: letters and digits alone."""
    read = set()
    for encoding in ("utf-8", "utf-16-le", "cp1252"):
        text = content.decode(encoding, "ignore")
        for raw in (text, re.sub(r"<[^>]*>", "", text)):
            plain = re.sub(r"_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), html.unescape(raw))
            without_codes = re.sub(r'&("[^"]*"|\d+|[A-Z])', "", plain)
            read |= {letters(plain), letters(unquote(plain)), letters(without_codes)}
    return read


def holds_sophie(content: bytes) -> bool:
    wanted = ("martinsophie", "sophiemartin", "martins.", "999992112345")
    return any(form in text for text in readings(content) for form in map(letters, wanted[:2])) or (
        b"999992112345" in content or b"Martin S." in content
    )


@pytest.mark.slow
def test_the_name_is_in_all_these_places(host: bytes) -> None:
    """What is planted is seen by the search that knows nothing of the product."""
    seen = {name for name, content in members(host).items() if holds_sophie(content)}
    assert {part for part, _, _ in PLANTED} <= seen


@pytest.mark.slow
def test_nothing_is_left_of_the_name(made: Cleaned) -> None:
    assert [name for name, content in members(made.data).items() if holds_sophie(content)] == []
    assert [(one.place, one.form) for one in made.left] == [(f"{OWN}!B4", "martin")]  # a bird


@pytest.mark.slow
def test_each_place_is_told_as_people_know_it(host: bytes) -> None:
    told = {one.place for one in traces(host, [SOPHIE], living=[PAUL])}
    assert {
        "commentaire de Personnes!B6", "commentaire de Suivi!B6", f"graphique de {OWN}",
        "cache du tableau croisé", f"tableau croisé de {OWN}", "segment de Synthèse",
        "données XML du classeur", "lien de valeurs gardées d'un autre classeur",
        "connexion de données",
        "propriétés du document", "auteurs des commentaires", f"{OWN}!A3", f"{OWN}!D3",
        f"{OWN}!A4", f"{OWN}!A5", f"mise en forme conditionnelle de {OWN}",
        f"liste de choix de {OWN}!G1", f"lien de {OWN}!A3", f"lien de {OWN}", f"en-tête de {OWN}",
        "nom défini total", f"dessin de {OWN}", "dessin de Personnes", "textes du classeur",
    } - told == set()  # fmt: skip


@pytest.mark.slow
def test_every_code_is_where_the_name_was(host: bytes, made: Cleaned) -> None:
    parts = {
        name: content.decode("utf-8", "ignore") for name, content in members(made.data).items()
    }
    own = parts["xl/worksheets/mes-calculs.xml"]
    assert '<c r="D3" t="str"><v>P-2024-017</v></c>' in own
    assert f'<f>"pour {CODE}"&amp;A1</f><v>pour {CODE}Mois</v>' in own
    assert f'<formula1>"{CODE},Martin Paul"</formula1>' in own
    assert f'&amp;L&amp;"Arial,Gras"{CODE}&amp;12&amp;B&amp;R&amp;P' in own
    assert "Vue en Martinique, martin-pêcheur" in own
    assert f"<t>{CODE} : {CODE} a appelé</t>" in own
    pivot = parts["xl/pivotCache/pivotCacheDefinition901.xml"]
    assert f'<s v="{CODE}"/><s v="{CODE} (2)"/>' in pivot
    assert 'refreshOnLoad="1"' in pivot
    assert f"{CODE}.xlsx" in parts["xl/externalLinks/_rels/externalLink901.xml.rels"]


@pytest.mark.slow
def test_shared_strings_keep_their_places(made: Cleaned) -> None:
    strings = members(made.data)["xl/sharedStrings.xml"].decode()
    assert strings.endswith(
        f'<si><t>Mois</t></si><si><r><rPr><b/></rPr><t>{CODE}</t></r><r><t xml:space="preserve">'
        "</t></r><r><t></t></r><r><rPr><i/></rPr><t>, suite</t></r></si><si><t></t></si>"
        "<si><t>Martin Paul</t></si><si><t/></si></sst>"
    )


@pytest.mark.slow
def test_removed_texts_are_gone(host: bytes, made: Cleaned) -> None:
    assert any(letters(STORY) in text for c in members(host).values() for text in readings(c))
    assert not any(STORY.encode() in content for content in members(made.data).values())


@pytest.mark.slow
def test_comments_of_lines_that_go_are_gone_whole(made: Cleaned) -> None:
    parts = members(made.data)
    assert b"<comment " not in parts["xl/comments902.xml"]
    assert b"<comment " in parts["xl/comments901.xml"]
    assert b"<threadedComment " not in parts["xl/threadedComments/threadedComment901.xml"]
    assert b"v:shape id" not in parts["xl/drawings/vmlDrawing902.vml"]
    assert b"v:shape id" in parts["xl/drawings/vmlDrawing901.vml"]


@pytest.mark.slow
def test_parts_without_a_trace_keep_their_bytes(host: bytes, made: Cleaned) -> None:
    before, after = members(host), members(made.data)
    assert list(before) == list(after)
    changed = {one.part for one in made.done} | {
        "xl/drawings/vmlDrawing902.vml", "xl/drawings/vmlDrawing903.vml",
        "xl/threadedComments/threadedComment901.xml",
    }  # fmt: skip
    assert {name for name in before if before[name] != after[name]} - changed == set()


@pytest.mark.slow
def test_cleaning_twice_changes_nothing_more(made: Cleaned) -> None:
    again = clean(made.data)
    assert again.data == made.data
    assert again.done == ()
    assert again.left == ()  # its line names nobody now: the bird is one


@pytest.mark.slow
def test_a_workbook_without_a_trace_is_the_same_file() -> None:
    data = refreshed_workbook()
    assert cleaned(data, [SOPHIE]).data == data


@pytest.mark.slow
def test_a_sheet_of_the_team_stays_until_it_is_named(host: bytes) -> None:
    kept = cleaned(host, [SOPHIE], living=[PAUL])
    left = Counter(one.place for one in kept.left if "feuille de l'équipe" in one.why)
    assert left[f"{OWN}!A3"] == 1
    assert b"MARTIN" in members(kept.data)["xl/sharedStrings.xml"]
    assert not any("feuille de l'équipe" in one.why for one in clean(host).left)


@pytest.mark.slow
def test_what_cannot_be_cleaned_is_told() -> None:
    d = Decorator(decorated(refreshed_workbook()))
    d.package.write("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\x01 ' pour Martin Sophie \x00")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("word/document.xml", "<w:p><w:r><w:t>Mar</w:t></w:r><w:r><w:t>tin Sophie"
                         "</w:t></w:r></w:p>")  # fmt: skip
    d.package.write("xl/embeddings/Microsoft_Word_Document901.docx", inner.getvalue())
    d.package.write(
        "xl/printerSettings/printerSettings901.bin", "Martin Sophie".encode("utf-16-le")
    )
    plant(d, WORKBOOK, 'name="Mes calculs"', 'name="Martin Sophie"')
    plant(d, WORKBOOK, 'name="mesLignes"', 'name="Martin_Sophie"')
    left = {one.place: one for one in cleaned(d.package.data(), [SOPHIE]).left}
    assert {place for place, one in left.items() if one.strength is Strength.SURE} >= {
        "macro", "objet incorporé de Martin Sophie", "réglages d'imprimante de Missions",
        "nom d'onglet", "nom défini Martin_Sophie",
    }  # fmt: skip
    assert "macros" in left["macro"].why
    assert "renommez cet onglet" in left["nom d'onglet"].why


ROWS = {
    # the cells of a line, who stays: what they say afterwards
    "her own line": (["Martin Sophie", "Sophie viendra, Martin aussi"], [],
                     [CODE, f"{CODE} viendra, {CODE} aussi"]),
    "two fields": (["Martin", "Sophie"], [], [CODE, CODE]),
    "last name alone": (["Appel de Mme Martin"], [], [f"Appel de Mme {CODE}"]),
    "last name of another": (["Appel de Mme Martin"], [PAUL], ["Appel de Mme Martin"]),
    "the line of another": (["Martin Paul", "Martin viendra"], [PAUL],
                            ["Martin Paul", "Martin viendra"]),
    "first name alone": (["Appel de Sophie"], [], ["Appel de Sophie"]),
    "homonym who stays": (["Martin Sophie"], [NamedPerson("Martin", "Sophie", "Nord")],
                          ["Martin Sophie"]),
    "a bird": (["Un Martin", "le martin"], [], ["Un Martin", "le martin"]),
}  # fmt: skip


def sheet_of(*rows: list[str]) -> bytes:
    """A workbook of one sheet, as openpyxl writes it."""
    book, saved = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(saved)
    return saved.getvalue()


def rows_of(data: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("name", ROWS)
def test_words_alone_depend_on_their_line(name: str) -> None:
    cells, living, expected = ROWS[name]
    result = cleaned(sheet_of(cells), [SOPHIE], own_sheets=["Sheet"], living=living)
    assert rows_of(result.data) == [expected]


_TYPED = st.text(st.sampled_from("abcehiknorstuéÉ' -.,!&<>\"%_x0041;#\u00a0œ"), max_size=20)
_FORMS = st.sampled_from(
    ["Martin Sophie", "SOPHIE MARTIN", "martin_sophie", "Martin\u00a0Sophie", "MartinSophie",
     "Marti\u0301n So\u0301phie", "999992112345", "99999 21 12345", "Sophie  Martin"]
)  # fmt: skip


@settings(deadline=None, max_examples=15)
@given(before=_TYPED, form=_FORMS, after=_TYPED)
def test_a_name_alone_goes_from_any_text(before: str, form: str, after: str) -> None:
    """What stands around it, and the namesake who stays, keep all their letters."""
    data = sheet_of([f"(i {before} / {form} / {after} i)", "Martin Paul, de Martinique"])
    result = cleaned(data, [SOPHIE], own_sheets=["Sheet"], living=[PAUL])
    shown = [f"(i {before} / {CODE} / {after} i)", "Martin Paul, de Martinique"]
    expected = rows_of(sheet_of(shown))  # as openpyxl reads its own escapes
    assert rows_of(result.data) == expected
    assert cleaned(result.data, [SOPHIE], own_sheets=["Sheet"], living=[PAUL]).data == result.data


@settings(deadline=None, max_examples=15)
@given(st.lists(_TYPED, min_size=1, max_size=5))
def test_texts_without_the_name_are_the_same_file(texts: list[str]) -> None:
    data = sheet_of(["début", *texts, "Martin Paul"])
    assert cleaned(data, [SOPHIE], own_sheets=["Sheet"], living=[PAUL]).data == data


def test_a_heading_stays_and_is_told() -> None:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Martin Sophie", "Total"])
    sheet.append(["Martin Sophie", "3"])
    sheet.add_table(Table(displayName="tHeures", ref="A1:B2"))
    book.save(saved)
    result = cleaned(saved.getvalue(), [SOPHIE], own_sheets=["Sheet"])
    assert rows_of(result.data) == [["Martin Sophie", "Total"], [CODE, "3"]]
    assert [one.place for one in result.left] == ["Sheet!A1", "titre de colonne de Sheet"]
    assert all("renommez cette colonne" in one.why for one in result.left)


def test_a_signature_is_told_where_something_changed() -> None:
    d = Decorator(sheet_of(["Martin Sophie"]))
    d.default("sigs", "application/vnd.openxmlformats-package.digital-signature-origin")
    d.part("_xmlsignatures/origin.sigs", b"")
    changed = cleaned(d.package.data(), [SOPHIE], own_sheets=["Sheet"])
    assert [one.place for one in changed.left] == ["signature électronique"]
    nobody = NamedPerson("Durand", "Luc", "", "P-2024-001")
    assert cleaned(d.package.data(), [nobody], own_sheets=["Sheet"]).left == ()


@pytest.mark.slow
def test_macros_are_read_through_their_compression() -> None:
    """Eight letters, a sign, eight letters, a sign, a reference to those before."""
    source = bytes((0x00,)) + b"' Martin" + bytes((0x00,)) + b" Sophie " + bytes((0x01, 0x0F, 0xF0))
    chunk = (len(source) - 1 | 0xB000).to_bytes(2, "little") + source
    d = Decorator(decorated(refreshed_workbook()))
    d.package.write("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\x01" + chunk)
    found = traces(d.package.data(), [SOPHIE])
    assert [one.form for one in found if one.strength is Strength.SURE] == ["Martin Sophie"]


def test_a_string_of_two_sheets_is_changed_in_one_alone() -> None:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Martin Sophie"])  # type: ignore[union-attr]
    book.create_sheet("Deux").append(["Martin Sophie"])
    book.save(saved)
    result = cleaned(saved.getvalue(), [SOPHIE], own_sheets=["Deux"])
    read = openpyxl.load_workbook(io.BytesIO(result.data))
    assert [sheet["A1"].value for sheet in read] == ["Martin Sophie", CODE]
    assert [one.place for one in result.left] == ["Sheet!A1"]


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.slow
def test_it_opens_in_openpyxl(made: Cleaned) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made.data), keep_vba=True)
    assert book[OWN]["C3"].value == "Martin Paul"
    assert book[OWN]["D3"].value == CODE


@needs_libreoffice
@pytest.mark.slow
def test_it_opens_in_libreoffice(made: Cleaned, tmp_path: Path) -> None:
    path = tmp_path / "nettoye.xlsx"
    path.write_bytes(made.data)
    saved = libreoffice_convert(path, "xlsx", tmp_path / "libreoffice")
    assert not any(holds_sophie(content) for content in members(saved.read_bytes()).values())


@pytest.mark.slow
def test_the_package_is_read_as_others_read_it(made: Cleaned) -> None:
    for name in Package(made.data).names():
        if name.endswith((".xml", ".rels")):
            Package(made.data).root(name)

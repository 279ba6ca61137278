"""How a workbook is set up, named, labelled, printed and styled; parts that nobody knows."""

from __future__ import annotations

from lxml import etree

from cedre_xlsx.ooxml.parts import (
    MAIN,
    REL,
    ContentTypes,
)
from cedre_xlsx.workbook.package.host import Host, q
from tests.decorations.decorator import MICROSOFT, OFFICE, OWN, SHEET, WORKBOOK, X14, Decorator


def own_sheet(d: Decorator) -> None:
    """A sheet of the user's, with numbers, and a formula that reads a generated sheet."""
    part = d.part(
        "xl/worksheets/mes-calculs.xml",
        f'<worksheet xmlns="{MAIN}" xmlns:r="{REL}"><sheetPr codeName="Feuil77"/><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Mois</t></is></c><c r="B1"><v>3</v></c></row>'
        '<row r="2"><c r="A2"><f>COUNTA(tSynthese[Nom Prénom])</f><v>1</v></c>'
        '<c r="B2"><v>5</v></c></row></sheetData></worksheet>',
        f"{SHEET}.worksheet+xml",
    )
    root = d.package.root(WORKBOOK)
    sheets = root.find(q("sheets"))
    assert sheets is not None
    made = etree.SubElement(sheets, q("sheet"), {"name": OWN, "sheetId": "990"})
    made.set(f"{{{REL}}}id", d.relate(WORKBOOK, "worksheet", part))
    d.package.write_xml(WORKBOOK, root)


def printer_settings(d: Decorator) -> None:
    """What Windows keeps of a printer, for a sheet of each kind."""
    d.default("bin", f"{SHEET}.printerSettings")
    for number, title in ((901, "Missions"), (902, "Synthèse"), (903, "Réunion")):
        part = d.part(f"xl/printerSettings/printerSettings{number}.bin", bytes(range(64)))
        identifier = d.relate(d.sheet(title), "printerSettings", part)
        d.attribute(d.sheet(title), "m:pageSetup", f"{{{REL}}}id", identifier)


def custom_xml(d: Decorator) -> None:
    """Data of a document management, and queries of Power Query."""
    for number, content in (
        (901, "<dossier>42</dossier>"),
        (902, "<DataMashup>UEsDBA</DataMashup>"),
    ):
        part = d.part(f"customXml/item{number}.xml", content)
        props = d.part(
            f"customXml/itemProps{number}.xml",
            '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'customXml" ds:itemID="{{{number}}}"/>',
            f"{OFFICE}.customXmlProperties+xml",
        )
        d.relate(part, "customXmlProps", props)
        d.relate(WORKBOOK, "customXml", part)


def macros(d: Decorator) -> None:
    """Macros, their module names on the sheets, and a ribbon of their own."""
    types = ContentTypes(d.package)
    types.set(WORKBOOK, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    types.save()
    part = d.part(
        "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro", "application/vnd.ms-office.vbaProject"
    )
    d.relate(WORKBOOK, f"{MICROSOFT}/2006/relationships/vbaProject", part)
    d.attribute(WORKBOOK, "m:workbookPr", "codeName", "ThisWorkbook")
    for number, title in enumerate(("Synthèse", "Contrôle", "Suivi"), start=1):
        d.attribute(d.sheet(title), "m:sheetPr", "codeName", f"Feuil{number}")
    part = d.part(
        "customUI/customUI14.xml", f'<customUI xmlns="{MICROSOFT}/2009/07/customui"/>',
        "application/xml",
    )  # fmt: skip
    d.relate("", f"{MICROSOFT}/2007/relationships/ui/extensibility", part)


def custom_views(d: Decorator) -> None:
    """A view that hides columns of Synthèse."""
    guid = "{44444444-4444-4444-4444-444444444444}"
    d.workbook(
        f'<customWorkbookViews><customWorkbookView name="Anne" guid="{guid}" '
        'windowWidth="800" windowHeight="600" activeSheetId="1"/></customWorkbookViews>'
    )
    for title in ("Synthèse", "Freins"):
        d.element(d.sheet(title), f'<customSheetViews><customSheetView guid="{guid}" scale="75">'
                  '<pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/>'
                  "</customSheetView></customSheetViews>")  # fmt: skip


def names(d: Decorator) -> None:
    """Names of the workbook and of single sheets, hidden ones, print areas."""
    titles = [sheet.title for sheet in Host(d.package).sheets()]
    own, synthesis = titles.index(OWN), titles.index("Synthèse")
    area = f"'{OWN}'!$A$1:$C$9"
    d.workbook(
        f'<definedNames><definedName name="_xlnm.Print_Area" localSheetId="{own}">{area}'
        f'</definedName><definedName name="_xlnm.Print_Area" localSheetId="{synthesis}">'
        "'Synthèse'!$A$1:$F$90</definedName>"
        f'<definedName name="mesLignes" localSheetId="{synthesis}">Synthèse!$B$6:$B$9</definedName>'
        f'<definedName name="mesLignes" localSheetId="{own}">\'{OWN}\'!$B$1</definedName>'
        '<definedName name="total" comment="à moi">SUM(tSuivi[Temps consacré])</definedName>'
        '<definedName name="Segment_Qui">#N/A</definedName>'
        '<definedName name="_cache" hidden="1">1</definedName></definedNames>'
    )


def other_theme(d: Decorator) -> None:
    """Colours and fonts of the association, instead of Office's."""
    part = next(name for name in d.package.names() if name.startswith("xl/theme/theme"))
    content = d.package.read(part).replace(b"Calibri", b"Georgia").replace(b"4F81BD", b"7A1F5C")
    d.package.write(part, content + b"<!-- le n\xc3\xb4tre -->")


def look_alike_styles(d: Decorator) -> None:
    """Styles as a program writes them that never reuses any, named ones, looks of tables."""
    root = d.package.root("xl/styles.xml")
    for name in ("fonts", "fills", "borders", "cellXfs"):
        holder = root.find(q(name))
        assert holder is not None
        first = len(holder)
        for item in list(holder)[:6]:
            copy = etree.fromstring(etree.tostring(item))
            if name == "cellXfs":
                copy.set("applyAlignment", "false")
                copy.set("quotePrefix", "0")
            holder.append(copy)
        holder.set("count", str(first + min(first, 6)))
    named = root.find(q("cellStyles"))
    assert named is not None
    etree.SubElement(named, q("cellStyle"), {"name": "Le mien", "xfId": "0"})
    named.set("count", str(len(named)))
    looks = root.find(q("tableStyles"))
    assert looks is not None
    looks.append(etree.fromstring(f'<tableStyle xmlns="{MAIN}" name="À nous" count="0"/>'))
    looks.set("count", str(len(looks)))
    etree.SubElement(root, q("extLst")).append(etree.fromstring(
        f'<ext xmlns="{MAIN}" uri="{{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}}"><x14:slicerStyles '
        f'xmlns:x14="{X14}" defaultSlicerStyle="SlicerStyleLight1"/></ext>'
    ))  # fmt: skip
    d.package.write_xml("xl/styles.xml", root)


def custom_properties(d: Decorator) -> None:
    """Properties of the document, and of a sheet."""
    part = d.part(
        "docProps/custom.xml",
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties"/>',
        f"{OFFICE}.custom-properties+xml",
    )
    d.relate("", "custom-properties", part)
    sheet = d.sheet("Synthèse")
    part = d.part("xl/customProperty901.bin", b"\x07", f"{SHEET}.customProperty")
    identifier = d.relate(sheet, "customProperty", part)
    d.element(
        sheet, f'<customProperties><customPr name="id" r:id="{identifier}"/></customProperties>'
    )


def sensitivity_label(d: Decorator) -> None:
    """How confidential the file is."""
    part = d.part(
        "docMetadata/LabelInfo.xml",
        f'<clbl:labelList xmlns:clbl="{MICROSOFT}/2020/mipLabelMetadata"/>',
        "application/vnd.ms-office.classificationlabels+xml",
    )
    d.relate("", f"{MICROSOFT}/2020/02/relationships/classificationlabels", part)


def named_sheet_views(d: Decorator) -> None:
    """A view of Contrôle that someone named online."""
    part = d.part(
        "xl/namedSheetViews/namedSheetView901.xml",
        f'<namedSheetViews xmlns="{MICROSOFT}/spreadsheetml/2019/namedsheetviews"/>',
        "application/vnd.ms-excel.namedsheetviews+xml",
    )
    d.relate(d.sheet("Contrôle"), f"{MICROSOFT}/2019/04/relationships/namedSheetView", part)


def thumbnail(d: Decorator) -> None:
    """The picture that the explorer shows of the file."""
    d.default("jpeg", "image/jpeg")
    part = d.part("docProps/thumbnail.jpeg", b"\xff\xd8\xff\xe0")
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    d.relate("", kind, part)


def set_up(d: Decorator) -> None:
    """Zoom, colour, protection, errors to ignore, scenarios: what people choose in a sheet."""
    sheet = d.sheet("Contrôle")
    d.attribute(sheet, "m:sheetViews/m:sheetView", "zoomScale", "85")
    d.element(sheet, '<sheetProtection sheet="1" formatColumns="0" autoFilter="0"/>'
              '<protectedRanges><protectedRange sqref="I6:J900" name="Plage1"/></protectedRanges>'
              '<scenarios><scenario name="a" count="1"><inputCells r="Z1" val="2"/></scenario>'
              "</scenarios>"
              '<ignoredErrors><ignoredError sqref="A1:B9" numberStoredAsText="1"/></ignoredErrors>'
              '<cellWatches><cellWatch r="A6"/></cellWatches>')  # fmt: skip
    sheet = d.sheet("Périodes")
    d.element(sheet, '<dataValidations count="1"><dataValidation type="whole" '
              'operator="greaterThan" sqref="T6:T9">'
              "<formula1>0</formula1></dataValidation></dataValidations>")  # fmt: skip


def unknown_parts(d: Decorator) -> None:
    """Parts of a program that nobody knows, related and not."""
    part = d.part("xl/inconnu/partie901.foo", b"\x00\xff?", "application/x-inconnu")
    d.relate(WORKBOOK, "http://exemple.invalid/relations/inconnu", part)
    d.part("inconnu/seule.foo", b"\x01", "application/x-inconnu")

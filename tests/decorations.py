"""What people and programs put in a workbook that is none of ours, at the level of the package.

Each kind stands on sheets of ours or on the user's own; parts are small, and as Excel names them.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable

from lxml import etree

from cedre_xlsx.ooxml.parts import (
    MAIN,
    PACKAGE_REL,
    REL,
    ContentTypes,
    Package,
    rels_name,
)
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.package.sheet_part import ORDER
from tests.judge.schema import children_in_order

OFFICE = "application/vnd.openxmlformats-officedocument"
SHEET = f"{OFFICE}.spreadsheetml"
MICROSOFT = "http://schemas.microsoft.com/office"
DRAW = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
ART = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X14 = f"{MICROSOFT}/spreadsheetml/2009/9/main"
X15 = f"{MICROSOFT}/spreadsheetml/2010/11/main"
XM = f"{MICROSOFT}/excel/2006/main"
WORKBOOK = "xl/workbook.xml"
OWN = "Mes calculs"  # the user's own sheet
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Decorator:
    """A package under the hands of people: parts, relationships, elements in their places."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self._anchors: dict[str, int] = {}

    def sheet(self, title: str) -> str:
        """The part of a sheet."""
        return next(s.part for s in Host(self.package).sheets() if s.title == title)

    def part(self, name: str, content: str | bytes, content_type: str = "") -> str:
        """A new part; without a type, its extension must have one."""
        assert name not in self.package, name
        self.package.write(name, content.encode() if isinstance(content, str) else content)
        if content_type:
            types = ContentTypes(self.package)
            types.set(name, content_type)
            types.save()
        return name

    def default(self, extension: str, content_type: str) -> None:
        """The type of an extension."""
        root = self.package.root("[Content_Types].xml")
        if all(item.get("Extension") != extension for item in root):
            made = etree.Element(f"{{{etree.QName(root).namespace}}}Default")
            made.attrib.update({"Extension": extension, "ContentType": content_type})
            root.insert(0, made)
            self.package.write_xml("[Content_Types].xml", root)

    def relate(self, source: str, kind: str, target: str, *, outside: bool = False) -> str:
        """A relationship by its full or its short type; gives its id."""
        name = rels_name(source)
        if name in self.package:
            root = self.package.root(name)
        else:
            root = etree.Element(f"{{{PACKAGE_REL}}}Relationships", nsmap={None: PACKAGE_REL})
        identifier = f"rIdD{len(root) + 1}"
        made = etree.SubElement(root, f"{{{PACKAGE_REL}}}Relationship")
        made.attrib.update({
            "Id": identifier,
            "Type": kind if "/" in kind else f"{REL}/{kind}",
            "Target": target if outside else f"/{target}",
        })  # fmt: skip
        if outside:
            made.set("TargetMode", "External")
        self.package.write_xml(name, root)
        return identifier

    def element(self, part: str, xml: str, order: tuple[str, ...] = ORDER) -> None:
        """An element of a sheet or of the workbook, in its place; those of lists join theirs."""
        root = self.package.root(part)
        wrapped = etree.fromstring(
            f'<x xmlns="{MAIN}" xmlns:r="{REL}" xmlns:mc="{MC}" xmlns:x14="{X14}" '
            f'xmlns:x15="{X15}" xmlns:xm="{XM}">{xml}</x>'
        )
        for made in list(wrapped):
            local = etree.QName(made).localname
            if local == "AlternateContent":
                local = etree.QName(next(e for e in made.iter() if e.tag in RANKED)).localname
            there = root.find(q(local))
            if there is not None and local in LISTS:
                there.extend(list(made))
                continue
            assert there is None or local == "AlternateContent", (part, local)
            rank = order.index(local)
            before = [e for e in root if _rank(e, order) <= rank]
            root.insert(root.index(before[-1]) + 1 if before else 0, made)
        etree.cleanup_namespaces(root, keep_ns_prefixes=["r"])
        self.package.write_xml(part, root)

    def workbook(self, xml: str) -> None:
        """An element of the workbook."""
        self.element(WORKBOOK, xml, children_in_order("x:CT_Workbook"))

    def attribute(self, part: str, path: str, name: str, value: str) -> None:
        """An attribute of the first element of a path."""
        root = self.package.root(part)
        found = root.find(path, {"m": MAIN})
        assert found is not None, path
        found.set(name, value)
        self.package.write_xml(part, root)

    def anchor(self, title: str, xml: str) -> str:
        """Something in the drawing of a sheet; gives the drawing's part."""
        sheet = self.sheet(title)
        drawing = self._drawing(sheet)
        root = self.package.root(drawing)
        count = self._anchors[drawing] = self._anchors.get(drawing, 0) + 1
        top = 2 + 12 * count
        body = f"""<xdr:twoCellAnchor xmlns:xdr="{DRAW}" xmlns:a="{ART}" xmlns:r="{REL}">
<xdr:from><xdr:col>20</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{top}</xdr:row>
<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>26</xdr:col><xdr:colOff>0</xdr:colOff>
<xdr:row>{top + 10}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>{xml}<xdr:clientData/>
</xdr:twoCellAnchor>"""
        root.append(etree.fromstring(body.replace("@ID", str(500 + count))))
        self.package.write_xml(drawing, root)
        return drawing

    def _drawing(self, sheet: str) -> str:
        root = self.package.root(sheet)
        found = root.find(q("drawing"))
        if found is not None:
            rels = self.package.root(rels_name(sheet))
            wanted = found.get(f"{{{REL}}}id")
            target = next(r.get("Target") or "" for r in rels if r.get("Id") == wanted)
            return "xl" + target.replace("/xl", "").removeprefix("..")
        part = self.package.free_name("xl/drawings/drawing{}.xml")
        self.part(part, f'<xdr:wsDr xmlns:xdr="{DRAW}"/>', f"{OFFICE}.drawing+xml")
        self.element(sheet, f'<drawing r:id="{self.relate(sheet, "drawing", part)}"/>')
        return part


RANKED = {q(name) for name in ORDER}
LISTS = ("definedNames", "extLst", "externalReferences", "customWorkbookViews")


def _rank(element: etree._Element, order: tuple[str, ...]) -> int:
    inner = next((e for e in element.iter() if etree.QName(e).namespace == MAIN), element)
    local = etree.QName(inner).localname
    return order.index(local) if local in order else len(order)


# The kinds


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


def _chart(title: str) -> str:
    return (
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{ART}" xmlns:r="{REL}"><c:chart><c:plotArea>'
        '<c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser>'
        f'<c:idx val="0"/><c:order val="0"/><c:tx><c:v>{title}</c:v></c:tx><c:val><c:numRef>'
        f"<c:f>'{OWN}'!$B$1:$B$2</c:f></c:numRef></c:val></c:ser><c:axId val=\"1\"/>"
        '<c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/>'
        '<c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/>'
        '<c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea>'
        "</c:chart></c:chartSpace>"
    )


def _frame(name: str, uri: str, inner: str) -> str:
    return (
        f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="@ID" name="{name}"/>'
        '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData '
        f'uri="{uri}">{inner}</a:graphicData></a:graphic></xdr:graphicFrame>'
    )


def _put_chart(d: Decorator, title: str, part: str) -> None:
    d.part(part, _chart(f"Le mien dans {title}"), f"{OFFICE}.drawingml.chart+xml")
    drawing = d.anchor(
        title, _frame("Graphique", CHART, f'<c:chart xmlns:c="{CHART}" r:id="@REL"/>')
    )
    identifier = d.relate(drawing, "chart", part)
    content = d.package.read(drawing).replace(b"@REL", identifier.encode())
    d.package.write(drawing, content)


def charts_with_styles(d: Decorator) -> None:
    """A chart with its style and colours, a theme of its own, and shapes on it."""
    _put_chart(d, OWN, "xl/charts/chart901.xml")
    for name, kind, content_type in (
        ("style901", "chartStyle", "application/vnd.ms-office.chartstyle+xml"),
        ("colors901", "chartColorStyle", "application/vnd.ms-office.chartcolorstyle+xml"),
    ):
        part = d.part(
            f"xl/charts/{name}.xml",
            f'<cs:{kind} xmlns:cs="{MICROSOFT}/drawing/2012/chartStyle" id="201" meth="cycle"/>',
            content_type,
        )
        kind_of = f"{MICROSOFT}/2011/relationships/{kind}"
        d.relate("xl/charts/chart901.xml", kind_of, part)
    part = d.part(
        "xl/theme/themeOverride901.xml", f'<a:themeOverride xmlns:a="{ART}"/>',
        f"{OFFICE}.themeOverride+xml",
    )  # fmt: skip
    d.relate("xl/charts/chart901.xml", "themeOverride", part)
    part = d.part(
        "xl/drawings/drawing901.xml",
        '<c:userShapes xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>',
        f"{OFFICE}.drawingml.chartshapes+xml",
    )
    d.relate("xl/charts/chart901.xml", "chartUserShapes", part)


def chart_in_generated_sheet(d: Decorator) -> None:
    """A chart that someone put in Réunion."""
    _put_chart(d, "Réunion", "xl/charts/chart902.xml")


def waterfall_chart(d: Decorator) -> None:
    """A chart of Excel 2016, with what older programs show instead."""
    uri = f"{MICROSOFT}/drawing/2014/chartex"
    part = d.part(
        "xl/charts/chartEx901.xml", f'<cx:chartSpace xmlns:cx="{uri}"/>',
        "application/vnd.ms-office.chartex+xml",
    )  # fmt: skip
    frame = _frame("Cascade", uri, f'<cx:chart xmlns:cx="{uri}" r:id="@REL"/>')
    drawing = d.anchor(OWN, f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:cx1="{uri}" '
                       f'Requires="cx1">{frame}</mc:Choice><mc:Fallback>{_shape("Repli")}'
                       "</mc:Fallback></mc:AlternateContent>")  # fmt: skip
    kind = f"{MICROSOFT}/2014/relationships/chartEx"
    identifier = d.relate(drawing, kind, part)
    d.package.write(drawing, d.package.read(drawing).replace(b"@REL", identifier.encode()))


def _shape(name: str) -> str:
    return (
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="@ID" name="{name}"/>'
        '<xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="cloud"><a:avLst/></a:prstGeom>'
        "</xdr:spPr>"
        "<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>Attention</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )


def shapes(d: Decorator) -> None:
    """A shape with a text on a sheet that people fill, and on a generated one."""
    d.anchor("Freins", _shape("Nuage"))
    d.anchor("Périodes", _shape("Nuage"))


def picture_in_generated_sheet(d: Decorator) -> None:
    """A picture in Synthèse."""
    d.default("png", "image/png")
    image = d.part("xl/media/image901.png", PNG)
    drawing = d.anchor(
        "Synthèse",
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="@ID" name="Photo"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        '<xdr:blipFill><a:blip r:embed="@REL"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        '<xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>',
    )
    identifier = d.relate(drawing, "image", image)
    d.package.write(drawing, d.package.read(drawing).replace(b"@REL", identifier.encode()))


def smart_art(d: Decorator) -> None:
    """A diagram of five parts."""
    uri = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    drawing = d.anchor(OWN, _frame("Schéma", uri, (
        f'<dgm:relIds xmlns:dgm="{uri}" r:dm="@R1" r:lo="@R2" r:qs="@R3" r:cs="@R4"/>'
    )))  # fmt: skip
    for number, (name, kind, root) in enumerate(
        (("data", "diagramData", "dataModel"), ("layout", "diagramLayout", "layoutDef"),
         ("quickStyle", "diagramQuickStyle", "styleDef"), ("colors", "diagramColors", "colorsDef")),
        start=1,
    ):  # fmt: skip
        part = d.part(
            f"xl/diagrams/{name}901.xml", f'<dgm:{root} xmlns:dgm="{uri}"/>',
            f"{OFFICE}.drawingml.{kind}+xml",
        )  # fmt: skip
        identifier = d.relate(drawing, kind, part)
        content = d.package.read(drawing).replace(f"@R{number}".encode(), identifier.encode())
        d.package.write(drawing, content)
    part = d.part(
        "xl/diagrams/drawing901.xml",
        f'<dsp:drawing xmlns:dsp="{MICROSOFT}/drawing/2008/diagram"/>',
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    )
    d.relate(drawing, f"{MICROSOFT}/2007/relationships/diagramDrawing", part)


def _vml(d: Decorator, number: int, shape: str = "Note") -> str:
    d.default("vml", f"{OFFICE}.vmlDrawing")
    return d.part(
        f"xl/drawings/vmlDrawing{number}.vml",
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        'office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" '
        f'type="#_x0000_t202"><x:ClientData ObjectType="{shape}"><x:Row>5</x:Row>'
        "<x:Column>1</x:Column></x:ClientData></v:shape></xml>",
    )


def _note(d: Decorator, title: str, number: int) -> str:
    sheet = d.sheet(title)
    part = d.part(
        f"xl/comments{number}.xml",
        f'<comments xmlns="{MAIN}"><authors><author>Anne</author></authors><commentList>'
        '<comment ref="B6" authorId="0"><text><r><rPr><b/><sz val="9"/><rFont val="Tahoma"/></rPr>'
        "<t>Voir avec elle</t></r></text></comment></commentList></comments>",
        f"{SHEET}.comments+xml",
    )
    d.relate(sheet, "comments", part)
    vml = d.relate(sheet, "vmlDrawing", _vml(d, number))
    d.element(sheet, f'<legacyDrawing r:id="{vml}"/>')
    return part


def notes_with_vml(d: Decorator) -> None:
    """An old-fashioned note on a sheet that people fill."""
    _note(d, "Personnes", 901)


def note_in_generated_sheet(d: Decorator) -> None:
    """A note in Contrôle."""
    _note(d, "Contrôle", 902)


def threaded_comments(d: Decorator) -> None:
    """A conversation on a cell, and who takes part."""
    uri = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments"
    _note(d, "Suivi", 903)
    part = d.part(
        "xl/threadedComments/threadedComment901.xml",
        f'<ThreadedComments xmlns="{uri}"><threadedComment ref="B6" dT="2026-09-01T10:00:00.00" '
        'personId="{11111111-1111-1111-1111-111111111111}" '
        'id="{22222222-2222-2222-2222-222222222222}"><text>Vu ?</text></threadedComment>'
        "</ThreadedComments>",
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    d.relate(d.sheet("Suivi"), f"{MICROSOFT}/2017/10/relationships/threadedComment", part)
    part = d.part(
        "xl/persons/person901.xml",
        f'<personList xmlns="{uri}"><person displayName="Anne" '
        'id="{11111111-1111-1111-1111-111111111111}"/></personList>',
        "application/vnd.ms-excel.person+xml",
    )
    d.relate(WORKBOOK, f"{MICROSOFT}/2017/10/relationships/person", part)


def x14_extensions(d: Decorator) -> None:
    """Icons, lists on another sheet and sparklines, as Excel 2010 added them."""
    ext = (
        '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting><x14:cfRule type="dataBar" '
        'id="{33333333-3333-3333-3333-333333333333}"><x14:dataBar minLength="0" maxLength="100">'
        '<x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/></x14:dataBar></x14:cfRule>'
        "<xm:sqref>A6:A9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
        '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1">'
        '<x14:dataValidation type="list"><x14:formula1><xm:f>Listes!$A$1:$A$3</xm:f></x14:formula1>'
        "<xm:sqref>Z9</xm:sqref></x14:dataValidation></x14:dataValidations></ext>"
        '<ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups>'
        "<x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>Suivi!B5:B9</xm:f>"
        "<xm:sqref>Z7</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>"
        "</x14:sparklineGroups></ext></extLst>"
    )
    d.element(d.sheet("Freins"), ext)
    d.element(d.sheet("Périodes"), ext)


def slicer_on_synthesis(d: Decorator) -> None:
    """Buttons that filter tSynthese by person."""
    sheet = d.sheet("Synthèse")
    table = next(r for _, r in Host(d.package).tables() if r.get("name") == "tSynthese")
    column = next(
        c.get("id") for c in table.iter(q("tableColumn")) if c.get("name") == "Nom Prénom"
    )
    part = d.part(
        "xl/slicers/slicer901.xml",
        f'<slicers xmlns="{X14}"><slicer name="Qui" cache="Segment_Qui" caption="Qui" '
        'rowHeight="234950"/></slicers>',
        "application/vnd.ms-excel.slicer+xml",
    )
    slicer = d.relate(sheet, f"{MICROSOFT}/2007/relationships/slicer", part)
    part = d.part(
        "xl/slicerCaches/slicerCache901.xml",
        f'<slicerCacheDefinition xmlns="{X14}" name="Segment_Qui" sourceName="Nom Prénom"><extLst>'
        f'<x:ext xmlns:x="{MAIN}" uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}" '
        f'xmlns:x15="{X15}"><x15:tableSlicerCache tableId="{table.get("id")}" column="{column}"/>'
        "</x:ext></extLst></slicerCacheDefinition>",
        "application/vnd.ms-excel.slicerCache+xml",
    )
    cache = d.relate(WORKBOOK, f"{MICROSOFT}/2007/relationships/slicerCache", part)
    d.element(sheet, '<extLst><ext uri="{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}"><x14:slicerList>'
              f'<x14:slicer r:id="{slicer}"/></x14:slicerList></ext></extLst>')  # fmt: skip
    d.workbook('<extLst><ext uri="{46BE6895-7355-4a93-B00E-2C351335B9C9}"><x15:slicerCaches>'
               f'<x14:slicerCache r:id="{cache}"/></x15:slicerCaches></ext></extLst>')  # fmt: skip
    uri = f"{MICROSOFT}/drawing/2012/slicer"
    d.anchor("Synthèse", _frame("Qui", uri, f'<sle:slicer xmlns:sle="{uri}" name="Qui"/>'))


def timeline(d: Decorator) -> None:
    """A timeline and its cache."""
    part = d.part(
        "xl/timelines/timeline901.xml", f'<timelines xmlns="{X15}"/>',
        "application/vnd.ms-excel.timeline+xml",
    )  # fmt: skip
    d.relate(d.sheet(OWN), f"{MICROSOFT}/2011/relationships/timeline", part)
    part = d.part(
        "xl/timelineCaches/timelineCache901.xml", f'<timelineCacheDefinition xmlns="{X15}"/>',
        "application/vnd.ms-excel.timelineCache+xml",
    )  # fmt: skip
    d.relate(WORKBOOK, f"{MICROSOFT}/2011/relationships/timelineCache", part)


def pivot_on_synthesis(d: Decorator) -> None:
    """A pivot table that counts the lines of tSynthese, with its cache."""
    records = d.part(
        "xl/pivotCache/pivotCacheRecords901.xml",
        f'<pivotCacheRecords xmlns="{MAIN}" count="1"><r><x v="0"/></r></pivotCacheRecords>',
        f"{SHEET}.pivotCacheRecords+xml",
    )
    cache = "xl/pivotCache/pivotCacheDefinition901.xml"
    identifier = d.relate(cache, "pivotCacheRecords", records)
    d.part(
        cache,
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{REL}" r:id="{identifier}" '
        'recordCount="1"><cacheSource type="worksheet"><worksheetSource name="tSynthese"/>'
        '</cacheSource><cacheFields count="1"><cacheField name="Nom Prénom" numFmtId="0">'
        '<sharedItems count="1"><s v="Personne"/></sharedItems></cacheField></cacheFields>'
        "</pivotCacheDefinition>",
        f"{SHEET}.pivotCacheDefinition+xml",
    )
    identifier = d.relate(WORKBOOK, "pivotCacheDefinition", cache)
    d.workbook(f'<pivotCaches><pivotCache cacheId="901" r:id="{identifier}"/></pivotCaches>')
    table = d.part(
        "xl/pivotTables/pivotTable901.xml",
        f'<pivotTableDefinition xmlns="{MAIN}" name="TCD" cacheId="901" dataCaption="Valeurs">'
        '<location ref="D3:E5" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="1"><pivotField axis="axisRow" dataField="1" showAll="0"><items '
        'count="2"><item x="0"/><item t="default"/></items></pivotField></pivotFields>'
        '<rowFields count="1"><field x="0"/></rowFields><rowItems count="2"><i><x/></i>'
        '<i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems><dataFields count="1">'
        '<dataField name="Lignes" fld="0" subtotal="count"/></dataFields></pivotTableDefinition>',
        f"{SHEET}.pivotTable+xml",
    )
    d.relate(table, "pivotCacheDefinition", cache)
    d.relate(d.sheet(OWN), "pivotTable", table)


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


def external_link(d: Decorator) -> None:
    """Values of another workbook, kept beside the formula."""
    part = "xl/externalLinks/externalLink901.xml"
    identifier = d.relate(part, "externalLinkPath", "Autre%20classeur.xlsx", outside=True)
    d.part(
        part,
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{REL}" r:id="{identifier}">'
        '<sheetNames><sheetName val="Feuil1"/></sheetNames></externalBook></externalLink>',
        f"{SHEET}.externalLink+xml",
    )
    d.workbook(f'<externalReferences><externalReference r:id="'
               f'{d.relate(WORKBOOK, "externalLink", part)}"/></externalReferences>')  # fmt: skip


def form_control(d: Decorator) -> None:
    """A button of the forms' tool bar, in a generated sheet."""
    sheet = d.sheet("Périodes")
    part = d.part(
        "xl/ctrlProps/ctrlProp901.xml",
        f'<formControlPr xmlns="{X14}" objectType="Button" lockText="1"/>',
        "application/vnd.ms-excel.controlproperties+xml",
    )
    control = d.relate(sheet, "ctrlProp", part)
    vml = d.relate(sheet, "vmlDrawing", _vml(d, 904, "Button"))
    d.element(sheet, f'<legacyDrawing r:id="{vml}"/>')
    d.element(sheet, '<mc:AlternateContent><mc:Choice Requires="x14"><controls><control '
              f'shapeId="1025" r:id="{control}" name="Bouton 1"/></controls></mc:Choice>'
              "</mc:AlternateContent>")  # fmt: skip


def active_x(d: Decorator) -> None:
    """An ActiveX control's parts."""
    content = d.part(
        "xl/activeX/activeX901.bin", b"\x01\x02\x03", "application/vnd.ms-office.activeX"
    )
    part = "xl/activeX/activeX901.xml"
    kind = f"{MICROSOFT}/2006/relationships/activeXControlBinary"
    identifier = d.relate(part, kind, content)
    d.part(
        part,
        f'<ax:ocx xmlns:ax="{MICROSOFT}/2006/activeX" xmlns:r="{REL}" '
        f'ax:persistence="persistStreamInit" r:id="{identifier}"/>',
        "application/vnd.ms-office.activeX+xml",
    )
    d.relate(d.sheet(OWN), "control", part)


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


def embedded_objects(d: Decorator) -> None:
    """An object of another program and a whole document, in a sheet of the user's."""
    sheet = d.sheet(OWN)
    ole = d.part("xl/embeddings/oleObject901.bin", b"\xd0\xcf\x11\xe0 objet", f"{OFFICE}.oleObject")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    d.part(
        "xl/embeddings/Microsoft_Word_Document901.docx", buffer.getvalue(),
        f"{OFFICE}.wordprocessingml.document",
    )  # fmt: skip
    first = d.relate(sheet, "oleObject", ole)
    second = d.relate(sheet, "package", "xl/embeddings/Microsoft_Word_Document901.docx")
    vml = d.relate(sheet, "vmlDrawing", _vml(d, 905, "Pict"))
    d.element(sheet, f'<legacyDrawing r:id="{vml}"/><oleObjects><oleObject progId="Paint.Picture" '
              f'shapeId="1025" r:id="{first}"/><oleObject progId="Word.Document.12" '
              f'shapeId="1026" r:id="{second}"/></oleObjects>')  # fmt: skip


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


def background_picture(d: Decorator) -> None:
    """A picture behind the cells of Contrôle."""
    d.default("png", "image/png")
    image = d.part("xl/media/image902.png", PNG + b"\0")
    sheet = d.sheet("Contrôle")
    d.element(sheet, f'<picture r:id="{d.relate(sheet, "image", image)}"/>')


def header_picture(d: Decorator) -> None:
    """A logo in the header of Réunion."""
    sheet = d.sheet("Réunion")
    d.element(
        sheet, f'<legacyDrawingHF r:id="{d.relate(sheet, "vmlDrawing", _vml(d, 906, "Pict"))}"/>'
    )


def web_extension(d: Decorator) -> None:
    """An Office add-in and its pane."""
    uri = f"{MICROSOFT}/webextensions"
    part = d.part(
        "xl/webextensions/webextension901.xml",
        f'<we:webextension xmlns:we="{uri}/webextension/2010/11" id="{{5}}"/>',
        "application/vnd.ms-office.webextension+xml",
    )
    panes = "xl/webextensions/taskpanes.xml"
    identifier = d.relate(panes, f"{MICROSOFT}/2011/relationships/webextension", part)
    d.part(
        panes,
        f'<wetp:taskpanes xmlns:wetp="{uri}/taskpanes/2010/11"><wetp:taskpane>'
        f'<wetp:webextensionref xmlns:r="{REL}" r:id="{identifier}"/></wetp:taskpane>'
        "</wetp:taskpanes>",
        "application/vnd.ms-office.webextensiontaskpanes+xml",
    )
    d.relate("", f"{MICROSOFT}/2011/relationships/webextensiontaskpanes", panes)


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


def query_and_connection(d: Decorator) -> None:
    """A table that a connection fills."""
    part = d.part(
        "xl/connections.xml",
        f'<connections xmlns="{MAIN}"><connection id="1" name="Requête" type="5" '
        'refreshedVersion="6"><dbPr connection="Provider=X" command="SELECT"/></connection>'
        "</connections>",
        f"{SHEET}.connections+xml",
    )
    d.relate(WORKBOOK, "connections", part)
    part = d.part(
        "xl/queryTables/queryTable901.xml",
        f'<queryTable xmlns="{MAIN}" name="Requête" connectionId="1" autoFormatId="16"/>',
        f"{SHEET}.queryTable+xml",
    )
    d.relate(d.sheet(OWN), "queryTable", part)


def sensitivity_label(d: Decorator) -> None:
    """How confidential the file is."""
    part = d.part(
        "docMetadata/LabelInfo.xml",
        f'<clbl:labelList xmlns:clbl="{MICROSOFT}/2020/mipLabelMetadata"/>',
        "application/vnd.ms-office.classificationlabels+xml",
    )
    d.relate("", f"{MICROSOFT}/2020/02/relationships/classificationlabels", part)


def rich_data(d: Decorator) -> None:
    """Values with more than a text: dynamic arrays, pictures in cells, linked data."""
    part = d.part(
        "xl/metadata.xml",
        f'<metadata xmlns="{MAIN}"><metadataTypes count="1"><metadataType name="XLDAPR" '
        'minSupportedVersion="120000"/></metadataTypes></metadata>',
        f"{SHEET}.sheetMetadata+xml",
    )
    d.relate(WORKBOOK, "sheetMetadata", part)
    for name, kind in (
        ("rdrichvalue", "rdRichValue"), ("rdrichvaluestructure", "rdRichValueStructure"),
        ("rdRichValueTypes", "rdRichValueTypes"), ("richValueRel", "richValueRel"),
    ):  # fmt: skip
        part = d.part(
            f"xl/richData/{name}.xml",
            f'<rvData xmlns="{MICROSOFT}/spreadsheetml/2017/richdata" count="0"/>',
            f"application/vnd.ms-excel.{name.lower()}+xml",
        )
        d.relate(WORKBOOK, f"{MICROSOFT}/2017/06/relationships/{kind}", part)
    d.attribute(d.sheet(OWN), ".//m:c", "vm", "1")


def check_boxes(d: Decorator) -> None:
    """The property bag in which Excel keeps check boxes in cells."""
    part = d.part(
        "xl/featurePropertyBag/featurePropertyBag.xml",
        f'<FeaturePropertyBags xmlns="{MICROSOFT}/spreadsheetml/2022/featurepropertybag"/>',
        "application/vnd.ms-excel.featurepropertybag+xml",
    )
    d.relate(WORKBOOK, f"{MICROSOFT}/2022/11/relationships/FeaturePropertyBag", part)


def named_sheet_views(d: Decorator) -> None:
    """A view of Contrôle that someone named online."""
    part = d.part(
        "xl/namedSheetViews/namedSheetView901.xml",
        f'<namedSheetViews xmlns="{MICROSOFT}/spreadsheetml/2019/namedsheetviews"/>',
        "application/vnd.ms-excel.namedsheetviews+xml",
    )
    d.relate(d.sheet("Contrôle"), f"{MICROSOFT}/2019/04/relationships/namedSheetView", part)


def data_model(d: Decorator) -> None:
    """The data model of Power Pivot."""
    part = d.part("xl/model/item.data", b"\x50\x4b modele", f"{OFFICE}.model+data")
    d.relate(WORKBOOK, f"{MICROSOFT}/2009/relationships/powerPivotData", part)


def xml_maps(d: Decorator) -> None:
    """Cells tied to an XML schema."""
    part = d.part(
        "xl/xmlMaps.xml", f'<MapInfo xmlns="{MAIN}" SelectionNamespaces=""/>', "application/xml"
    )
    d.relate(WORKBOOK, "xmlMaps", part)
    part = d.part(
        "xl/tables/tableSingleCells901.xml", f'<singleXmlCells xmlns="{MAIN}"/>',
        f"{SHEET}.tableSingleCells+xml",
    )  # fmt: skip
    d.relate(d.sheet(OWN), "tableSingleCells", part)


def real_time_data(d: Decorator) -> None:
    """What depends on a server of values."""
    part = d.part(
        "xl/volatileDependencies.xml", f'<volTypes xmlns="{MAIN}"/>',
        f"{SHEET}.volatileDependencies+xml",
    )  # fmt: skip
    d.relate(WORKBOOK, "volatileDependencies", part)


def thumbnail(d: Decorator) -> None:
    """The picture that the explorer shows of the file."""
    d.default("jpeg", "image/jpeg")
    part = d.part("docProps/thumbnail.jpeg", b"\xff\xd8\xff\xe0")
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    d.relate("", kind, part)


def chart_sheet(d: Decorator) -> None:
    """A sheet that is a chart, the last one."""
    drawing = d.part(
        "xl/drawings/drawing902.xml", f'<xdr:wsDr xmlns:xdr="{DRAW}"/>', f"{OFFICE}.drawing+xml"
    )
    part = "xl/chartsheets/sheet901.xml"
    identifier = d.relate(part, "drawing", drawing)
    d.part(
        part,
        f'<chartsheet xmlns="{MAIN}" xmlns:r="{REL}"><sheetViews><sheetView workbookViewId="0"/>'
        f'</sheetViews><drawing r:id="{identifier}"/></chartsheet>',
        f"{SHEET}.chartsheet+xml",
    )
    root = d.package.root(WORKBOOK)
    sheets = root.find(q("sheets"))
    assert sheets is not None
    made = etree.SubElement(sheets, q("sheet"), {"name": "Graphique 1", "sheetId": "991"})
    made.set(f"{{{REL}}}id", d.relate(WORKBOOK, "chartsheet", part))
    d.package.write_xml(WORKBOOK, root)


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


#: In the order of their making: the user's own sheet first, on which others stand.
KINDS: tuple[Callable[[Decorator], None], ...] = (
    own_sheet, charts_with_styles, chart_in_generated_sheet, waterfall_chart, shapes,
    picture_in_generated_sheet, smart_art, notes_with_vml, note_in_generated_sheet,
    threaded_comments, x14_extensions, slicer_on_synthesis, timeline, pivot_on_synthesis,
    printer_settings, custom_xml, external_link, form_control, active_x, macros,
    embedded_objects, custom_views, names, other_theme, look_alike_styles, background_picture,
    header_picture, web_extension, custom_properties, query_and_connection, sensitivity_label,
    rich_data, check_boxes, named_sheet_views, data_model, xml_maps, real_time_data, thumbnail,
    chart_sheet, set_up, unknown_parts,
)  # fmt: skip


def decorated(data: bytes) -> bytes:
    """The workbook with all of them."""
    decorator = Decorator(data)
    for kind in KINDS:
        kind(decorator)
    return decorator.package.data()

"""Charts, shapes and pictures."""

from __future__ import annotations

from lxml import etree

from cedre_xlsx.ooxml.parts import (
    MAIN,
    REL,
)
from cedre_xlsx.workbook.package.host import q
from tests.decorations.decorator import (
    ART,
    CHART,
    DRAW,
    MC,
    MICROSOFT,
    OFFICE,
    OWN,
    PNG,
    SHEET,
    WORKBOOK,
    Decorator,
)
from tests.decorations.notes import vml_part


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


def frame_of(name: str, uri: str, inner: str) -> str:
    return (
        f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="@ID" name="{name}"/>'
        '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData '
        f'uri="{uri}">{inner}</a:graphicData></a:graphic></xdr:graphicFrame>'
    )


def _put_chart(d: Decorator, title: str, part: str) -> None:
    d.part(part, _chart(f"Le mien dans {title}"), f"{OFFICE}.drawingml.chart+xml")
    drawing = d.anchor(
        title, frame_of("Graphique", CHART, f'<c:chart xmlns:c="{CHART}" r:id="@REL"/>')
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
    frame = frame_of("Cascade", uri, f'<cx:chart xmlns:cx="{uri}" r:id="@REL"/>')
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
    drawing = d.anchor(OWN, frame_of("Schéma", uri, (
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
        sheet,
        f'<legacyDrawingHF r:id="{d.relate(sheet, "vmlDrawing", vml_part(d, 906, "Pict"))}"/>',
    )


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

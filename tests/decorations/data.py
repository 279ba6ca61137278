"""What computes or brings data: pivots, slicers, queries, links."""

from __future__ import annotations

from cedre_xlsx.ooxml.parts import (
    MAIN,
    REL,
)
from cedre_xlsx.workbook.package.host import Host, q
from tests.decorations.decorator import MICROSOFT, OFFICE, OWN, SHEET, WORKBOOK, X14, X15, Decorator
from tests.decorations.drawings import frame_of


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
    d.anchor("Synthèse", frame_of("Qui", uri, f'<sle:slicer xmlns:sle="{uri}" name="Qui"/>'))


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

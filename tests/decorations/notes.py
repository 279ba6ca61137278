"""Notes, comments, and what people click on."""

from __future__ import annotations

import io
import zipfile

from cedre_xlsx.ooxml.parts import (
    MAIN,
    REL,
)
from tests.decorations.decorator import MICROSOFT, OFFICE, OWN, SHEET, WORKBOOK, X14, Decorator


def vml_part(d: Decorator, number: int, shape: str = "Note") -> str:
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
    vml = d.relate(sheet, "vmlDrawing", vml_part(d, number))
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


def form_control(d: Decorator) -> None:
    """A button of the forms' tool bar, in a generated sheet."""
    sheet = d.sheet("Périodes")
    part = d.part(
        "xl/ctrlProps/ctrlProp901.xml",
        f'<formControlPr xmlns="{X14}" objectType="Button" lockText="1"/>',
        "application/vnd.ms-excel.controlproperties+xml",
    )
    control = d.relate(sheet, "ctrlProp", part)
    vml = d.relate(sheet, "vmlDrawing", vml_part(d, 904, "Button"))
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
    vml = d.relate(sheet, "vmlDrawing", vml_part(d, 905, "Pict"))
    d.element(sheet, f'<legacyDrawing r:id="{vml}"/><oleObjects><oleObject progId="Paint.Picture" '
              f'shapeId="1025" r:id="{first}"/><oleObject progId="Word.Document.12" '
              f'shapeId="1026" r:id="{second}"/></oleObjects>')  # fmt: skip


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


def check_boxes(d: Decorator) -> None:
    """The property bag in which Excel keeps check boxes in cells."""
    part = d.part(
        "xl/featurePropertyBag/featurePropertyBag.xml",
        f'<FeaturePropertyBags xmlns="{MICROSOFT}/spreadsheetml/2022/featurepropertybag"/>',
        "application/vnd.ms-excel.featurepropertybag+xml",
    )
    d.relate(WORKBOOK, f"{MICROSOFT}/2022/11/relationships/FeaturePropertyBag", part)

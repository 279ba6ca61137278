"""LibreOffice copies tables as a person does: what it gives the programs that it pastes in.

A person clicks in a table, selects the region around (Ctrl + *), and copies; a macro does the same
here, for a headless LibreOffice has no keyboard.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import html

_SECONDS = 60
_MACRO = """\
Sub Main
  Dim oArgs(), oDoc As Object, oSheet As Object, oView As Object, oCursor As Object
  Dim aCells, i As Integer
  On Error GoTo Failed
  oDoc = StarDesktop.loadComponentFromURL(ConvertToURL(Environ("COPY_FROM")), "_blank", 0, oArgs())
  oSheet = oDoc.Sheets.getByName(Environ("COPY_SHEET"))
  oView = oDoc.CurrentController
  aCells = Split(Environ("COPY_CELLS"), " ")
  For i = 0 To UBound(aCells)
    oCursor = oSheet.createCursorByRange(oSheet.getCellRangeByName(aCells(i)))
    oCursor.collapseToCurrentRegion()
    oView.select(oCursor)
    Keep(oView.getTransferable(), "text/html", i &amp; ".html")
    Keep(oView.getTransferable(), "text/plain;charset=utf-16", i &amp; ".txt")
  Next
  oDoc.close(True)
  StarDesktop.terminate()
  Exit Sub
Failed:
  PutText("error", "line " &amp; Erl &amp; ": " &amp; Error$)
  StarDesktop.terminate()
End Sub

Sub Keep(oCopied, sKind As String, sName As String)
  Dim aFlavors, i As Integer, vData, oFiles As Object, oStream As Object
  aFlavors = oCopied.getTransferDataFlavors()
  For i = 0 To UBound(aFlavors)
    If aFlavors(i).MimeType = sKind Then
      vData = oCopied.getTransferData(aFlavors(i))
      If VarType(vData) = 8 Then
        PutText(sName, vData)
      Else
        oFiles = createUnoService("com.sun.star.ucb.SimpleFileAccess")
        oStream = oFiles.openFileWrite(Place(sName))
        oStream.writeBytes(vData)
        oStream.closeOutput()
      End If
    End If
  Next
End Sub

Sub PutText(sName As String, sText)
  Dim oText As Object, oFiles As Object
  oFiles = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  oText = createUnoService("com.sun.star.io.TextOutputStream")
  oText.setOutputStream(oFiles.openFileWrite(Place(sName)))
  oText.setEncoding("UTF-8")
  oText.writeString(sText)
  oText.closeOutput()
End Sub

Function Place(sName As String) As String
  Place = ConvertToURL(Environ("COPY_TO") &amp; "/" &amp; sName)
End Function
"""
_MODULE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Clip" '
    'script:language="StarBasic">\n{macro}</script:module>\n'
)
_LIBRARY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
    '"library.dtd">\n<library:library xmlns:library="http://openoffice.org/2000/library" '
    'library:name="Standard" library:readonly="false" library:passwordprotected="false">\n'
    '<library:element library:name="Clip"/>\n</library:library>\n'
)

Rows = list[list[str]]


@dataclass(frozen=True)
class Copied:
    """A region as it is pasted: in a word processor or a mail, and where only texts are.

    `links` are the addresses that the first one leads to; `spans` how many of its cells are merged.
    """

    html: Rows
    text: Rows
    links: tuple[str, ...]
    spans: int


def copied(path: Path, sheet: str, cells: Sequence[str]) -> list[Copied]:
    """What a person copies who clicks in each of these cells and selects the region around."""
    with tempfile.TemporaryDirectory(prefix="lo_copy_") as made:
        profile, target = Path(made) / "profile", Path(made) / "copied"
        target.mkdir()
        run_macro(
            profile,
            _MACRO,
            COPY_FROM=str(path),
            COPY_SHEET=sheet,
            COPY_CELLS=" ".join(cells),
            COPY_TO=str(target),
        )
        error = target / "error"
        assert not error.exists(), error.read_text()
        return [_copied(target / f"{rank}.html", target / f"{rank}.txt")
                for rank in range(len(cells))]  # fmt: skip


def run_macro(profile: Path, macro: str, **environment: str) -> None:
    """Have LibreOffice run a macro, whose Sub is Main, in a profile that is not there yet."""
    _run(profile, "--terminate_after_init")  # a new profile has a macro library of its own
    library = profile / "user/basic/Standard"
    (library / "Clip.xba").write_text(_MODULE.replace("{macro}", macro), encoding="utf-8")
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    _run(profile, "macro:///Standard.Clip.Main", **environment)


def _run(profile: Path, command: str, **environment: str) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice") or "soffice"
    running = subprocess.Popen(
        [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            command,
        ],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(_SECONDS)
    except BaseException:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        raise


def _copied(page: Path, text: Path) -> Copied:
    table = html.fromstring(page.read_bytes()).xpath("//table")
    assert len(table) == 1
    rows = table[0].xpath(".//tr")
    return Copied(
        html=[[cell.text_content().strip() for cell in row.xpath("./td|./th")] for row in rows],
        text=[line.split("\t") for line in text.read_text(encoding="utf-8").splitlines()],
        links=tuple(link.get("href", "") for link in table[0].xpath(".//a")),
        spans=len(table[0].xpath(".//*[@colspan or @rowspan]")),
    )

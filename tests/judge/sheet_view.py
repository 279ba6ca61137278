"""Views of a sheet: panes, and the selections in them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tests.judge.xml import number, overlap, q, range_of, ranges_of, twice


def view_faults(root: etree._Element) -> Iterator[str]:
    """Every view, those that a person named too."""
    views = root.findall(f"{q('sheetViews')}/{q('sheetView')}")
    yield from twice((view.get("workbookViewId", "") for view in views), "view of window")
    for view in (*views, *root.iterfind(f"{q('customSheetViews')}/{q('customSheetView')}")):
        yield from _view(view)


def _view(view: etree._Element) -> Iterator[str]:
    there = {"topLeft"}
    pane = view.find(q("pane"))
    if pane is not None:
        across, down = (float(pane.get(side) or 0) for side in ("xSplit", "ySplit"))
        there |= {"topRight"} if across else set()
        there |= {"bottomLeft"} if down else set()
        there |= {"bottomRight"} if across and down else set()
        if not across and not down:
            yield "a pane without split"
        if pane.get("activePane", "topLeft") not in there:
            yield f"the active pane does not exist: {pane.get('activePane')}"
        if pane.get("topLeftCell") and range_of(pane.get("topLeftCell", "")) is None:
            yield f"a pane begins at {pane.get('topLeftCell')!r}"
    if view.get("topLeftCell") and range_of(view.get("topLeftCell", "")) is None:
        yield f"a view begins at {view.get('topLeftCell')!r}"
    for scale in ("zoomScale", "zoomScaleNormal"):
        if view.get(scale) and number(view, scale) and not 10 <= number(view, scale) <= 400:
            yield f"{scale} of {view.get(scale)}"
    selections = view.findall(q("selection"))
    yield from twice((one.get("pane", "topLeft") for one in selections), "selection in pane")
    for one in selections:
        if one.get("pane", "topLeft") not in there:
            yield f"a selection in a pane that does not exist: {one.get('pane')}"
        yield from _selection(one)


def _selection(one: etree._Element) -> Iterator[str]:
    places = ranges_of(one.get("sqref", "A1"))
    active = range_of(one.get("activeCell", "A1"))
    if places is None or active is None:
        yield f"a selection of {one.get('sqref')!r}, at {one.get('activeCell')!r}"
        return
    at = number(one, "activeCellId")
    if at >= len(places):
        yield f"a selection without range {at}"
    elif one.get("activeCell") and one.get("sqref") and not overlap(places[at], active):
        yield f"the active cell {one.get('activeCell')} is not in {one.get('sqref')}"

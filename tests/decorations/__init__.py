"""What people and programs put in a workbook that is none of ours, at the level of the package.

Each kind stands on sheets of ours or on the user's own; parts are small, and as Excel names them.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.decorations import data, drawings, notes, settings
from tests.decorations.decorator import Decorator

#: In the order of their making: the user's own sheet first, on which others stand.
KINDS: tuple[Callable[[Decorator], None], ...] = (
    settings.own_sheet, drawings.charts_with_styles, drawings.chart_in_generated_sheet,
    drawings.waterfall_chart, drawings.shapes, drawings.picture_in_generated_sheet,
    drawings.smart_art, notes.notes_with_vml, notes.note_in_generated_sheet,
    notes.threaded_comments, data.x14_extensions, data.slicer_on_synthesis, data.timeline,
    data.pivot_on_synthesis, settings.printer_settings, settings.custom_xml, data.external_link,
    notes.form_control, notes.active_x, settings.macros, notes.embedded_objects,
    settings.custom_views, settings.names, settings.other_theme, settings.look_alike_styles,
    drawings.background_picture, drawings.header_picture, notes.web_extension,
    settings.custom_properties, data.query_and_connection, settings.sensitivity_label,
    data.rich_data, notes.check_boxes, settings.named_sheet_views, data.data_model, data.xml_maps,
    data.real_time_data, settings.thumbnail, drawings.chart_sheet, settings.set_up,
    settings.unknown_parts,
)  # fmt: skip


def decorated(data: bytes) -> bytes:
    """The workbook with all of them."""
    decorator = Decorator(data)
    for kind in KINDS:
        kind(decorator)
    return decorator.package.data()

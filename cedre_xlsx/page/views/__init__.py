"""The views, a module each; `VIEWS` has them in the order of the menu."""

from __future__ import annotations

from cedre_xlsx.page.model import View
from cedre_xlsx.page.views import (
    access,
    checking,
    consolidating,
    copies,
    explaining,
    filling,
    home,
    importing,
    meeting,
    migrating,
    nameless,
    printing,
    refreshing,
    repairing,
    retention,
    settings,
    sharing,
    starting,
    statistics,
    upgrading,
    year,
)

VIEWS: tuple[View, ...] = (
    home.VIEW,
    # La semaine
    checking.VIEW,
    refreshing.VIEW,
    repairing.VIEW,
    meeting.VIEW,
    printing.VIEW,
    filling.VIEW,
    # Les chiffres
    statistics.VIEW,
    sharing.VIEW,
    consolidating.VIEW,
    # Le classeur
    starting.VIEW,
    importing.VIEW,
    migrating.VIEW,
    settings.VIEW,
    upgrading.VIEW,
    year.VIEW,
    copies.VIEW,
    retention.VIEW,
    access.VIEW,
    nameless.VIEW,
    # Savoir
    explaining.VIEW,
)
BY_NAME = {view.name: view for view in VIEWS}

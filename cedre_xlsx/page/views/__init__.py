"""The views, a module each; `VIEWS` has them in the order of the menu."""

from __future__ import annotations

from cedre_xlsx.page.model import View
from cedre_xlsx.page.views import (
    checking,
    consolidating,
    copies,
    explaining,
    filling,
    home,
    importing,
    migrating,
    refreshing,
    repairing,
    settings,
    sharing,
    starting,
    statistics,
    upgrading,
    year,
)

VIEWS: tuple[View, ...] = (
    home.VIEW,
    checking.VIEW,
    refreshing.VIEW,
    repairing.VIEW,
    filling.VIEW,
    statistics.VIEW,
    sharing.VIEW,
    consolidating.VIEW,
    starting.VIEW,
    importing.VIEW,
    migrating.VIEW,
    settings.VIEW,
    upgrading.VIEW,
    year.VIEW,
    copies.VIEW,
    explaining.VIEW,
)
BY_NAME = {view.name: view for view in VIEWS}

"""The figures of a year that may be published: `stats --public`."""

from cedre_xlsx.reports.statistics.public.series import publish

__all__ = ["publish"]

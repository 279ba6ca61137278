"""What stops the work: one French sentence that says where, what, and what to do."""

from __future__ import annotations


class CedreError(Exception):
    """Cannot continue. Its text is shown as it stands to the person at the keyboard."""


class ForeignWorkbookError(CedreError):
    """A workbook that nothing says to be one of ours."""


class UnfinishedFileError(CedreError):
    """A file that is not whole: a copy or a synchronisation is under way, or was broken off."""


class DamagedPartError(CedreError):
    """A part of a file whose XML cannot be read."""


class OpenElsewhereError(CedreError):
    """A workbook that another program has open: it can be written once that one closes it."""


class ChangedError(CedreError):
    """A workbook that is no more what was read of it, or shown."""


class UnknownFormError(CedreError):
    """A form of others of which nothing says what goes into its cells."""


class PasswordError(CedreError):
    """A workbook that is protected by a password, which nobody gave, or not the right one."""

"""Files to double-click, for people who never open a terminal: their text, for each system.

Pure functions: `api` finds the paths and writes the files. The only thing such a file knows of a
workbook is where it is.
"""

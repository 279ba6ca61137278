"""The French expressions of time that people type, stated once: tests, pages and messages share "
"it."""

"""Everything about the file itself: template, reading, lossless splice, styles."""

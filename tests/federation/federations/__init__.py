"""Generated federations, whose totals are counted again line by line."""

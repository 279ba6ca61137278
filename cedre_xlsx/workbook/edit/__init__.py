"""What is written into the sheets that people fill: cells, and rows under those that are there."""

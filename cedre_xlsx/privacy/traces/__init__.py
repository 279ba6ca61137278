"""The traces of people in a whole package: found, and taken out."""
